namespace SelfService.Core.Deflection;

/// <summary>
/// A share of something that was counted, with what is known of it. What one visitor does again and again is not as many
/// independent trials; <see cref="Effective"/> says how many it is worth.
/// </summary>
/// <param name="Count">How many did it.</param>
/// <param name="Of">Out of how many.</param>
/// <param name="Effective">Independent trials that say as much; <paramref name="Of"/> where each is one.</param>
public sealed record Share(double Count, double Of, double Effective)
{
    /// <summary>Quantile of the normal distribution that leaves 2.5 % on each side.</summary>
    internal const double Z = 1.959963984540054;

    /// <param name="count">How many did it.</param>
    /// <param name="of">Out of how many, each on its own.</param>
    public Share(double count, double of)
        : this(count, of, of)
    {
    }

    /// <summary>Nothing was counted yet.</summary>
    public static readonly Share None = new(0, 0);

    /// <summary>0 to 1; not a number where nothing was counted.</summary>
    public double Value => Of > 0 ? Count / Of : double.NaN;

    /// <summary>
    /// The 95 % interval of Wilson (1927) for one share, which stays between 0 and 1 and is right for small numbers too. 0 to 1 where
    /// nothing was counted.
    /// </summary>
    public Bounds Interval()
    {
        if (Of <= 0 || Effective <= 0)
        {
            return new Bounds(0, 1);
        }

        var (p, n) = (Value, Effective);
        var middle = (p + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n))) / (1 + (Z * Z / n));
        return new Bounds(Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    /// <summary>
    /// A share whose trials belong to visitors: the variance between visitors (linearised ratio, Cochran 1977, 6.4) decides how many
    /// independent trials they are worth. Fewer than they are where visitors are alike within and differ among each other.
    /// </summary>
    /// <param name="visitors">Of each visitor how many she did, and out of how many.</param>
    public static Share OfVisitors(IEnumerable<(int Count, int Of)> visitors)
    {
        var sums = new VisitorSums();
        foreach (var (count, of) in visitors)
        {
            sums.Add(count, of);
        }

        return sums.Share();
    }
}

/// <summary>What has to be added up over visitors to know a share and its variance; sums of sums are sums again.</summary>
public sealed class VisitorSums
{
    private long visitors;
    private double count;
    private double of;
    private double countSquared;
    private double ofSquared;
    private double product;

    /// <summary>Adds one visitor.</summary>
    public void Add(int counted, int outOf) => Add(1, counted, outOf, (double)counted * counted, (double)outOf * outOf, (double)counted * outOf);

    /// <summary>Adds visitors that were added up elsewhere, such as by the database.</summary>
    /// <param name="number">How many visitors.</param>
    /// <param name="counted">Sum of what they did.</param>
    /// <param name="outOf">Sum of out of how many.</param>
    /// <param name="countedSquared">Sum of the squares of what each did.</param>
    /// <param name="outOfSquared">Sum of the squares of out of how many each.</param>
    /// <param name="products">Sum of the products of both.</param>
    public void Add(long number, double counted, double outOf, double countedSquared, double outOfSquared, double products)
    {
        visitors += number;
        count += counted;
        of += outOf;
        countSquared += countedSquared;
        ofSquared += outOfSquared;
        product += products;
    }

    /// <summary>The share over all of them.</summary>
    public Share Share()
    {
        if (of <= 0)
        {
            return Deflection.Share.None;
        }

        var rate = count / of;
        var binomial = rate * (1 - rate) / of;
        if (visitors < 2 || binomial <= 0)
        {
            // Without a difference there is no variance to see; each visitor then counts once.
            return new Share(count, of, Math.Min(of, visitors));
        }

        var residuals = countSquared - (2 * rate * product) + (rate * rate * ofSquared);
        var clustered = residuals * visitors / (visitors - 1) / (of * of);
        return new Share(count, of, clustered > 0 ? Math.Min(of, of * binomial / clustered) : of);
    }
}

/// <summary>An interval.</summary>
public sealed record Bounds(double Low, double High)
{
    /// <summary>Whether it leaves no doubt on which side of zero it lies.</summary>
    public bool IsApartFromZero => Low > 0 || High < 0;
}

/// <summary>The difference of two shares, the first minus the second.</summary>
public sealed record Difference(Share First, Share Second)
{
    /// <summary>Not a number where one of them was not counted.</summary>
    public double Value => First.Value - Second.Value;

    /// <summary>The 95 % interval of Newcombe (1998, method 10): it puts the two intervals of Wilson together.</summary>
    public Bounds Interval()
    {
        if (double.IsNaN(Value))
        {
            return new Bounds(-1, 1);
        }

        var (a, b) = (First.Interval(), Second.Interval());
        return new Bounds(
            Value - Hypotenuse(First.Value - a.Low, b.High - Second.Value),
            Value + Hypotenuse(a.High - First.Value, Second.Value - b.Low));
    }

    /// <summary>How much smaller the first is than the second, in parts of the second: −0.3 is 30 % less. Not a number where the second is none.</summary>
    public double Relative => Second.Value > 0 ? Value / Second.Value : double.NaN;

    /// <summary>
    /// Two-sided p-value of no difference (pooled z test on the effective numbers). 1 where nothing can be said.
    /// </summary>
    public double PValue()
    {
        if (double.IsNaN(Value) || First.Effective <= 0 || Second.Effective <= 0)
        {
            return 1;
        }

        var pooled = ((First.Value * First.Effective) + (Second.Value * Second.Effective)) / (First.Effective + Second.Effective);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1 / First.Effective) + (1 / Second.Effective)));
        return error <= 0 ? 1 : 2 * Normal.Above(Math.Abs(Value) / error);
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}

/// <summary>The standard normal distribution.</summary>
public static class Normal
{
    /// <summary>Share of it above a value, to seven digits (Abramowitz and Stegun 1964, 26.2.17).</summary>
    public static double Above(double z)
    {
        if (z < 0)
        {
            return 1 - Above(-z);
        }

        var t = 1 / (1 + (0.2316419 * z));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
    }
}

/// <summary>Whether as many came into each arm of an experiment as were to: if not, something is wrong with it and its result is worth nothing.</summary>
public static class SampleRatio
{
    /// <summary>Below this an experiment is stopped and looked at.</summary>
    public const double Alarm = 0.001;

    /// <summary>p-value of the split that was seen, if the split that was meant is true (χ² with one degree of freedom).</summary>
    /// <param name="held">Visitors who were held out.</param>
    /// <param name="all">All visitors of the experiment.</param>
    /// <param name="share">Share that was to be held out, between 0 and 1.</param>
    public static double PValue(long held, long all, double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        if (all == 0)
        {
            return 1;
        }

        var (meant, rest) = (all * share, all * (1 - share));
        var chiSquared = (Math.Pow(held - meant, 2) / meant) + (Math.Pow(all - held - rest, 2) / rest);
        return 2 * Normal.Above(Math.Sqrt(chiSquared));
    }
}
