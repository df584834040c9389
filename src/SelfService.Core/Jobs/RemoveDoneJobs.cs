using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Jobs;

/// <summary>Removes jobs that were done long ago. Those given up stay until a person has looked at them.</summary>
public sealed class RemoveDoneJobs(PortalDbContext db, TimeProvider clock)
{
    /// <summary>How long a done job can still be looked up.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Removes them.</summary>
    /// <returns>Number of jobs removed.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow().UtcDateTime - Kept;
        return db.InTransactionAsync(() => db.Jobs.Where(j => j.State == JobState.Done && j.FinishedAt < before).ExecuteDeleteAsync(cancel), cancel);
    }
}
