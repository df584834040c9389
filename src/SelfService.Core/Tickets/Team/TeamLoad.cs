using Microsoft.EntityFrameworkCore;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;

namespace SelfService.Core.Tickets.Team;

/// <summary>What is open with an agent in a queue.</summary>
/// <param name="OwnerId">Null while only the queue answers.</param>
/// <param name="Oldest">When the oldest of them was opened, UTC.</param>
public sealed record LoadSum(Guid? OwnerId, string Queue, int Open, int Overdue, int Waiting, int PromisedToday, DateTime Oldest);

/// <summary>How long tickets took, of those opened in a period.</summary>
/// <param name="Opened">Tickets opened.</param>
/// <param name="FirstResponse">Working time to the first answer of those that were answered, shortest first.</param>
/// <param name="Solution">Working time to the end of those that ended, shortest first.</param>
/// <param name="FirstInTime">Answered by their target, among those whose target was met or has passed.</param>
/// <param name="SolvedInTime">The same for the solution.</param>
public sealed record TimeSums(int Opened, IReadOnlyList<TimeSpan> FirstResponse, IReadOnlyList<TimeSpan> Solution, Share FirstInTime, Share SolvedInTime)
{
    /// <summary>Time within which that share of them was done; null where there are none.</summary>
    public static TimeSpan? Quantile(IReadOnlyList<TimeSpan> sorted, double share) => sorted.Count == 0 ? null : sorted[(int)Math.Round(share * (sorted.Count - 1))];
}

/// <summary>What supervisors ask.</summary>
public static class TeamQueries
{
    /// <summary>Everything that is open, by agent and queue.</summary>
    /// <param name="tonight">When today ends at the company, UTC.</param>
    public static async Task<IReadOnlyList<LoadSum>> LoadAsync(this PortalDbContext db, DateTime now, DateTime tonight, CancellationToken cancel) =>
        await db.Tickets.Where(t => t.DueAt != null).GroupBy(t => new { t.OwnerId, t.Queue })
            .Select(g => new LoadSum(
                g.Key.OwnerId, g.Key.Queue, g.Count(), g.Count(t => t.DueAt <= now), g.Count(t => t.Status == TicketStatus.Pending),
                g.Count(t => t.NextStep == NextStep.Promise && t.DueAt < tonight), g.Min(t => t.OpenedAt))).ToListAsync(cancel);

    /// <summary>How long tickets took that were opened in a period, by what they are grouped by.</summary>
    /// <param name="groupOf">The queue, say, or the owner.</param>
    public static async Task<IReadOnlyDictionary<TKey, TimeSums>> TimesAsync<TKey>(
        this PortalDbContext db, DateTime start, DateTime end, DateTime now, SlaClock clock, Func<Guid?, string, TKey> groupOf, CancellationToken cancel)
        where TKey : notnull
    {
        var opened = await db.Tickets.AsNoTracking().Where(t => t.OpenedAt >= start && t.OpenedAt < end && t.MergedIntoId == null)
            .Select(t => new { t.OwnerId, t.Queue, t.OpenedAt, t.FirstRespondedAt, t.FirstResponseBy, t.EndedAt, t.SolutionBy }).ToListAsync(cancel);
        return opened.GroupBy(t => groupOf(t.OwnerId, t.Queue)).ToDictionary(g => g.Key, g => new TimeSums(
            g.Count(),
            Sorted(g.Where(t => t.FirstRespondedAt is not null).Select(t => clock.Between(t.OpenedAt, t.FirstRespondedAt!.Value, SlaHours.Opening))),
            Sorted(g.Where(t => t.EndedAt is not null).Select(t => clock.Between(t.OpenedAt, t.EndedAt!.Value, SlaHours.Opening))),
            InTime(g.Select(t => (t.FirstResponseBy, t.FirstRespondedAt)), now),
            InTime(g.Select(t => (t.SolutionBy, t.EndedAt)), now)));
    }

    private static List<TimeSpan> Sorted(IEnumerable<TimeSpan> times) => [.. times.Order()];

    // What still has time says nothing yet.
    private static Share InTime(IEnumerable<(DateTime? By, DateTime? DoneAt)> targets, DateTime now)
    {
        var decided = targets.Where(t => t.By is { } by && (t.DoneAt is not null || by <= now)).ToList();
        return new Share(decided.Count(t => t.DoneAt <= t.By), decided.Count);
    }
}
