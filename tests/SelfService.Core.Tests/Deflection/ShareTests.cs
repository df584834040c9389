using SelfService.Core.Deflection;

namespace SelfService.Core.Tests.Deflection;

public sealed class ShareTests
{
    // Newcombe (1998), Statistics in Medicine 17, table II: method 3 without continuity correction.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_of_a_share_is_that_of_Wilson(int count, int of, double low, double high)
    {
        var bounds = new Share(count, of).Interval();

        Assert.Equal(low, bounds.Low, 4);
        Assert.Equal(high, bounds.High, 4);
    }

    // Newcombe (1998), Statistics in Medicine 17, 873: table II, method 10.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    public void The_interval_of_a_difference_is_that_of_Newcombe(int a, int ofA, int b, int ofB, double low, double high)
    {
        var bounds = new Difference(new Share(a, ofA), new Share(b, ofB)).Interval();

        Assert.Equal(low, bounds.Low, 4);
        Assert.Equal(high, bounds.High, 4);
    }

    [Fact]
    public void Nothing_counted_says_nothing()
    {
        Assert.Equal(new Bounds(0, 1), Share.None.Interval());
        Assert.Equal(new Bounds(-1, 1), new Difference(Share.None, new Share(1, 2)).Interval());
        Assert.Equal(1, new Difference(Share.None, new Share(1, 2)).PValue());
        Assert.True(double.IsNaN(Share.None.Value));
    }

    [Fact]
    public void A_visitor_who_does_the_same_ten_times_counts_once()
    {
        var once = Share.OfVisitors(Enumerable.Range(0, 200).Select(i => (i % 2, 1)));
        var tenTimes = Share.OfVisitors(Enumerable.Range(0, 200).Select(i => (i % 2 * 10, 10)));

        Assert.Equal(once.Value, tenTimes.Value);
        Assert.Equal(once.Effective, tenTimes.Effective, 0);
        Assert.Equal(2000, tenTimes.Of);
    }

    [Fact]
    public void Sums_of_sums_are_the_sums_of_all()
    {
        var random = new Random(1);
        var visitors = Enumerable.Range(0, 500).Select(_ => { var of = random.Next(1, 6); return (Count: random.Next(of + 1), Of: of); }).ToList();
        var parts = new VisitorSums();
        foreach (var part in visitors.Chunk(70))
        {
            parts.Add(part.Length, part.Sum(v => v.Count), part.Sum(v => v.Of), part.Sum(v => v.Count * v.Count), part.Sum(v => v.Of * v.Of), part.Sum(v => v.Count * v.Of));
        }

        var (all, summed) = (Share.OfVisitors(visitors), parts.Share());
        Assert.Equal((all.Count, all.Of), (summed.Count, summed.Of));
        Assert.Equal(all.Effective, summed.Effective, 6);
    }

    // 1,000 worlds in which visitors differ in how often they ask and come several times: the interval holds the truth 93 to 97 times in a hundred.
    [Theory]
    [InlineData(0.10)]
    [InlineData(0.35)]
    public void Intervals_over_visitors_hold_the_truth_as_often_as_they_say(double truth)
    {
        var random = new Random(20261126);
        var held = Enumerable.Range(0, 1000).Count(_ => Share.OfVisitors(Visitors(random, 800, truth)).Interval() is var bounds && bounds.Low <= truth && truth <= bounds.High);

        Assert.InRange(held, 930, 970);
    }

    [Fact]
    public void P_values_of_worlds_without_a_difference_are_uniform()
    {
        var random = new Random(20261127);
        var values = Enumerable.Range(0, 1000)
            .Select(_ => new Difference(Share.OfVisitors(Visitors(random, 900, 0.2)), Share.OfVisitors(Visitors(random, 300, 0.2))).PValue()).Order().ToList();

        // Kolmogorov and Smirnov: beyond 1.63 / √n only once in a hundred.
        var distance = values.Select((p, i) => Math.Max(Math.Abs(p - (i / 1000d)), Math.Abs(p - ((i + 1) / 1000d)))).Max();
        Assert.True(distance < 1.63 / Math.Sqrt(1000), $"{distance}");
    }

    [Theory]
    [InlineData(100, 1000, 0.1, 1.0)]
    [InlineData(130, 1000, 0.1, 0.00157)]
    [InlineData(500, 1000, 0.1, 0.0)]
    [InlineData(0, 0, 0.1, 1.0)]
    public void A_split_that_was_not_meant_is_seen(long held, long all, double share, double p) => Assert.Equal(p, SampleRatio.PValue(held, all, share), 4);

    // Each with an inclination of her own around the truth, and one to five forms.
    private static IEnumerable<(int Count, int Of)> Visitors(Random random, int number, double truth)
    {
        for (var i = 0; i < number; i++)
        {
            var inclination = random.NextDouble() < 0.5 ? truth * 0.5 : truth * 1.5;
            var of = random.Next(1, 6);
            yield return (Enumerable.Range(0, of).Count(_ => random.NextDouble() < inclination), of);
        }
    }
}
