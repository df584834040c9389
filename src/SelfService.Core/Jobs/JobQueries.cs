using Microsoft.EntityFrameworkCore;

namespace SelfService.Core.Jobs;

/// <summary>How the jobs stand.</summary>
/// <param name="Late">Waiting jobs that are due or have failed already; what is planned for later is not among them.</param>
/// <param name="OldestLate">When the oldest of those was made.</param>
public sealed record JobHealth(int Dead, int Late, DateTime? OldestLate)
{
    /// <summary>Beyond this age something keeps jobs from being done.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Age of the oldest job that should have been done; zero when there is none.</summary>
    public TimeSpan Age(DateTime now) => OldestLate is { } oldest && oldest < now ? now - oldest : TimeSpan.Zero;

    /// <summary>Whether nobody needs to look.</summary>
    public bool IsGood(DateTime now) => Dead == 0 && Age(now) <= Patience;
}

/// <summary>What administrators see of the jobs.</summary>
public static class JobQueries
{
    /// <summary>How the jobs stand.</summary>
    public static async Task<JobHealth> HealthAsync(this IQueryable<Job> jobs, DateTime now, CancellationToken cancel)
    {
        var late = jobs.Where(j => j.State == JobState.Waiting && (j.DueAt <= now || j.Attempts > 0));
        return new JobHealth(
            await jobs.CountAsync(j => j.State == JobState.Dead, cancel),
            await late.CountAsync(cancel),
            await late.MinAsync(j => (DateTime?)j.CreatedAt, cancel));
    }

    /// <summary>Number of jobs in each state and of each kind.</summary>
    public static async Task<IReadOnlyList<(JobState State, string Kind, int Count)>> CountsAsync(this IQueryable<Job> jobs, CancellationToken cancel)
    {
        var counts = await jobs.GroupBy(j => new { j.State, j.Kind }).Select(g => new { g.Key.State, g.Key.Kind, Count = g.Count() }).ToListAsync(cancel);
        return [.. counts.Select(c => (c.State, c.Kind, c.Count)).OrderBy(c => c.State).ThenBy(c => c.Kind, StringComparer.Ordinal)];
    }

    /// <summary>What needs somebody first: dead ones, then waiting ones by their next attempt, then what was done, newest first.</summary>
    public static IOrderedQueryable<Job> ByNeed(this IQueryable<Job> jobs) => jobs
        .OrderBy(j => j.State == JobState.Dead ? 0 : j.State == JobState.Waiting ? 1 : 2)
        .ThenBy(j => j.State == JobState.Done ? null : (DateTime?)j.DueAt).ThenByDescending(j => j.FinishedAt).ThenBy(j => j.Id);
}
