using System.Numerics;
using SelfService.Search.Indexing;

namespace SelfService.Search.Ranking;

/// <summary>One list of postings that answers a query word: a form of it, a relative, or a synonym of several words.</summary>
/// <param name="Postings">Slot in the upper 32 bits, <see cref="Occurrences"/> in the lower, by slot.</param>
/// <param name="Frequencies">Weighted number of occurrences beside each.</param>
/// <param name="Members">The same slots as bits, for long lists.</param>
/// <param name="Weight">1 for the word itself.</param>
/// <param name="Term">Form number, or -1 for a synonym of several words.</param>
internal readonly record struct WordSource(ulong[] Postings, float[] Frequencies, SlotSet? Members, float Weight, int Term)
{
    /// <summary>Index of the document in the list, or -1.</summary>
    public int IndexOf(int slot)
    {
        if (Members is not null)
            return Members.IndexOf(slot);

        int low = 0, high = Postings.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if ((int)(Postings[middle] >> 32) < slot)
                low = middle + 1;
            else
                high = middle;
        }

        return low < Postings.Length && (int)(Postings[low] >> 32) == slot ? low : -1;
    }

    /// <summary>The documents of the list, ascending.</summary>
    public int[] Slots()
    {
        var slots = new int[Postings.Length];
        for (int i = 0; i < slots.Length && i < Postings.Length; i++)
            slots[i] = (int)(Postings[i] >> 32);
        return slots;
    }

    /// <summary>Adds the slots to a set of bits.</summary>
    public void AddTo(Span<ulong> bits)
    {
        if (Members is not null)
        {
            Bits.Or(bits, Members.Bits);
            return;
        }

        foreach (ulong posting in Postings)
            bits[(int)(posting >> 38)] |= 1UL << (int)(posting >> 32);
    }
}

/// <summary>Sets of slots as bits.</summary>
internal static class Bits
{
    public static bool Has(ReadOnlySpan<ulong> bits, int slot) => (bits[slot >> 6] >> slot & 1) != 0;

    public static void Or(Span<ulong> bits, ReadOnlySpan<ulong> other)
    {
        int i = 0;
        bits = bits[..other.Length];
        for (; i <= bits.Length - Vector<ulong>.Count; i += Vector<ulong>.Count)
            (new Vector<ulong>(bits[i..]) | new Vector<ulong>(other[i..])).CopyTo(bits[i..]);
        for (; i < bits.Length; i++)
            bits[i] |= other[i];
    }

    /// <summary>Keeps what both have; what the other is too short for is not in it.</summary>
    public static void And(Span<ulong> bits, ReadOnlySpan<ulong> other)
    {
        int shared = Math.Min(bits.Length, other.Length);
        for (int i = 0; i < shared; i++)
            bits[i] &= other[i];
        bits[shared..].Clear();
    }

    public static int Count(ReadOnlySpan<ulong> bits)
    {
        int count = 0;
        foreach (ulong word in bits)
            count += BitOperations.PopCount(word);
        return count;
    }

    public static int CountBoth(ReadOnlySpan<ulong> bits, ReadOnlySpan<ulong> other)
    {
        int count = 0;
        for (int i = 0; i < Math.Min(bits.Length, other.Length); i++)
            count += BitOperations.PopCount(bits[i] & other[i]);
        return count;
    }
}
