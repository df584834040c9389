namespace SelfService.Core.Sla;

/// <summary>Which hours count.</summary>
public enum SlaHours
{
    /// <summary>Opening hours of the company, without holidays.</summary>
    Opening,

    /// <summary>Every hour.</summary>
    Always,
}

/// <summary>How soon the company promises to answer.</summary>
/// <param name="Key">Its name in <c>queues.yaml</c>.</param>
/// <param name="FirstResponse">Time to the first answer.</param>
/// <param name="NextResponse">Time to every further answer.</param>
/// <param name="Hours">Which hours count.</param>
public sealed record SlaPolicy(string Key, TimeSpan FirstResponse, TimeSpan NextResponse, SlaHours Hours);
