using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Jobs;
using SelfService.Core.Tests.Tickets;

namespace SelfService.Core.Tests.Jobs;

public sealed class RetryJobsTests : TicketTest
{
    [Fact]
    public async Task A_dead_job_is_due_at_once_with_all_its_attempts_and_the_audit_log_knows()
    {
        var agent = await PersonAsync("julian@ensayo.example");
        var job = await AddAsync(JobState.Dead, attempts: 8);

        Assert.True(await InAsync(db => new RetryJobs(db, Clock).OneAsync(job, agent, NoCancel)));

        var stored = await InAsync(db => db.Jobs.SingleAsync());
        Assert.Equal((JobState.Waiting, 0, Clock.Now), (stored.State, stored.Attempts, stored.DueAt));
        Assert.Equal((AuditKind.JobRetried, (Guid?)agent), await InAsync(async db => (await db.AuditEntries.Select(e => new { e.Kind, e.ActorId }).SingleAsync()) is var e ? (e.Kind, e.ActorId) : default));
    }

    [Fact]
    public async Task A_job_that_is_done_or_being_done_is_left_alone()
    {
        var agent = await PersonAsync("julian@ensayo.example");
        var done = await AddAsync(JobState.Done, attempts: 1);
        var working = await AddAsync(JobState.Waiting, attempts: 3, leaseUntil: Clock.Now.AddMinutes(1));

        Assert.False(await InAsync(db => new RetryJobs(db, Clock).OneAsync(done, agent, NoCancel)));
        Assert.False(await InAsync(db => new RetryJobs(db, Clock).OneAsync(working, agent, NoCancel)));

        Assert.Equal([1, 3], await InAsync(db => db.Jobs.OrderBy(j => j.Attempts).Select(j => j.Attempts).ToListAsync()));
        Assert.False(await InAsync(db => db.AuditEntries.AnyAsync()));
    }

    [Fact]
    public async Task All_dead_jobs_of_one_kind_are_tried_again_and_no_others()
    {
        var agent = await PersonAsync("julian@ensayo.example");
        await AddAsync(JobState.Dead, attempts: 8);
        await AddAsync(JobState.Dead, attempts: 8);
        await AddAsync(JobState.Dead, attempts: 8, kind: "otro");
        await AddAsync(JobState.Waiting, attempts: 2, due: TimeSpan.FromHours(2));

        Assert.Equal(2, await InAsync(db => new RetryJobs(db, Clock).DeadAsync("mail", agent, NoCancel)));

        Assert.Equal("otro", (await InAsync(db => db.Jobs.SingleAsync(j => j.State == JobState.Dead))).Kind);
        Assert.Equal(2, (await InAsync(db => db.Jobs.SingleAsync(j => j.Attempts > 0 && j.State == JobState.Waiting))).Attempts);
    }

    [Fact]
    public async Task Dead_ones_come_first_then_the_next_attempts_then_the_newest_done()
    {
        await AddAsync(JobState.Done, 1, kind: "hecho antes", finished: Clock.Now.AddHours(-2));
        await AddAsync(JobState.Waiting, 1, kind: "después", due: TimeSpan.FromHours(1));
        await AddAsync(JobState.Done, 1, kind: "hecho ahora", finished: Clock.Now);
        await AddAsync(JobState.Waiting, 1, kind: "ahora");
        await AddAsync(JobState.Dead, 8, kind: "muerto");

        Assert.Equal(["muerto", "ahora", "después", "hecho ahora", "hecho antes"], await InAsync(db => db.Jobs.ByNeed().Select(j => j.Kind).ToListAsync()));
    }

    [Fact]
    public async Task Late_is_what_is_due_or_has_failed_and_not_what_is_planned()
    {
        await AddAsync(JobState.Waiting, attempts: 0, due: TimeSpan.FromDays(3), created: TimeSpan.FromDays(-9));
        Assert.True((await HealthAsync()).IsGood(Clock.Now));

        await AddAsync(JobState.Waiting, attempts: 4, due: TimeSpan.FromMinutes(20), created: TimeSpan.FromMinutes(-16));
        var late = await HealthAsync();
        Assert.Equal((0, 1, TimeSpan.FromMinutes(16)), (late.Dead, late.Late, late.Age(Clock.Now)));
        Assert.False(late.IsGood(Clock.Now));
    }

    [Fact]
    public async Task One_dead_job_is_enough_to_need_somebody()
    {
        await AddAsync(JobState.Dead, attempts: 8);

        Assert.False((await HealthAsync()).IsGood(Clock.Now));
    }

    private Task<JobHealth> HealthAsync() => InAsync(db => db.Jobs.HealthAsync(Clock.Now, NoCancel));

    private async Task<Guid> AddAsync(
        JobState state, int attempts, string kind = "mail", TimeSpan due = default, TimeSpan created = default, DateTime? leaseUntil = null, DateTime? finished = null)
    {
        var job = new Job { Kind = kind, Payload = "{}", State = state, Attempts = attempts, CreatedAt = Clock.Now + created, DueAt = Clock.Now + due, LeaseUntil = leaseUntil, FinishedAt = finished };
        await InAsync(async db =>
        {
            db.Jobs.Add(job);
            return await db.SaveChangesAsync();
        });
        return job.Id;
    }
}
