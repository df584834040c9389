using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>
/// Query words of one snapshot, prepared the first time a query needs them. A word's forms are added up before saturation,
/// as if they were one word, and its rarity is that of all forms together. Words of questions follow Zipf's law, so a few
/// thousand serve most queries; what is kept is bounded by the number of documents.
/// </summary>
internal sealed class PreparedWords(Snapshot snapshot)
{
    private const int BytesPerSlot = 1024;
    private const int LeastRoom = 1 << 20;

    private static readonly Comparison<WordSource> ByLength = (one, other) =>
        one.Postings.Length.CompareTo(other.Postings.Length) is var order and not 0 ? order : one.Term.CompareTo(other.Term);

    private ConcurrentDictionary<ulong, Entry> _recent = new(), _before = new();
    private readonly int _slots = snapshot.Documents.Length;
    private long _room = RoomFor(snapshot.Documents.Length);

    /// <summary>The word, prepared now if it was not kept.</summary>
    public PreparedWord Find(QueryWord word, RankingWeights weights, Workspace workspace)
    {
        ulong key = Key(word);
        bool isRecent = Volatile.Read(ref _recent).TryGetValue(key, out Entry? entry);
        if ((isRecent || Volatile.Read(ref _before).TryGetValue(key, out entry)) && entry!.Answers(word))
        {
            if (!isRecent)
                Keep(key, entry, entry.Size);
            return entry.At(word.Weight) ?? Keep(key, entry, entry.Add(word.Weight, entry.Prepared.WithValue(entry.Rarity * word.Weight)));
        }

        (PreparedWord prepared, float rarity) = Prepare(word, weights, workspace);
        var made = new Entry(word, prepared, rarity);
        return Keep(key, made, made.Add(word.Weight, prepared));
    }

    /// <summary>
    /// Keeps a word among the recent. When they fill half the room they become those before, and those not asked for since
    /// are forgotten: what is asked for often stays. Threads that meet here may forget a word too many.
    /// </summary>
    private void Keep(ulong key, Entry entry, long size)
    {
        Volatile.Read(ref _recent)[key] = entry;
        if (Interlocked.Add(ref _room, -size) >= 0)
            return;
        Interlocked.Exchange(ref _room, RoomFor(_slots));
        Volatile.Write(ref _before, Volatile.Read(ref _recent));
        Volatile.Write(ref _recent, new ConcurrentDictionary<ulong, Entry>());
    }

    private PreparedWord Keep(ulong key, Entry entry, PreparedWord prepared)
    {
        Keep(key, entry, prepared.Size);
        return prepared;
    }

    private static long RoomFor(int slots) => (LeastRoom + ((long)slots * BytesPerSlot)) / 2;

    private static ulong Key(QueryWord word)
    {
        ulong key = word.IsStopWord ? 1UL << 32 : 0;
        foreach (WeightedTerm term in CollectionsMarshal.AsSpan(word.Terms))
        {
            key = (key ^ (uint)term.Term ^ ((ulong)BitConverter.SingleToUInt32Bits(term.Weight) << 32)) * 0x9E37_79B9_7F4A_7C15;
            key ^= key >> 29;
        }

        foreach (PhraseAlternative alternative in word.Alternatives)
            key = (key ^ (uint)alternative.Source.GetHashCode()) * 0x9E37_79B9_7F4A_7C15;
        return key;
    }

    private (PreparedWord Word, float Rarity) Prepare(QueryWord word, RankingWeights weights, Workspace workspace)
    {
        WordSource[] sources = Sources(word);
        Span<ulong> union = workspace.Union.AsSpan(0, SlotSet.Words(_slots));
        int holding = 0;
        if (word.IsStopWord)
        {
            foreach (WordSource source in sources)
                holding = Math.Max(holding, source.Term >= 0 ? source.Postings.Length : 0);
        }
        else
        {
            // A synonym says the same, it does not make the word more common, so that «cita» stays rare beside «visita».
            holding = Holding(sources, source => source.Term >= 0 && source.Weight > weights.Synonym, union);
            if (holding == 0)
                holding = Holding(sources, _ => true, union);
        }

        float rarity = Bm25.Rarity(holding, snapshot.Count), value = rarity * word.Weight;
        if (sources is [var only])
            return (new PreparedWord(only.Slots(), only.Members, only.Frequencies, only.Weight, value, weights.Saturation, _slots), rarity);
        (int[] slots, float[] frequencies) = Merge(sources, workspace, union);
        return (new PreparedWord(slots, SlotSet.Of(union, slots.Length, _slots), frequencies, 1, value, weights.Saturation, _slots), rarity);
    }

