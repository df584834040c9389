using SelfService.Core.Journeys;

namespace SelfService.Core.Tests.Journeys;

public sealed class OrderedIdTests
{
    [Fact]
    public void New_ManyInParallel_AreDifferentAndOfVersionSeven()
    {
        var ids = new System.Collections.Concurrent.ConcurrentBag<Guid>();

        Parallel.For(0, 20_000, _ => ids.Add(OrderedId.New()));

        Assert.Equal(20_000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal((7, 0x8), (id.Version, id.Variant & 0xC)));
    }

    [Fact]
    public async Task New_Later_ComesAfter()
    {
        var first = OrderedId.New();
        await Task.Delay(5);
        var second = OrderedId.New();

        Assert.True(string.CompareOrdinal(first.ToString(), second.ToString()) < 0);
        // The moment stands in front, as in the library's own.
        Assert.Equal(Guid.CreateVersion7().ToString()[..6], second.ToString()[..6]);
    }
}
