using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;

namespace SelfService.Web.Startup;

/// <summary>
/// How many tickets wait, for every agent who has the list open. They are counted once for all of them, by owner and queue, and only while
/// somebody looks.
/// </summary>
public sealed class DeskCounts(IServiceScopeFactory scopes, SlaClock sla, TimeProvider clock)
{
    /// <summary>How old the numbers may be.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim counting = new(1);
    private (DateTimeOffset At, IReadOnlyList<Heap> Heaps) counted = (DateTimeOffset.MinValue, []);

    /// <summary>The numbers of the filters that change by themselves: open, mine, unowned, overdue, promised for today, waiting.</summary>
    /// <param name="queue">Key of the queue; empty for all.</param>
    public async Task<IReadOnlyList<int>> OfAsync(string queue, Guid me, CancellationToken cancel)
    {
        var heaps = (await HeapsAsync(cancel)).Where(h => queue.Length == 0 || h.Queue == queue).ToList();
        return
        [
            heaps.Sum(h => h.Open), heaps.Where(h => h.OwnerId == me).Sum(h => h.Open), heaps.Where(h => h.OwnerId is null).Sum(h => h.Open),
            heaps.Sum(h => h.Overdue), heaps.Sum(h => h.PromisedToday), heaps.Sum(h => h.Waiting),
        ];
    }

    private async Task<IReadOnlyList<Heap>> HeapsAsync(CancellationToken cancel)
    {
        if (clock.GetUtcNow() - counted.At < Age)
        {
            return counted.Heaps;
        }

        await counting.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            if (now - counted.At >= Age)
            {
                await using var scope = scopes.CreateAsyncScope();
                counted = (now, await CountAsync(scope.ServiceProvider.GetRequiredService<PortalDbContext>(), now.UtcDateTime, sla.EndOfDay(now.UtcDateTime, null), cancel));
            }

            return counted.Heaps;
        }
        finally
        {
            counting.Release();
        }
    }

    private static async Task<IReadOnlyList<Heap>> CountAsync(PortalDbContext db, DateTime now, DateTime tonight, CancellationToken cancel) =>
        await db.Tickets.Where(t => t.DueAt != null).GroupBy(t => new { t.Queue, t.OwnerId })
            .Select(g => new Heap(g.Key.Queue, g.Key.OwnerId, g.Count(), g.Count(t => t.DueAt <= now), g.Count(t => t.NextStep == NextStep.Promise && t.DueAt < tonight), g.Count(t => t.Status == TicketStatus.Pending))).ToListAsync(cancel);

    private sealed record Heap(string Queue, Guid? OwnerId, int Open, int Overdue, int PromisedToday, int Waiting);
}
