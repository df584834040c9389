using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;

namespace SelfService.Core.Tests.Journeys;

/// <summary>Steps on their way to the database.</summary>
public sealed class StepLogTests : IAsyncLifetime
{
    private static readonly CancellationToken NoCancel = CancellationToken.None;
    private static readonly DateTime Morning = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Ana = Guid.NewGuid();

    private readonly BrokenScopes broken = new();
    private TestDatabase database = null!;
    private ServiceProvider services = null!;
    private StepLog log = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        services = database.Services();
        broken.Real = services.GetRequiredService<IServiceScopeFactory>();
        log = new StepLog(broken, NullLogger<StepLog>.Instance);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private static VisitStep Read(int number) => VisitStep.Reading(Ana, $"articulo-{number}", Morning.AddSeconds(number));

    private async Task SortInAsync()
    {
        await using var db = database.Open();
        await db.SortInAsync(most: null, NoCancel);
    }

    private async Task RushAsync()
    {
        for (var number = 0; number < StepLog.Rush + 1; number++)
        {
            log.Add(number % 2 == 0 ? Read(number) : VisitStep.Search(null, $"agua ñandú {number}", Morning.AddSeconds(number), hits: number));
        }

        await log.FlushAsync(NoCancel);
    }

    private async Task<List<VisitStep>> StoredAsync()
    {
        await using var db = database.Open();
        return await db.VisitSteps.AsNoTracking().OrderBy(s => s.At).ToListAsync();
    }

    [Fact]
    public async Task A_step_is_written_with_the_next_batch_and_not_before()
    {
        log.Add(Read(1));
        Assert.Empty(await StoredAsync());

        await log.FlushAsync(NoCancel);

        var step = Assert.Single(await StoredAsync());
        Assert.Equal((Ana, VisitStepKind.Read, "articulo-1", "", Morning.AddSeconds(1)), (step.VisitorId, step.Kind, step.Subject, step.Form, step.At));
    }

    [Fact]
    public async Task Many_steps_are_all_written_in_batches()
    {
        for (var number = 0; number < (2 * StepLog.BatchSize) + 1; number++)
        {
            log.Add(Read(number));
        }

        await log.FlushAsync(NoCancel);
        await log.FlushAsync(NoCancel);

        Assert.Equal((2 * StepLog.BatchSize) + 1, (await StoredAsync()).Count);
        // One for what waits to be sorted in.
        Assert.Equal((2 * 3) - 1, broken.Opened);
        Assert.Equal(0, log.Dropped);
    }

    [Fact]
    public async Task When_there_is_no_room_the_oldest_steps_are_dropped_and_counted()
    {
        for (var number = 0; number < StepLog.Capacity + 7; number++)
        {
            log.Add(Read(number));
        }

        await log.FlushAsync(NoCancel);
        await SortInAsync();

        var stored = await StoredAsync();
        Assert.Equal(7, log.Dropped);
        Assert.Equal(StepLog.Capacity, stored.Count);
        Assert.Equal("articulo-7", stored[0].Subject);
        Assert.Equal($"articulo-{StepLog.Capacity + 6}", stored[^1].Subject);
    }

    [Fact]
    public async Task A_rush_is_put_down_at_once_and_sorted_in_when_fewer_come()
    {
        await RushAsync();
        Assert.Empty(await StoredAsync());

        log.Add(Read(StepLog.Rush + 1));
        await log.FlushAsync(NoCancel);
        Assert.InRange((await StoredAsync()).Count, StepLog.Rush - StepLog.BatchSize, StepLog.Rush);
        await log.FlushAsync(NoCancel);

        var stored = await StoredAsync();
        Assert.Equal(StepLog.Rush + 2, stored.Count);
        Assert.Equal((Ana, VisitStepKind.Read, "articulo-6000", (int?)null, Morning.AddSeconds(6000)), (stored[6000].VisitorId, stored[6000].Kind, stored[6000].Subject, stored[6000].Hits, stored[6000].At));
        Assert.Equal((null, VisitStepKind.Searched, "agua ñandú 5999", 5999), (stored[5999].VisitorId, stored[5999].Kind, stored[5999].Subject, stored[5999].Hits));
    }

