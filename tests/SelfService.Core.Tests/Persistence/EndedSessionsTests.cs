using SelfService.Core.Persistence;

namespace SelfService.Core.Tests.Persistence;

/// <summary>Sessions that were ended one by one.</summary>
public sealed class EndedSessionsTests
{
    private static readonly DateTime Now = new(2026, 11, 28, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task End_ByManyAtOnce_EndsThatOneUntilItsCookieIsOver()
    {
        await using var database = await TestDatabase.CreateAsync();
        Guid ended = Guid.NewGuid(), other = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync(async db => { await db.EndSessionAsync(ended, Now.AddHours(12), CancellationToken.None); return true; })));

        Assert.Equal((true, false), (await HasEndedAsync(ended), await HasEndedAsync(other)));
        Assert.Equal((0, 1), (await ForgetAsync(Now.AddHours(11)), await ForgetAsync(Now.AddHours(13))));
        Assert.False(await HasEndedAsync(ended));

        Task<bool> HasEndedAsync(Guid id) => AskAsync(db => db.HasEndedAsync(id, CancellationToken.None));
        Task<int> ForgetAsync(DateTime now) => AskAsync(db => db.ForgetEndedSessionsAsync(now, CancellationToken.None));
        async Task<T> AskAsync<T>(Func<PortalDbContext, Task<T>> ask)
        {
            await using var db = database.Open();
            return await ask(db);
        }
    }
}
