using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SelfService.Search.Ranking;

/// <summary>
/// Upper bounds of the scores of all documents at once, sixteen to an instruction: reading one byte of every document takes
/// less time than finding out which documents could be left aside.
/// </summary>
internal static class ScoreBounds
{
    private const int Lanes = 16;

    /// <summary>Documents whose bounds are folded into one, each sixteen apart from the next.</summary>
    public const int Fold = 8;

    private const int Block = Lanes * Fold;

    /// <summary>Documents whose sums stay in the nearest memory while the words are added one after the other.</summary>
    private const int Chunk = 32 * Block;

    private static readonly Vector256<ushort> LaneBits = Vector256.Create(
        (ushort)1, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15);

    /// <summary>Length of an array that has room for the bounds of so many documents.</summary>
    public static int Padded(int slots) => (slots + Block - 1) / Block * Block;

    /// <summary>Adds up what the words can give each document. What is too much for a number is the highest number.</summary>
    public static void Add(ReadOnlySpan<PreparedWord> words, Span<ushort> sums)
    {
        for (int start = 0; start < sums.Length; start += Chunk)
        {
            Span<ushort> chunk = sums[start..Math.Min(sums.Length, start + Chunk)];
            chunk.Clear();
            foreach (PreparedWord word in words)
            {
                if (word.IsDense)
                    Add(word.Bounds.AsSpan(start, chunk.Length), word.Shift, chunk);
            }
        }

        foreach (PreparedWord word in words)
        {
            if (!word.IsDense)
                Add(word.Slots([]), word.Bounds, word.Shift, sums);
        }
    }

    /// <summary>
    /// Makes the bounds of documents that are not <paramref name="allowed"/> zero, and writes the highest of every
    /// <see cref="Fold"/> documents to <paramref name="folded"/>; returns how many those are.
    /// </summary>
    public static int Restrict(Span<ushort> sums, ReadOnlySpan<ulong> allowed, Span<ushort> folded)
    {
        Span<Vector256<ushort>> from = MemoryMarshal.Cast<ushort, Vector256<ushort>>(sums);
        Span<Vector256<ushort>> to = MemoryMarshal.Cast<ushort, Vector256<ushort>>(folded);
        int count = from.Length / Fold;
        for (int i = 0; i < count; i++)
        {
            Vector256<ushort> highest = default;
            Span<Vector256<ushort>> block = from.Slice(i * Fold, Fold);
            for (int j = 0; j < block.Length; j++)
            {
                int at = (i * Fold) + j;
                ulong bits = at >> 2 < allowed.Length ? allowed[at >> 2] >> ((at & 3) * Lanes) : 0;
                block[j] &= Vector256.Equals(Vector256.Create((ushort)bits) & LaneBits, LaneBits);
                highest = Vector256.Max(highest, block[j]);
            }

            to[i] = highest;
        }

        return count * Lanes;
    }

    /// <summary>The highest bound that at least so many of these reach, or 0.</summary>
    public static int Threshold(ReadOnlySpan<ushort> bounds, int wanted)
    {
        int low = 0, high = ushort.MaxValue;
        while (low < high)
        {
            int middle = (low + high + 1) >> 1;
            if (CountFrom(bounds, (ushort)middle) >= wanted)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    /// <summary>Writes the documents whose bound is not below this to <paramref name="slots"/> and returns how many there are.</summary>
    public static int Collect(ReadOnlySpan<ushort> sums, int least, Span<int> slots)
    {
        ReadOnlySpan<Vector256<ushort>> vectors = MemoryMarshal.Cast<ushort, Vector256<ushort>>(sums);
        Vector256<ushort> bar = Vector256.Create((ushort)Math.Max(1, least));
        int count = 0;
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector256<ushort> reach = Vector256.GreaterThanOrEqual(vectors[i], bar);
            if (reach == Vector256<ushort>.Zero)
                continue;
            for (uint rest = reach.ExtractMostSignificantBits(); rest != 0; rest &= rest - 1)
                slots[count++] = (i * Lanes) + BitOperations.TrailingZeroCount(rest);
        }

        return count;
    }

    private static void Add(ReadOnlySpan<byte> bounds, int shift, Span<ushort> sums)
    {
        ReadOnlySpan<Vector128<byte>> from = MemoryMarshal.Cast<byte, Vector128<byte>>(bounds);
        Span<Vector256<ushort>> to = MemoryMarshal.Cast<ushort, Vector256<ushort>>(sums);
        for (int i = 0; i < from.Length && i < to.Length; i++)
            to[i] = Vector256.AddSaturate(to[i], Vector256.WidenLower(from[i].ToVector256()) << shift);
    }

    private static void Add(ReadOnlySpan<int> slots, ReadOnlySpan<byte> bounds, int shift, Span<ushort> sums)
    {
        for (int i = 0; i < slots.Length && i < bounds.Length; i++)
            sums[slots[i]] = (ushort)Math.Min(ushort.MaxValue, sums[slots[i]] + (bounds[i] << shift));
    }

    private static int CountFrom(ReadOnlySpan<ushort> bounds, ushort least)
    {
        ReadOnlySpan<Vector256<ushort>> vectors = MemoryMarshal.Cast<ushort, Vector256<ushort>>(bounds);
        Vector256<ushort> bar = Vector256.Create(least);
        int count = 0;
        while (vectors.Length > 0)
        {
            // A lane counts up to what fits in it.
            int length = Math.Min(vectors.Length, ushort.MaxValue);
            Vector256<ushort> counts = default;
            foreach (Vector256<ushort> vector in vectors[..length])
                counts -= Vector256.GreaterThanOrEqual(vector, bar);
            (Vector256<uint> lower, Vector256<uint> upper) = Vector256.Widen(counts);
            count += (int)Vector256.Sum(lower + upper);
            vectors = vectors[length..];
        }

        return count;
    }
}
