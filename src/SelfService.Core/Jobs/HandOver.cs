using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Jobs;

/// <summary>Ends a job by leaving others in its place.</summary>
public static class HandOver
{
    /// <summary>
    /// Ends <paramref name="job"/> and leaves <paramref name="next"/>, in one transaction: a job done again after a crash must not
    /// leave a second mail with an id of its own.
    /// </summary>
    /// <param name="next">What takes its place; null for nothing.</param>
    public static Task HandOverAsync(this PortalDbContext db, Job job, Job? next, DateTime now, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var ended = await db.Jobs.Where(j => j.Id == job.Id && j.State == JobState.Waiting).ExecuteUpdateAsync(
                set => set.SetProperty(j => j.State, JobState.Done).SetProperty(j => j.FinishedAt, now).SetProperty(j => j.LeaseUntil, (DateTime?)null)
                    .SetProperty(j => j.Payload, "").SetProperty(j => j.LastError, ""),
                cancel);
            if (ended > 0 && next is not null)
            {
                db.Jobs.Add(next);
            }
        },
        cancel);
}
