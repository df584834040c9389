using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;

namespace SelfService.Core.Jobs;

/// <summary>An administrator has jobs tried again, with all their attempts before them.</summary>
public sealed class RetryJobs(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Tries one job again that is dead or waits for its next attempt.</summary>
    /// <returns>Whether there was something to try; a job that is done or being done is left alone.</returns>
    public async Task<bool> OneAsync(Guid jobId, Guid actorId, CancellationToken cancel) =>
        await RetryAsync(db.Jobs.Where(j => j.Id == jobId && j.State != JobState.Done), jobId.ToString(), actorId, cancel) > 0;

    /// <summary>Tries every dead job of a kind again.</summary>
    /// <returns>Number of jobs.</returns>
    public Task<int> DeadAsync(string kind, Guid actorId, CancellationToken cancel) =>
        RetryAsync(db.Jobs.Where(j => j.Kind == kind && j.State == JobState.Dead), kind, actorId, cancel);

    private Task<int> RetryAsync(IQueryable<Job> jobs, string which, Guid actorId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.InTransactionAsync(
            async () =>
            {
                // Whoever works on one right now knows it by its number of attempts; that must not change under her.
                var retried = await jobs.Where(j => j.LeaseUntil == null || j.LeaseUntil <= now).ExecuteUpdateAsync(
                    set => set.SetProperty(j => j.State, JobState.Waiting).SetProperty(j => j.DueAt, now)
                        .SetProperty(j => j.Attempts, 0).SetProperty(j => j.LeaseUntil, (DateTime?)null),
                    cancel);
                if (retried > 0)
                {
                    db.Audit(AuditKind.JobRetried, now, actorId, detail: $"{which}: {retried}");
                }

                return retried;
            },
            cancel);
    }
}
