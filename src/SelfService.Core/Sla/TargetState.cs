namespace SelfService.Core.Sla;

/// <summary>How something stands to its target.</summary>
public enum TargetState
{
    /// <summary>There is no target.</summary>
    None,

    Running,

    /// <summary>It is the customer's turn.</summary>
    Paused,

    Met,
    Missed,
}
