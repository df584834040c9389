namespace SelfService.Search.Ranking;

/// <summary>
/// Questions about scores answered with 0 or 1 by the bits of the float. Which documents stay is as good as random to the
/// processor, and a mispredicted branch costs more than all the rest of such a loop.
/// </summary>
internal static class Branchless
{
    /// <summary>1 when a score is not below another.</summary>
    public static int AtLeast(float score, float least) => (int)(~BitConverter.SingleToUInt32Bits(score - least) >> 31);

    /// <summary>1 for zero; the score is not negative.</summary>
    public static int IsZero(float score) => (int)((BitConverter.SingleToUInt32Bits(score) - 1) >> 31);

    /// <summary>The score, or zero when <paramref name="keep"/> is 0.</summary>
    public static float When(int keep, float score) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(score) & -keep);
}
