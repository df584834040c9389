using Microsoft.Extensions.DependencyInjection;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Startup;

/// <summary>A limit of all nodes: who is over it is refused without asking, and that is not forgotten before its time.</summary>
[Collection(TrialPortalCollection.Name)]
public sealed class SharedLimiterTests(TrialPortal portal)
{
    [Fact]
    public async Task Acquire_OverTheLimit_IsRefusedFromMemoryAndThenNotThrownAway()
    {
        var scopes = new CountedScopes(portal.Host.Services.GetRequiredService<IServiceScopeFactory>());
        await using var limiter = new SharedLimiter(scopes, TimeProvider.System, "prueba", Guid.NewGuid().ToString(), 1, TimeSpan.FromMinutes(1));

        Assert.Equal((true, TimeSpan.MaxValue), (await TakeAsync(), limiter.IdleDuration));
        Assert.Equal((false, null), (await TakeAsync(), limiter.IdleDuration));
        Assert.False(await TakeAsync());

        Assert.Equal(2, scopes.Count);

        async Task<bool> TakeAsync()
        {
            using var lease = await limiter.AcquireAsync();
            return lease.IsAcquired;
        }
    }

    [Fact]
    public async Task Acquire_WhileTheDatabaseTakesItsTime_IsNotThrownAway()
    {
        using var open = new ManualResetEventSlim();
        var scopes = new CountedScopes(portal.Host.Services.GetRequiredService<IServiceScopeFactory>(), open);
        await using var limiter = new SharedLimiter(scopes, TimeProvider.System, "prueba", Guid.NewGuid().ToString(), 1, TimeSpan.FromMinutes(1));

        var asking = Task.Run(async () => await limiter.AcquireAsync());
        Assert.True(SpinWait.SpinUntil(() => scopes.Count == 1, Eventually.Patience));

        Assert.Null(limiter.IdleDuration);
        open.Set();
        using var lease = await asking.WaitAsync(Eventually.Patience);
        Assert.Equal((true, TimeSpan.MaxValue), (lease.IsAcquired, limiter.IdleDuration));
    }

    // Counts how often the database is asked, and lets it be when the test says so.
    private sealed class CountedScopes(IServiceScopeFactory scopes, ManualResetEventSlim? open = null) : IServiceScopeFactory
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public IServiceScope CreateScope()
        {
            Interlocked.Increment(ref count);
            open?.Wait(Eventually.Patience);
            return scopes.CreateScope();
        }
    }
}
