using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SelfService.Core.Persistence;

namespace SelfService.Core.Jobs;

/// <summary>
/// Does what is due. A job is claimed by one conditional update, so that of many nodes one works on it; a lease ends the claim
/// of a node that died. One that fails waits longer each time, and never holds up the others.
/// </summary>
public sealed partial class RunDueJobs(PortalDbContext db, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RunDueJobs> logger)
{
    /// <summary>Longest time a job may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const int BatchSize = 50;

    // A mail server that answers slowly keeps the others waiting a quarter as long.
    private const int AtOnce = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Does every job that is due now, a batch at most.</summary>
    /// <returns>Number of jobs attempted.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var due = await Due().AsNoTracking().OrderBy(j => j.DueAt).Select(j => j.Id).Take(BatchSize).ToListAsync(cancel);
        var attempted = 0;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (id, stop) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<RunDueJobs>().TryAsync(id, stop))
            {
                Interlocked.Increment(ref attempted);
            }
        });
        return attempted;
    }

    /// <summary>Ends every claim. Only for a process that is alone with its database, before it begins: who claimed is no more.</summary>
    public Task ReleaseAllAsync(CancellationToken cancel) => db.InTransactionAsync(
        () => db.Jobs.Where(j => j.LeaseUntil != null).ExecuteUpdateAsync(set => set.SetProperty(j => j.LeaseUntil, (DateTime?)null), cancel), cancel);

    // A claim that ends later than claims do is of a clock that has been put back since.
    private IQueryable<Job> Due()
    {
        var now = Now();
        var latest = now + (2 * Lease);
        return db.Jobs.Where(j => j.State == JobState.Waiting && j.DueAt <= now && (j.LeaseUntil == null || j.LeaseUntil <= now || j.LeaseUntil > latest));
    }

    private async Task<bool> TryAsync(Guid id, CancellationToken cancel)
    {
        if (await ClaimAsync(id, cancel) is not { } job)
        {
            return false;
        }

        await AttemptAsync(job, cancel);
        return true;
    }

    private async Task<Job?> ClaimAsync(Guid id, CancellationToken cancel)
    {
        var now = Now();
        var claimed = await db.InTransactionAsync(
            () => Due().Where(j => j.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.LeaseUntil, now + Lease).SetProperty(j => j.Attempts, j => j.Attempts + 1), cancel),
            cancel);
        return claimed == 0 ? null : await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == id, cancel);
    }

    private async Task AttemptAsync(Job job, CancellationToken cancel)
    {
        try
        {
            await HandleAsync(job, cancel);
            await FinishAsync(job, cancel);
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            await PostponeAsync(job, exception, cancel);
        }
    }

    private async Task HandleAsync(Job job, CancellationToken cancel)
    {
        using var span = Signals.Spans.StartActivity("job " + job.Kind);
        using var tooLong = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel, tooLong.Token);
        // A scope of its own: what one job leaves behind in a context is not the next one's.
        await using var scope = scopes.CreateAsyncScope();
        var handler = scope.ServiceProvider.GetServices<IJobHandler>().Single(h => h.Kind == job.Kind);
        try
        {
            // One that does not listen is left behind: it holds up neither the others nor its own next attempt.
            await handler.RunAsync(job, patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException exception) when (tooLong.IsCancellationRequested)
        {
            throw new JobException($"not done within {Patience.TotalSeconds:0} s", exception);
        }
    }

    // Only while the claim is still ours: another node may have taken over after the lease.
    private IQueryable<Job> Ours(Job job) => db.Jobs.Where(j => j.Id == job.Id && j.Attempts == job.Attempts && j.State == JobState.Waiting);

    private Task FinishAsync(Job job, CancellationToken cancel)
    {
        var now = Now();
        return db.InTransactionAsync(
            () => Ours(job).ExecuteUpdateAsync(set => set
                .SetProperty(j => j.State, JobState.Done).SetProperty(j => j.FinishedAt, now).SetProperty(j => j.LeaseUntil, (DateTime?)null)
                .SetProperty(j => j.Payload, "").SetProperty(j => j.LastError, ""), cancel),
            cancel);
    }

    private Task PostponeAsync(Job job, Exception exception, CancellationToken cancel)
    {
        var now = Now();
        var last = job.Attempts > Job.Pauses.Count;
        var due = last ? now : now + Job.Pauses[job.Attempts - 1];
        var reason = exception is JobException known ? known.Message : exception.GetType().Name;
        var error = reason[..Math.Min(reason.Length, Job.ErrorMaxLength)];
        Signals.JobsFailed.Add(1, KeyValuePair.Create<string, object?>("kind", job.Kind), KeyValuePair.Create<string, object?>("given_up", last));
        if (last)
        {
            GivenUp(job.Kind, job.Id, job.Attempts, error);
        }
        else
        {
            Failed(job.Kind, job.Id, job.Attempts, error);
        }

        return db.InTransactionAsync(
            () => Ours(job).ExecuteUpdateAsync(set => set
                .SetProperty(j => j.State, last ? JobState.Dead : JobState.Waiting).SetProperty(j => j.DueAt, due)
                .SetProperty(j => j.LeaseUntil, (DateTime?)null).SetProperty(j => j.LastError, error), cancel),
            cancel);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Kind} {Id} failed at attempt {Attempt} and will be tried again: {Failure}")]
    private partial void Failed(string kind, Guid id, int attempt, string failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Kind} {Id} is given up after {Attempts} attempts: {Failure}")]
    private partial void GivenUp(string kind, Guid id, int attempts, string failure);
}

/// <summary>Why a job could not be done, in words that may be shown to staff: no address, no text of a customer.</summary>
public sealed class JobException(string reason, Exception? inner = null) : Exception(reason, inner);
