using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Audit;
using SelfService.Core.People;

namespace SelfService.Core.Tests.People;

public sealed class SignInAttemptsTests : IAsyncLifetime
{
    private readonly Clock clock = new();
    private readonly Guid person = Guid.CreateVersion7();
    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        services = database.Services(more => more.AddScoped<SignInAttempts>().AddSingleton<TimeProvider>(clock));
        await using var db = database.Open();
        db.Users.Add(new Person { Id = person, UserName = "ana", Email = "ana@ensayo.example", CreatedAt = DateTime.UtcNow });
        await db.SaveChangesAsync();
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_hundred_guesses_at_once_get_five_looks()
    {
        var looks = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => DoAsync(attempts => attempts.CountAsync(person)))));

        Assert.Equal(SignInAttempts.PerLock, looks.Count(looked => looked));
    }

    [Fact]
    public async Task Each_lock_holds_longer_than_the_one_before_up_to_an_hour()
    {
        foreach (var minutes in new[] { 5, 10, 20, 40, 60, 60, 60 })
        {
            for (var attempt = 0; attempt < SignInAttempts.PerLock; attempt++)
            {
                Assert.True(await DoAsync(attempts => attempts.CountAsync(person)));
            }

            Assert.False(await DoAsync(attempts => attempts.CountAsync(person)));
            clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.False(await DoAsync(attempts => attempts.CountAsync(person)));
            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_success_starts_the_count_anew_and_is_written_down()
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            Assert.True(await DoAsync(attempts => attempts.CountAsync(person)));
            await DoAsync(async attempts => { await attempts.SucceedAsync(person, "password"); return true; });
        }

        await using var db = database.Open();
        Assert.Equal(20, await db.AuditEntries.CountAsync(e => e.Kind == AuditKind.SignedIn && e.ActorId == person && e.Detail == "password"));
    }

    [Fact]
    public async Task A_right_password_before_a_second_factor_takes_back_its_own_attempt_and_no_other()
    {
        // Four wrong codes, and in between her right password any number of times.
        for (var code = 0; code < 4; code++)
        {
            for (var password = 0; password < 7; password++)
            {
                Assert.True(await DoAsync(attempts => attempts.CountAsync(person)));
                await DoAsync(async attempts => { await attempts.TakeBackAsync(person); return true; });
            }

            Assert.True(await DoAsync(attempts => attempts.CountAsync(person)));
        }

        Assert.True(await DoAsync(attempts => attempts.CountAsync(person)));
        Assert.False(await DoAsync(attempts => attempts.CountAsync(person)));
    }

    [Fact]
    public async Task Nobodys_address_is_never_looked_at_and_writes_as_much()
    {
        Assert.False(await DoAsync(attempts => attempts.CountAsync(null)));
        await DoAsync(async attempts => { await attempts.FailAsync(null, "password"); return true; });

        await using var db = database.Open();
        Assert.Equal(1, await db.Sequences.Where(s => s.Name == "refused-attempts").Select(s => s.Value).SingleAsync());
        var line = await db.AuditEntries.SingleAsync();
        Assert.Equal((AuditKind.SignInFailed, null, null, "password"), (line.Kind, line.ActorId, line.SubjectId, line.Detail));
    }

    private async Task<bool> DoAsync(Func<SignInAttempts, Task<bool>> what)
    {
        await using var scope = services.CreateAsyncScope();
        return await what(scope.ServiceProvider.GetRequiredService<SignInAttempts>());
    }

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => now;

        public void Advance(TimeSpan by) => now += by;
    }
}
