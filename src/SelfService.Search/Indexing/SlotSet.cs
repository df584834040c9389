using System.Numerics;

namespace SelfService.Search.Indexing;

/// <summary>
/// The slots of a long list of postings as bits, with a count of what stands before each group of 64: whether a document
/// has the word, and where in the list, is known without searching (G. Jacobson, "Space-efficient static trees and
/// graphs", 1989). Lists shorter than one document in 64 have none: bits would be longer than the list.
/// </summary>
internal sealed class SlotSet
{
    private const int Shortest = 16;
    private const int Share = 64;

    private readonly int[] _before;

    private SlotSet(ulong[] bits, int[] before) => (Bits, _before) = (bits, before);

    /// <summary>One bit a slot; slots beyond the end are not in the set.</summary>
    public ulong[] Bits { get; }

    /// <summary>The set of a list, or null when the list is short.</summary>
    public static SlotSet? Of(ulong[]? postings, int slots)
    {
        if (postings is null || !IsLong(postings.Length, slots))
            return null;
        var bits = new ulong[Words(slots)];
        foreach (ulong posting in postings)
            bits[posting >> 38] |= 1UL << (int)(posting >> 32);
        return new SlotSet(bits, CountBefore(bits));
    }

    /// <summary>The set of these bits, <paramref name="count"/> of them, or null when they are few.</summary>
    public static SlotSet? Of(ReadOnlySpan<ulong> bits, int count, int slots) =>
        IsLong(count, slots) ? new SlotSet(bits.ToArray(), CountBefore(bits)) : null;

    /// <summary>Groups of 64 that hold this many slots.</summary>
    public static int Words(int slots) => (slots + 63) >> 6;

    /// <summary>Index of the slot in the list, or -1.</summary>
    public int IndexOf(int slot)
    {
        int word = slot >> 6;
        if ((uint)word >= (uint)Bits.Length)
            return -1;
        ulong bits = Bits[word], bit = 1UL << slot;
        return (bits & bit) == 0 ? -1 : _before[word] + BitOperations.PopCount(bits & (bit - 1));
    }

    /// <summary>Index in the list of the first slot of a group of 64.</summary>
    public int Before(int word) => _before[word];

    private static bool IsLong(int count, int slots) => count >= Shortest && (long)count * Share >= slots;

    private static int[] CountBefore(ReadOnlySpan<ulong> bits)
    {
        var before = new int[bits.Length];
        for (int i = 1; i < before.Length; i++)
            before[i] = before[i - 1] + BitOperations.PopCount(bits[i - 1]);
        return before;
    }
}
