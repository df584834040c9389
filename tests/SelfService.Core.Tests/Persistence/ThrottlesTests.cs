using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tests.Persistence;

/// <summary>Limits that all nodes count together: exact, also for many at once.</summary>
public sealed class ThrottlesTests
{
    private static readonly DateTime Now = new(2026, 11, 28, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Take_ByManyAtOnce_HasRoomForExactlyAsManyAsItSays()
    {
        await using var database = await TestDatabase.CreateAsync();

        var waits = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            await using var db = database.Open();
            return await db.TakeAsync("uno", 10, Minute, Now, CancellationToken.None);
        }));

        Assert.Equal((10, 30), (waits.Count(w => w is null), waits.Count(w => w == Minute)));
    }

    [Fact]
    public async Task Take_WhenTheWindowIsOver_BeginsAgainAndOtherKeysAreApart()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        Task<TimeSpan?> TakeAsync(string key, double seconds) => db.TakeAsync(key, 1, Minute, Now.AddSeconds(seconds), CancellationToken.None);

        Assert.Null(await TakeAsync("uno", 0));
        Assert.Equal(TimeSpan.FromSeconds(15), await TakeAsync("uno", 45));
        Assert.Null(await TakeAsync("otro", 45));
        Assert.Null(await TakeAsync("uno", 60));
        Assert.Equal(TimeSpan.FromSeconds(1), await TakeAsync("uno", 119));
        Assert.Equal(1, await db.ForgetThrottlesAsync(Now.AddSeconds(110), CancellationToken.None));
        Assert.Equal(["uno"], await db.Throttles.Select(t => t.Key).ToListAsync());
    }

    [Fact]
    public async Task Take_AfterTheClockWasPutBack_BeginsAgainInsteadOfWaitingForIt()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        Task<TimeSpan?> TakeAsync(DateTime now) => db.TakeAsync("uno", 1, Minute, now, CancellationToken.None);
        await TakeAsync(Now.AddDays(3));
        await TakeAsync(Now.AddDays(3));

        Assert.Null(await TakeAsync(Now));
        Assert.Equal(Minute, await TakeAsync(Now));
    }
}
