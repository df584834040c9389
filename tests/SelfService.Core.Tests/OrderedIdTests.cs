namespace SelfService.Core.Tests;

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
    public void New_OneAfterAnother_SortAsTheyWereMade()
    {
        // More than fit into a few milliseconds: the order holds within one and from one to the next, in memory and in the databases.
        var ids = Enumerable.Range(0, 20_000).Select(_ => OrderedId.New()).ToList();

        Assert.Equal(ids, ids.Order());
        Assert.Equal(ids, ids.OrderBy(id => id.ToString().ToUpperInvariant(), StringComparer.Ordinal));
    }

    [Fact]
    public void New_AskedForByManyAtOnce_IsInOrderForEachOfThem()
    {
        Parallel.For(0, 8, _ =>
        {
            var ids = Enumerable.Range(0, 5_000).Select(_ => OrderedId.New()).ToList();
            Assert.Equal(ids, ids.Order());
        });
    }

    [Fact]
    public void New_SaysWhenItWasMade()
    {
        var before = DateTime.UtcNow;
        var made = Convert.ToInt64(OrderedId.New().ToString("N")[..12], 16);

        // Many made at once may run ahead of the clock by what does not fit into a millisecond, 4,096: other tests make them too.
        Assert.InRange(DateTime.UnixEpoch.AddMilliseconds(made), before.AddMilliseconds(-1), before.AddSeconds(1));
    }
}
