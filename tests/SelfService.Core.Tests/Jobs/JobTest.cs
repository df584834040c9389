using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SelfService.Core.Jobs;

namespace SelfService.Core.Tests.Jobs;

/// <summary>A database and a clock of its own for each test, and jobs that do what the test says.</summary>
public abstract class JobTest : IAsyncLifetime
{
    private TestDatabase database = null!;

    /// <summary>A clock that stands still until the test moves it, timers included.</summary>
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 15, 0, 0, TimeSpan.Zero));

    protected DateTime Now => Clock.GetUtcNow().UtcDateTime;

    /// <summary>One node of the portal.</summary>
    protected ServiceProvider Node { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        Node = NewNode();
    }

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>A node of its own on the same database.</summary>
    protected ServiceProvider NewNode() => database.Services(services =>
    {
        services.AddSingleton<TimeProvider>(Clock);
        services.AddScoped<RunDueJobs>().AddScoped<RemoveDoneJobs>();
        Register(services);
    });

    /// <summary>The handlers of the test.</summary>
    protected abstract void Register(IServiceCollection services);

    protected async Task AddAsync(params IEnumerable<Job> jobs)
    {
        await using var db = database.Open();
        db.Jobs.AddRange(jobs);
        await db.SaveChangesAsync();
    }

    protected static async Task<int> RunAsync(ServiceProvider node, CancellationToken cancel = default)
    {
        await using var scope = node.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDueJobs>().RunAsync(cancel);
    }

    protected Task<int> RunAsync() => RunAsync(Node);

    protected async Task<Job> JobAsync(Guid id)
    {
        await using var db = database.Open();
        return await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == id);
    }

    protected async Task<List<Job>> JobsAsync()
    {
        await using var db = database.Open();
        return await db.Jobs.AsNoTracking().OrderBy(j => j.Id).ToListAsync();
    }

    protected async Task ChangeAsync(Guid id, Action<Job> change)
    {
        await using var db = database.Open();
        change(await db.Jobs.SingleAsync(j => j.Id == id));
        await db.SaveChangesAsync();
    }

    /// <summary>What is due each second of the time, as the portal would do it.</summary>
    protected async Task PassAsync(TimeSpan time)
    {
        for (var until = Now + time; Now < until;)
        {
            var next = (await JobsAsync()).Where(j => j.State == JobState.Waiting).Select(j => j.LeaseUntil > j.DueAt ? j.LeaseUntil.Value : j.DueAt).Append(until).Where(m => m > Now).Min();
            Clock.Advance((next < until ? next : until) - Now);
            await RunAsync();
        }
    }
}

/// <summary>Does what the test says, and remembers which jobs it was given.</summary>
public sealed class ScriptedHandler(Func<Job, CancellationToken, Task> run) : IJobHandler
{
    public const string JobKind = "test";

    public string Kind => JobKind;

    public ConcurrentQueue<Guid> Given { get; } = new();

    public Task RunAsync(Job job, CancellationToken cancel)
    {
        Given.Enqueue(job.Id);
        return run(job, cancel);
    }

    public static Job Job(string payload, DateTime now) => Core.Jobs.Job.Of(JobKind, payload, now);
}