    private WordSource[] Sources(QueryWord word)
    {
        var sources = new List<WordSource>(word.Terms.Count + word.Alternatives.Count);
        foreach (WeightedTerm term in word.Terms)
            sources.Add(new WordSource(snapshot.Postings[term.Term]!, snapshot.Frequencies[term.Term]!, snapshot.Members[term.Term], term.Weight, term.Term));
        foreach (PhraseAlternative alternative in word.Alternatives)
        {
            (ulong[] postings, float[] frequencies) = snapshot.Phrases.Find(snapshot, alternative);
            if (postings.Length > 0)
                sources.Add(new WordSource(postings, frequencies, null, alternative.Weight, -1));
        }

        // Short lists first, so that the order in which forms are added up does not depend on when they were first seen.
        sources.Sort(ByLength);
        return [.. sources];
    }

    private static int Holding(WordSource[] sources, Predicate<WordSource> counts, Span<ulong> union)
    {
        WordSource[] counted = Array.FindAll(sources, counts);
        if (counted.Length < 2)
            return counted.Length == 0 ? 0 : counted[0].Postings.Length;
        union.Clear();
        foreach (WordSource source in counted)
            source.AddTo(union);
        return Bits.Count(union);
    }

    private static (int[] Slots, float[] Frequencies) Merge(WordSource[] sources, Workspace workspace, Span<ulong> union)
    {
        union.Clear();
        float[] sums = workspace.Frequencies;
        foreach (WordSource source in sources)
        {
            source.AddTo(union);
            for (int i = 0; i < source.Postings.Length; i++)
                sums[(int)(source.Postings[i] >> 32)] += source.Weight * source.Frequencies[i];
        }

        int count = Bits.Count(union), at = 0;
        var (slots, frequencies) = (new int[count], new float[count]);
        for (int group = 0; group < union.Length; group++)
        {
            for (ulong rest = union[group]; rest != 0; rest &= rest - 1)
            {
                int slot = (group << 6) + BitOperations.TrailingZeroCount(rest);
                frequencies[at] = sums[slot];
                sums[slot] = 0;
                slots[at++] = slot;
            }
        }

        return (slots, frequencies);
    }

    /// <summary>A word that is kept, with what it was made of, once for each weight it had in a query.</summary>
    private sealed class Entry(QueryWord word, PreparedWord prepared, float rarity)
    {
        private readonly WeightedTerm[] _terms = [.. word.Terms];
        private readonly PhraseAlternative[] _alternatives = [.. word.Alternatives];
        private readonly bool _isStopWord = word.IsStopWord;
        private (float Weight, PreparedWord Word)[] _byWeight = [];

        /// <summary>As it was prepared first.</summary>
        public PreparedWord Prepared { get; } = prepared;

        public float Rarity { get; } = rarity;

        /// <summary>The word with this weight, or null when no query had it so.</summary>
        public PreparedWord? At(float weight)
        {
            foreach ((float known, PreparedWord word) in Volatile.Read(ref _byWeight))
            {
                if (known == weight)
                    return word;
            }

            return null;
        }

        /// <summary>Room of all of them, in bytes, roughly.</summary>
        public long Size => Volatile.Read(ref _byWeight).Sum(known => known.Word.Size);

        /// <summary>Adds the word with this weight. Of two threads that do so at once one may be forgotten.</summary>
        public PreparedWord Add(float weight, PreparedWord word)
        {
            Volatile.Write(ref _byWeight, [.. _byWeight, (weight, word)]);
            return word;
        }

        /// <summary>True when the word is the same but for its weight; different words may share a key.</summary>
        public bool Answers(QueryWord word)
        {
            if (word.IsStopWord != _isStopWord || word.Alternatives.Count != _alternatives.Length
                || !CollectionsMarshal.AsSpan(word.Terms).SequenceEqual(_terms))
                return false;
            for (int i = 0; i < _alternatives.Length; i++)
            {
                if (word.Alternatives[i].Source != _alternatives[i].Source || word.Alternatives[i].Weight != _alternatives[i].Weight)
                    return false;
            }

            return true;
        }
    }
}
