using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Journeys;

/// <summary>Deletes what visitors did long ago; reports keep sums, not steps.</summary>
public sealed class ForgetSteps(PortalDbContext db, TimeProvider clock)
{
    /// <summary>How long a step is kept, in months: a year and the month it is compared in.</summary>
    public const int MonthsKept = 13;

    // Other writers get their turn in between.
    private const int BlockSize = 2_000;

    /// <summary>Deletes what is older, block by block.</summary>
    /// <returns>Number of steps deleted.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().UtcDateTime.AddMonths(-MonthsKept);
        var all = 0;
        int deleted;
        do
        {
            deleted = await db.InTransactionAsync(
                () => db.VisitSteps.Where(s => db.VisitSteps.Where(old => old.At < before).OrderBy(old => old.At).Select(old => old.Id).Take(BlockSize).Contains(s.Id)).ExecuteDeleteAsync(cancel), cancel);
            all += deleted;
        }
        while (deleted == BlockSize);

        // Without steps a link joins nothing.
        await db.InTransactionAsync(
            () => db.VisitorLinks.Where(l => l.At < before && !db.VisitSteps.Any(s => s.VisitorId == l.VisitorId)).ExecuteDeleteAsync(cancel), cancel);

        return all;
    }
}