    [Fact]
    public async Task Batches_that_two_sort_in_at_once_are_sorted_in_once()
    {
        await RushAsync();

        await Task.WhenAll(SortInAsync(), SortInAsync(), log.FlushAsync(NoCancel));

        var stored = await StoredAsync();
        Assert.Equal(StepLog.Rush + 1, stored.Count);
        Assert.Equal(stored.Count, stored.Select(s => s.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_rush_that_a_failing_database_did_not_take_is_written_once_when_it_works_again()
    {
        broken.IsBroken = true;
        await Assert.ThrowsAsync<InvalidOperationException>(RushAsync);

        broken.IsBroken = false;
        await log.FlushAsync(NoCancel);
        await log.FlushAsync(NoCancel);
        await SortInAsync();

        Assert.Equal(StepLog.Rush + 1, (await StoredAsync()).Select(s => s.Id).Distinct().Count());
        Assert.Equal(StepLog.Rush + 1, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Who_asks_to_be_forgotten_is_with_every_browser_known_to_be_hers_and_nobody_else_is()
    {
        var (bea, telephone, computer) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await using (var db = database.Open())
        {
            var customer = new SelfService.Core.People.Customer { Name = "Bea", Email = "bea@ensayo.example", CreatedAt = Morning };
            db.Customers.Add(customer);
            await db.SaveChangesAsync();
            await db.LinkVisitorAsync(telephone, customer.Id, Morning, NoCancel);
            await db.LinkVisitorAsync(computer, customer.Id, Morning, NoCancel);
        }

        log.Add(Read(1));
        log.Add(VisitStep.Reading(telephone, "uno", Morning.AddSeconds(2)));
        log.Add(VisitStep.Reading(computer, "dos", Morning.AddSeconds(3)));
        log.Add(VisitStep.Reading(bea, "tres", Morning.AddSeconds(4)));
        await log.FlushAsync(NoCancel);

        await using (var db = database.Open())
        {
            await db.ForgetVisitorAsync(telephone, NoCancel);
            Assert.Empty(db.VisitorLinks);
            await db.ForgetVisitorAsync(bea, NoCancel);
        }

        Assert.Equal(["articulo-1"], (await StoredAsync()).Select(s => s.Subject));
    }

    [Fact]
    public async Task What_a_failing_database_did_not_take_is_written_once_when_it_works_again()
    {
        log.Add(Read(1));
        log.Add(Read(2));
        broken.IsBroken = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.FlushAsync(NoCancel));
        log.Add(Read(3));

        broken.IsBroken = false;
        await log.FlushAsync(NoCancel);
        await log.FlushAsync(NoCancel);

        Assert.Equal(["articulo-1", "articulo-2", "articulo-3"], (await StoredAsync()).Select(s => s.Subject));
    }

    [Fact]
    public async Task A_batch_that_was_stored_although_the_answer_was_lost_is_not_stored_twice()
    {
        var known = Read(1);
        log.Add(known);
        broken.IsBroken = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.FlushAsync(NoCancel));
        await using (var db = database.Open())
        {
            db.VisitSteps.Add(known);
            await db.SaveChangesAsync();
        }

        broken.IsBroken = false;
        log.Add(Read(2));
        await log.FlushAsync(NoCancel);

        Assert.Equal(["articulo-1", "articulo-2"], (await StoredAsync()).Select(s => s.Subject));
    }

    [Fact]
    public async Task A_crash_loses_what_was_not_yet_written_and_nothing_else()
    {
        log.Add(Read(1));
        await log.FlushAsync(NoCancel);
        log.Add(Read(2));

        // The process ends here; the next one begins with an empty log.
        var next = new StepLog(broken, NullLogger<StepLog>.Instance);
        next.Add(Read(3));
        await next.FlushAsync(NoCancel);

        Assert.Equal(["articulo-1", "articulo-3"], (await StoredAsync()).Select(s => s.Subject));
    }

    [Fact]
    public async Task Callers_at_the_same_time_lose_nothing_and_write_nothing_twice()
    {
        await Parallel.ForAsync(0, 1_000, async (number, cancel) =>
        {
            log.Add(Read(number));
            if (number % 50 == 0)
            {
                await log.FlushAsync(cancel);
            }
        });
        await log.FlushAsync(NoCancel);

        Assert.Equal(1_000, (await StoredAsync()).Select(s => s.Subject).Distinct().Count());
        Assert.Equal(1_000, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Steps_older_than_thirteen_months_are_forgotten_and_younger_ones_kept()
    {
        var clock = new KnowledgeBase.FakeClock();
        var limit = clock.Now.AddMonths(-ForgetSteps.MonthsKept);
        log.Add(VisitStep.Reading(Ana, "viejo", limit.AddSeconds(-1)));
        log.Add(VisitStep.Search(Ana, "viejo también", limit.AddYears(-1)));
        log.Add(VisitStep.Reading(Ana, "reciente", limit.AddSeconds(1)));
        await log.FlushAsync(NoCancel);

        await using var db = database.Open();
        var deleted = await new ForgetSteps(db, clock).RunAsync(NoCancel);

        Assert.Equal(2, deleted);
        Assert.Equal(["reciente"], (await StoredAsync()).Select(s => s.Subject));
    }

    /// <summary>A database that can be out of order for a while.</summary>
    private sealed class BrokenScopes : IServiceScopeFactory
    {
        public IServiceScopeFactory Real { get; set; } = null!;

        public bool IsBroken { get; set; }

        public int Opened { get; private set; }

        public IServiceScope CreateScope()
        {
            if (IsBroken)
            {
                throw new InvalidOperationException("The database is out of order.");
            }

            Opened++;
            return Real.CreateScope();
        }
    }
}
