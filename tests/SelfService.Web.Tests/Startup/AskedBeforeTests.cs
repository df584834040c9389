using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Startup;

public sealed class AskedBeforeTests
{
    private readonly MovableClock clock = new();

    [Fact]
    public void Ask_TheSecondTimeWithinItsMemory_WasAskedBefore()
    {
        var asked = new AskedBefore(clock, TimeSpan.FromSeconds(60));

        Assert.False(asked.Ask(5));
        Assert.False(asked.Ask(-5));
        clock.Advance(TimeSpan.FromSeconds(55));
        Assert.True(asked.Ask(5));
        clock.Advance(TimeSpan.FromSeconds(55));
        Assert.Equal((true, false), (asked.Ask(5), asked.Ask(-5)));
    }

    [Fact]
    public void Ask_OfManyOthers_NeverSaysSoOfOneThatWasNotAsked()
    {
        var asked = new AskedBefore(clock, TimeSpan.FromSeconds(60));

        Assert.All(Enumerable.Range(-50_000, 100_000), question => Assert.False(asked.Ask(question)));
        Assert.All(Enumerable.Range(49_000, 1_000), question => Assert.True(asked.Ask(question)));
    }
}
