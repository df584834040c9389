using SelfService.Core.Deflection;

namespace SelfService.Core.KnowledgeBase;

/// <summary>How much votes prove.</summary>
public static class Usefulness
{
    /// <summary>From here on votes say more than an editor's choice: about eight helpful ones without a contrary one.</summary>
    public const double Leading = 0.4;

    // Half, and not the share of all articles together: votes on one article must not move another.
    private const double Neutral = 0.5;

    /// <summary>
    /// From -1 (it does not help) to 1 (it helps), in tenths: how far the 95 % interval of the helpful share lies from one half. 0
    /// while the interval holds one half, and so with fewer than five votes, whatever they say.
    /// </summary>
    /// <param name="helpful">Votes that it helped, one of each visitor.</param>
    /// <param name="all">All votes, one of each visitor.</param>
    public static double Of(int helpful, int all)
    {
        var (low, high) = new Share(helpful, all).Interval();
        var beyond = low > Neutral ? low - Neutral : high < Neutral ? high - Neutral : 0;
        return Math.Round(beyond / Neutral, 1);
    }
}
