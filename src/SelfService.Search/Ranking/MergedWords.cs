using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using SelfService.Search.Indexing;

namespace SelfService.Search.Ranking;

/// <summary>
/// Lists of words with several forms, merged into one the first time a query needs them. Words of questions follow Zipf's
/// law, so a few hundred lists serve most queries; what is kept is bounded by the number of documents. One a snapshot.
/// </summary>
internal sealed class MergedWords(int slots)
{
    private const int Shortest = 32;
    private const int MostPerSlot = 48;
    private const int MostWords = 20_000;

    private readonly ConcurrentDictionary<ulong, (WordSource[] Forms, WordSource Merged)> _merged = new();
    private long _room = Math.Max(1_000L, (long)slots * MostPerSlot);

    /// <summary>The one list of these forms, or false when it is not kept.</summary>
    public bool TryFind(WordSource[] forms, Workspace workspace, out WordSource merged)
    {
        merged = default;
        if (forms.Length < 2)
            return false;
        ulong key = Key(forms);
        if (_merged.TryGetValue(key, out (WordSource[] Forms, WordSource Merged) known))
        {
            merged = known.Merged;
            return Same(known.Forms, forms);
        }

        int length = 0;
        foreach (WordSource form in forms)
            length += form.Postings.Length;
        if (length < Shortest || _merged.Count >= MostWords || Interlocked.Read(ref _room) < length)
            return false;
        merged = Merge(forms, workspace);
        if (_merged.TryAdd(key, (forms, merged)))
            Interlocked.Add(ref _room, -merged.Postings.Length);
        return true;
    }

    private static ulong Key(WordSource[] forms)
    {
        ulong key = (ulong)forms.Length;
        foreach (ref readonly WordSource form in forms.AsSpan())
        {
            key = (key ^ (uint)form.Term ^ ((ulong)BitConverter.SingleToUInt32Bits(form.Weight) << 32)) * 0x9E37_79B9_7F4A_7C15;
            key ^= (key >> 29) + (uint)form.Postings.Length;
        }

        return key;
    }

    private static bool Same(WordSource[] one, WordSource[] other)
    {
        for (int i = 0; i < one.Length; i++)
        {
            if (i >= other.Length || one[i].Postings != other[i].Postings || one[i].Weight != other[i].Weight)
                return false;
        }

        return one.Length == other.Length;
    }

    private WordSource Merge(WordSource[] forms, Workspace workspace)
    {
        Span<ulong> union = workspace.Union.AsSpan(0, SlotSet.Words(slots));
        union.Clear();
        float[] sums = workspace.Frequencies;
        foreach (WordSource form in forms)
        {
            form.AddTo(union);
            for (int i = 0; i < form.Postings.Length; i++)
                sums[(int)(form.Postings[i] >> 32)] += form.Weight * form.Frequencies[i];
        }

        int count = Bits.Count(union);
        var (postings, frequencies) = (new List<ulong>(count), new float[count]);
        for (int group = 0; group < union.Length; group++)
        {
            for (ulong rest = union[group]; rest != 0; rest &= rest - 1)
            {
                int slot = (group << 6) + BitOperations.TrailingZeroCount(rest);
                frequencies[postings.Count] = sums[slot];
                sums[slot] = 0;
                postings.Add((ulong)(uint)slot << 32);
            }
        }

        ulong[] list = CollectionsMarshal.AsSpan(postings).ToArray();
        return new WordSource(list, frequencies, Snapshot.Max(frequencies), SlotSet.Of(list, slots), 1, -1);
    }
}
