using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.Promises;

/// <summary>How many promises ended in which way.</summary>
public sealed record PromiseTally(int Kept, int Broken, int Moved, int Withdrawn)
{
    public static readonly PromiseTally None = new(0, 0, 0, 0);

    /// <summary>Those that were kept or broken. Of the others nobody knows.</summary>
    public int Decided => Kept + Broken;

    /// <summary>The sum of both.</summary>
    public PromiseTally Plus(PromiseTally other) => new(Kept + other.Kept, Broken + other.Broken, Moved + other.Moved, Withdrawn + other.Withdrawn);
}

/// <summary>Promises that ended, of one agent in one queue.</summary>
/// <param name="AgentId">Account of who promised; it may be gone.</param>
public sealed record PromiseSum(Guid? AgentId, string Queue, PromiseTally Tally);

/// <summary>Kept and broken promises.</summary>
public static class PromiseCounts
{
    /// <summary>Those that ended in a period, by who promised and by queue.</summary>
    /// <param name="start">UTC.</param>
    /// <param name="end">UTC; not part of it.</param>
    public static async Task<IReadOnlyList<PromiseSum>> PromiseSumsAsync(this PortalDbContext db, DateTime start, DateTime end, CancellationToken cancel)
    {
        var sums = await db.Promises.Where(p => p.SettledAt >= start && p.SettledAt < end).GroupBy(p => new { p.AgentId, p.Queue }).Select(g => new
        {
            g.Key.AgentId,
            g.Key.Queue,
            Kept = g.Count(p => p.Outcome == PromiseOutcome.Kept),
            Broken = g.Count(p => p.Outcome == PromiseOutcome.Broken),
            Moved = g.Count(p => p.Outcome == PromiseOutcome.Moved),
            Withdrawn = g.Count(p => p.Outcome == PromiseOutcome.Withdrawn),
        }).ToListAsync(cancel);
        return [.. sums.Select(s => new PromiseSum(s.AgentId, s.Queue, new PromiseTally(s.Kept, s.Broken, s.Moved, s.Withdrawn)))];
    }
}
