namespace SelfService.Core.Sla;

/// <summary>A time during which it was not the company's turn: it waited for the customer, or the ticket had ended.</summary>
/// <param name="From">UTC.</param>
/// <param name="To">UTC.</param>
public sealed record SlaPause(DateTime From, DateTime To);

/// <summary>By when a ticket is to be answered and solved.</summary>
/// <param name="FirstResponseBy">UTC.</param>
/// <param name="SolutionBy">UTC; null where none is promised, or while it is not the company's turn.</param>
/// <param name="WarnAt">When whoever answers is warned, UTC; null where nothing runs.</param>
public sealed record SlaTargets(DateTime FirstResponseBy, DateTime? SolutionBy, DateTime? WarnAt);

/// <summary>Computes targets from what has happened, from the beginning each time: another priority or policy needs no correction of what was computed before.</summary>
public sealed class SlaReckoning(SlaClock clock)
{
    /// <summary>The targets of a ticket.</summary>
    /// <param name="openedAt">UTC.</param>
    /// <param name="respondedAt">When it was first answered; null when it was not.</param>
    /// <param name="pauses">In their order; they do not overlap.</param>
    /// <param name="pausedSince">Since when it has not been the company's turn; null while it is.</param>
    public SlaTargets Of(DateTime openedAt, DateTime? respondedAt, IReadOnlyList<SlaPause> pauses, DateTime? pausedSince, SlaTimes times, SlaPolicy policy)
    {
        var first = clock.After(openedAt, times.FirstResponse, policy.Hours);
        var solution = times.Solution is { } whole ? After(openedAt, whole, pauses, pausedSince, policy.Hours) : null;
        var warn = respondedAt is null ? clock.After(openedAt, times.FirstResponse * (1 - policy.WarnShare), policy.Hours)
            : times.Solution is { } time && pausedSince is null ? After(openedAt, time * (1 - policy.WarnShare), pauses, null, policy.Hours) : null;
        return new SlaTargets(first, solution, warn);
    }

    // Walks through the stretches in which it was the company's turn.
    private DateTime? After(DateTime from, TimeSpan time, IReadOnlyList<SlaPause> pauses, DateTime? pausedSince, SlaHours hours)
    {
        var left = time;
        foreach (var pause in pauses)
        {
            var worked = clock.Between(from, pause.From, hours);
            if (worked >= left)
            {
                return clock.After(from, left, hours);
            }

            left -= worked;
            from = pause.To;
        }

        var due = clock.After(from, left, hours);
        return pausedSince is { } since && due > since ? null : due;
    }
}
