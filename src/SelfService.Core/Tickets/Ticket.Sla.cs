using SelfService.Core.Sla;

namespace SelfService.Core.Tickets;

/// <summary>A time during which it was not the company's turn.</summary>
public sealed class TicketPause
{
    public Guid Id { get; init; } = OrderedId.New();

    public Guid TicketId { get; init; }

    public DateTime From { get; init; }

    public DateTime To { get; init; }
}

public sealed partial class Ticket
{
    /// <summary>Times in which it waited for the customer or had ended.</summary>
    public List<TicketPause> Pauses { get; } = [];

    /// <summary>Since when it has not been the company's turn; null while it is.</summary>
    public DateTime? PausedSince { get; private set; }

    /// <summary>By when the policy wants it answered first; null until it was computed.</summary>
    public DateTime? FirstResponseBy { get; private set; }

    /// <summary>By when the policy wants it solved; null where none is promised, or while it waits for the customer.</summary>
    public DateTime? SolutionBy { get; private set; }

    /// <summary>When whoever answers is warned that a target is near.</summary>
    public DateTime? WarnAt { get; private set; }

    /// <summary>When somebody was warned.</summary>
    public DateTime? WarnedAt { get; private set; }

    /// <summary><see cref="Version"/> of which the targets are.</summary>
    public int SlaVersion { get; private set; } = -1;

    /// <summary>How many people it was given to, one after the other, since its date passed.</summary>
    public int EscalationLevel { get; private set; }

    /// <summary>When the next one gets it.</summary>
    public DateTime? EscalateNextAt { get; private set; }

    /// <summary>How the first answer stands to its target.</summary>
    public TargetState FirstResponseState(DateTime now) => State(FirstResponseBy, FirstRespondedAt, now);

    /// <summary>How the solution stands to its target.</summary>
    public TargetState SolutionState(DateTime now) => SolutionBy is null && Status == TicketStatus.Pending && SlaVersion >= 0 ? TargetState.Paused : State(SolutionBy, EndedAt, now);

    /// <summary>Whether a target is near and nobody has met it yet.</summary>
    public bool IsWarned => IsUnresolved && WarnedAt is { } warned && warned >= WarnAt;

    /// <summary>How much it presses; its targets follow, what the customer was told stays.</summary>
    public void ChangePriority(TicketPriority priority, Actor actor, DateTime now)
    {
        if (Priority == priority)
        {
            return;
        }

        Priority = priority;
        Record(TicketEventKind.PriorityChanged, actor, now, priority.ToString());
    }

    /// <summary>A target is near.</summary>
    public void Warn(DateTime now)
    {
        if (!IsUnresolved || WarnAt is not { } due || due > now || WarnedAt >= due)
        {
            return;
        }

        WarnedAt = now;
        Record(TicketEventKind.SlaWarned, Actor.System, now);
    }

    /// <summary>Its date has passed and nobody has acted: somebody else answers for it.</summary>
    /// <param name="next">When the one after gets it.</param>
    public void EscalateTo(Guid ownerId, string ownerName, DateTime next, DateTime now)
    {
        (OwnerId, EscalateNextAt) = (ownerId, next);
        EscalationLevel++;
        Record(TicketEventKind.EscalatedTo, Actor.System, now, ownerName);
    }

    private static TargetState State(DateTime? by, DateTime? metAt, DateTime now) => (by, metAt) switch
    {
        (null, _) => TargetState.None,
        ({ } due, { } met) => met <= due ? TargetState.Met : TargetState.Missed,
        ({ } due, null) => now < due ? TargetState.Running : TargetState.Missed,
    };

    // Whose turn it is decides whether time runs.
    private void Stand(TicketStatus status, DateTime now)
    {
        var isOurs = status is TicketStatus.New or TicketStatus.Open;
        if (!isOurs)
        {
            PausedSince ??= now;
        }
        else if (PausedSince is { } since)
        {
            if (since < now)
            {
                Pauses.Add(new TicketPause { TicketId = Id, From = since, To = now });
            }

            PausedSince = null;
        }

        Status = status;
    }
}
