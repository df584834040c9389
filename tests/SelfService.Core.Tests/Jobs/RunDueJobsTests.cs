using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Jobs;

namespace SelfService.Core.Tests.Jobs;

public sealed class RunDueJobsTests : JobTest
{
    private readonly ScriptedHandler handler;
    private Func<Job, CancellationToken, Task> work = (_, _) => Task.CompletedTask;

    public RunDueJobsTests() => handler = new ScriptedHandler((job, cancel) => work(job, cancel));

    protected override void Register(IServiceCollection services) => services.AddSingleton<IJobHandler>(handler);

    [Fact]
    public async Task A_job_is_done_once_and_its_payload_is_gone()
    {
        var job = ScriptedHandler.Job("carga", Now);
        await AddAsync(job);

        Assert.Equal(1, await RunAsync());
        Assert.Equal(0, await RunAsync());

        var done = await JobAsync(job.Id);
        Assert.Equal((JobState.Done, "", 1, (DateTime?)Now), (done.State, done.Payload, done.Attempts, done.FinishedAt));
        Assert.Null(done.LeaseUntil);
    }

    [Fact]
    public async Task A_job_that_is_not_due_waits()
    {
        var job = ScriptedHandler.Job("", Now.AddMinutes(1));
        await AddAsync(job);

        Assert.Equal(0, await RunAsync());
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await RunAsync());
    }

    [Fact]
    public async Task Of_many_nodes_at_once_one_does_each_job()
    {
        var jobs = Enumerable.Range(0, 40).Select(_ => ScriptedHandler.Job("", Now)).ToList();
        await AddAsync(jobs);
        var nodes = Enumerable.Range(0, 4).Select(_ => NewNode()).ToList();

        var attempts = await Task.WhenAll(nodes.Select(node => Task.Run(() => RunAsync(node))));

        Assert.Equal(40, attempts.Sum());
        Assert.Equal(jobs.Select(j => j.Id).Order(), handler.Given.Order());
        Assert.All(await JobsAsync(), j => Assert.Equal((JobState.Done, 1), (j.State, j.Attempts)));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_node_that_died_keeps_its_job_until_the_lease_ends()
    {
        var job = ScriptedHandler.Job("", Now);
        await AddAsync(job);
        await ChangeAsync(job.Id, j => (j.LeaseUntil, j.Attempts) = (Now + RunDueJobs.Lease, 1));

        Clock.Advance(RunDueJobs.Lease - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await RunAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await RunAsync());

        Assert.Equal(2, (await JobAsync(job.Id)).Attempts);
    }

    [Fact]
    public async Task A_claim_of_before_the_clock_was_put_back_keeps_nobody_waiting()
    {
        var job = ScriptedHandler.Job("", Now);
        await AddAsync(job);
        await ChangeAsync(job.Id, j => (j.LeaseUntil, j.Attempts) = (Now.AddDays(3), 1));

        Assert.Equal(1, await RunAsync());

        Assert.Equal(JobState.Done, (await JobAsync(job.Id)).State);
    }

    [Fact]
    public async Task A_node_that_is_stopped_leaves_its_job_to_the_next_and_blames_nobody()
    {
        var job = ScriptedHandler.Job("", Now);
        await AddAsync(job);
        using var stop = new CancellationTokenSource();
        work = async (_, cancel) =>
        {
            await stop.CancelAsync();
            cancel.ThrowIfCancellationRequested();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(Node, stop.Token));

        Assert.Equal((JobState.Waiting, ""), ((await JobAsync(job.Id)).State, (await JobAsync(job.Id)).LastError));
        work = (_, _) => Task.CompletedTask;
        Clock.Advance(RunDueJobs.Lease);
        Assert.Equal(1, await RunAsync());
    }

    [Fact]
    public async Task A_job_that_fails_is_tried_again_after_each_pause_of_the_table_and_then_given_up()
    {
        var job = ScriptedHandler.Job("carga", Now);
        await AddAsync(job);
        work = (_, _) => throw new JobException("SMTP: 421");

        foreach (var pause in Job.Pauses)
        {
            Assert.Equal(1, await RunAsync());
            var waiting = await JobAsync(job.Id);
            Assert.Equal((JobState.Waiting, Now + pause, "SMTP: 421"), (waiting.State, waiting.DueAt, waiting.LastError));
            Assert.Null(waiting.LeaseUntil);
            Clock.Advance(pause - TimeSpan.FromSeconds(1));
            Assert.Equal(0, await RunAsync());
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(1, await RunAsync());
        var dead = await JobAsync(job.Id);
        Assert.Equal((JobState.Dead, Job.Pauses.Count + 1, "\"carga\""), (dead.State, dead.Attempts, dead.Payload));
        Clock.Advance(TimeSpan.FromDays(365));
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task A_job_that_was_given_up_is_done_when_a_person_sends_it_again()
    {
        var job = ScriptedHandler.Job("", Now);
        await AddAsync(job);
        await ChangeAsync(job.Id, j => (j.State, j.Attempts, j.LastError) = (JobState.Dead, 8, "SMTP: 550"));
        await ChangeAsync(job.Id, j => (j.State, j.Attempts, j.DueAt) = (JobState.Waiting, 0, Now));

        await RunAsync();

        Assert.Equal((JobState.Done, ""), ((await JobAsync(job.Id)).State, (await JobAsync(job.Id)).LastError));
    }

    [Fact]
    public async Task Jobs_that_always_fail_hold_up_no_other()
    {
        var poison = Enumerable.Range(0, 60).Select(_ => ScriptedHandler.Job("veneno", Now)).ToList();
        var unknown = Job.Of("nobody-does-this", "", Now);
        var good = ScriptedHandler.Job("bueno", Now.AddSeconds(1));
        await AddAsync([.. poison, unknown, good]);
        work = (job, _) => job.Read<string>() == "veneno" ? throw new InvalidOperationException("secreto@correo.example") : Task.CompletedTask;

        Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync();
        await RunAsync();

        Assert.Equal(JobState.Done, (await JobAsync(good.Id)).State);
        Assert.Equal(JobState.Waiting, (await JobAsync(unknown.Id)).State);
        Assert.All(poison, p => Assert.Contains(p.Id, handler.Given));
    }

    [Fact]
    public async Task What_went_wrong_inside_is_told_by_its_kind_and_not_by_its_words()
    {
        var job = ScriptedHandler.Job("", Now);
        await AddAsync(job);
        work = (_, _) => throw new InvalidOperationException("secreto@correo.example");

        await RunAsync();

        Assert.Equal("InvalidOperationException", (await JobAsync(job.Id)).LastError);
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_cut()
    {
        var job = ScriptedHandler.Job("", Now);
        await AddAsync(job);
        work = (_, _) => throw new JobException(new string('x', 5_000));

        await RunAsync();

        Assert.Equal(Job.ErrorMaxLength, (await JobAsync(job.Id)).LastError.Length);
    }

    [Fact]
    public async Task A_job_that_hangs_is_left_behind_and_the_others_are_done()
    {
        var hanging = ScriptedHandler.Job("cuelga", Now);
        var good = ScriptedHandler.Job("bueno", Now);
        await AddAsync(hanging, good);
        var never = new TaskCompletionSource();
        // It does not even listen when it is told to stop.
        work = (job, _) => job.Read<string>() == "cuelga" ? never.Task : Task.CompletedTask;

        var running = RunAsync();
        while (!running.IsCompleted)
        {
            await Task.Delay(20);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, await running);
        Assert.Equal(JobState.Done, (await JobAsync(good.Id)).State);
        Assert.Equal((JobState.Waiting, "not done within 90 s"), ((await JobAsync(hanging.Id)).State, (await JobAsync(hanging.Id)).LastError));
    }

    [Fact]
    public async Task Who_finishes_after_the_lease_changes_nothing_that_another_has_taken_over()
    {
        var job = ScriptedHandler.Job("", Now);
        await AddAsync(job);
        await using var other = NewNode();
        var first = true;
        work = async (_, _) =>
        {
            if (first)
            {
                first = false;
                // The node sleeps past its lease, and another one fails at the job meanwhile.
                await ChangeAsync(job.Id, j => j.LeaseUntil = Now.AddSeconds(-1));
                await RunAsync(other, CancellationToken.None);
            }
            else
            {
                throw new JobException("SMTP: 421");
            }
        };

        await RunAsync();

        Assert.Equal((JobState.Waiting, 2, "SMTP: 421"), ((await JobAsync(job.Id)).State, (await JobAsync(job.Id)).Attempts, (await JobAsync(job.Id)).LastError));
    }

    [Fact]
    public async Task Done_jobs_are_forgotten_after_thirty_days_and_others_are_not()
    {
        var (done, waiting, dead) = (ScriptedHandler.Job("", Now), ScriptedHandler.Job("", Now.AddYears(1)), ScriptedHandler.Job("", Now));
        await AddAsync(done, waiting, dead);
        await ChangeAsync(dead.Id, j => j.State = JobState.Dead);
        await RunAsync();

        Clock.Advance(RemoveDoneJobs.Kept);
        Assert.Equal(0, await ForgetAsync());
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await ForgetAsync());

        Assert.Equal(new[] { waiting.Id, dead.Id }.Order(), (await JobsAsync()).Select(j => j.Id).Order());
    }

    private async Task<int> ForgetAsync()
    {
        await using var scope = Node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RemoveDoneJobs>().RunAsync(CancellationToken.None);
    }
}
