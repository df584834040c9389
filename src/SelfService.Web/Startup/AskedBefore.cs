namespace SelfService.Web.Startup;

/// <summary>
/// Tells questions asked a second time within a while from those asked once, in a memory of fixed size. Only what is asked
/// again is worth keeping: most questions are never asked again, and would push out the pages that are.
/// </summary>
/// <remarks>Two questions that share a place may forget each other; then one more answer is made anew.</remarks>
public sealed class AskedBefore(TimeProvider clock, TimeSpan memory)
{
    private const int Places = 1 << 14;

    // In each place: of the last question that fell on it, the hash and the second.
    private readonly long[] places = new long[Places];

    /// <summary>Whether the question was asked before; from now on it was.</summary>
    public bool Ask(int question)
    {
        var second = (uint)(clock.GetTimestamp() / clock.TimestampFrequency);
        var before = Interlocked.Exchange(ref places[(uint)question % Places], ((long)question << 32) | second);
        return before != 0 && (int)(before >> 32) == question && second - (uint)before <= memory.TotalSeconds;
    }
}
