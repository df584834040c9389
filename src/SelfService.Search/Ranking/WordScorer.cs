using System.Numerics;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>
/// First pass: BM25F over the documents that have any of the words. A word's forms are added up before saturation, as if
/// they were one word, and its rarity is that of all forms together. The words come in the order of what they count for;
/// as soon as those left cannot lift a new document among the wanted ones, they only complete the scores of those that
/// still can get there (the "continue" strategy of A. Moffat and J. Zobel, "Self-indexing inverted files for fast text
/// retrieval", 1996, with the exact bounds of H. Turtle and J. Flood's MaxScore, "Query evaluation: strategies and
/// optimizations", 1995). The wanted documents and their scores are those of the whole computation.
/// </summary>
internal sealed partial class WordScorer(Snapshot snapshot, RankingWeights weights, Workspace workspace)
{
    /// <summary>Scores are added up in floats; a bound is trusted only when it is clear by this much.</summary>
    private const float Rounding = 1 - 1e-5f;

    private const float WorthTrying = 1.5f;

    private static readonly Comparison<WordSource> ByLength = (one, other) =>
        one.Postings.Length.CompareTo(other.Postings.Length) is var order and not 0 ? order : one.Term.CompareTo(other.Term);

    private readonly float _highest = weights.Saturation + 1;
    private readonly float[] _scores = workspace.Scores;
    private readonly float[] _frequencies = workspace.Frequencies;
    private readonly int _groups = SlotSet.Words(snapshot.Documents.Length);
    private ScoredWord[] _words = [];

    /// <summary>Rarity times weight of each query word: what it counts for.</summary>
    public float[] Values { get; private set; } = [];

    /// <summary>The words in the order of what they count for.</summary>
    public IReadOnlyList<ScoredWord> Words => _words;

    /// <summary>Documents with a complete score: their slots are the first of <see cref="Workspace.Found"/>.</summary>
    public int Found { get; private set; }

    /// <summary>
    /// Scores at least the <paramref name="wanted"/> best of the documents the filter lets through, and leaves all that
    /// match, before any filter, as bits in <see cref="Workspace.Matched"/>.
    /// </summary>
    public void Score(QueryPlan plan, SlotFilter filter, int wanted)
    {
        Span<ulong> matched = workspace.Matched.AsSpan(0, _groups);
        matched.Clear();
        Prepare(plan, matched);
        if (Bits.Count(matched) < weights.FewHits)
        {
            ScoreEverything(matched);
            Keep(filter, matched);
        }
        else
        {
            // Stop words rank what the other words found.
            Span<ulong> allowed = workspace.Allowed.AsSpan(0, _groups);
            bool filtered = filter.Apply(matched, allowed);
            ScoreBest(allowed, filtered, Math.Max(1, wanted));
        }
    }

    /// <summary>The words that a document has, one bit each.</summary>
    public ulong WordsOf(int slot)
    {
        ulong words = 0;
        foreach (ref readonly ScoredWord word in _words.AsSpan())
        {
            foreach (ref readonly WordSource source in word.Sources.AsSpan())
            {
                if (source.IndexOf(slot) >= 0)
                {
                    words |= 1UL << word.Index;
                    break;
                }
            }
        }

        return words;
    }

    /// <summary>Leaves the workspace as it was found.</summary>
    public void Clear()
    {
        foreach (int slot in workspace.Found.AsSpan(0, Found))
            _scores[slot] = 0;
        Found = 0;
    }

    /// <summary>Collects the lists of every word, and the documents that have a word which is no stop word.</summary>
    private void Prepare(QueryPlan plan, Span<ulong> matched)
    {
        Values = new float[plan.Words.Count];
        _words = new ScoredWord[plan.Words.Count];
        Span<ulong> union = workspace.Union.AsSpan(0, _groups);
        for (int i = 0; i < _words.Length; i++)
        {
            QueryWord word = plan.Words[i];
            WordSource[] sources = Sources(word);
            int holding = 0;
            bool isMerged = snapshot.Merged.TryFind(sources, workspace, out WordSource merged);
            if (word.IsStopWord)
            {
                foreach (WordSource source in sources)
                    holding = Math.Max(holding, source.Term >= 0 ? source.Postings.Length : 0);
            }
            else if (isMerged || sources.Length == 1)
            {
                WordSource one = isMerged ? merged : sources[0];
                holding = one.Postings.Length;
                one.AddTo(matched);
            }
            else if (sources.Length > 1)
            {
                union.Clear();
                foreach (WordSource source in sources)
                    source.AddTo(union);
                holding = Bits.Count(union);
                Bits.Or(matched, union);
            }

            if (!word.IsStopWord && OwnHolding(sources, union) is { } own and > 0)
                holding = own;
            if (isMerged)
                sources = [merged];
            Values[i] = Bm25.Rarity(holding, snapshot.Count) * word.Weight;
            _words[i] = new ScoredWord(i, word.IsStopWord, sources, Values[i], Values[i] * Most(sources));
        }

        Array.Sort(_words, (one, other) => other.Value.CompareTo(one.Value) is var order and not 0 ? order : one.Index.CompareTo(other.Index));
    }

    /// <summary>
    /// Documents that hold the word itself, when it has synonyms too: a synonym says the same, it does not make the word more
    /// common, so that «cita» stays rare beside «visita». Null when there is no difference.
    /// </summary>
    private int? OwnHolding(WordSource[] sources, Span<ulong> union)
    {
        int own = 0;
        foreach (WordSource source in sources)
            own += IsOwn(source) ? 1 : 0;
        if (own == 0 || own == sources.Length)
            return null;
        union.Clear();
        foreach (WordSource source in sources)
        {
            if (IsOwn(source))
                source.AddTo(union);
        }

        return Bits.Count(union);
    }

    private bool IsOwn(WordSource source) => source.Term >= 0 && source.Weight > weights.Synonym;

    /// <summary>No document has more of a word than the highest of every form together.</summary>
    private float Most(WordSource[] sources)
    {
        float frequency = 0;
        foreach (WordSource source in sources)
            frequency += source.Weight * source.Highest;
        return frequency > 0 ? Bm25.Saturate(frequency, weights.Saturation) : 0;
    }

    private WordSource[] Sources(QueryWord word)
    {
        var sources = new WordSource[word.Terms.Count + word.Alternatives.Count];
        int count = 0;
        foreach (WeightedTerm term in word.Terms)
            sources[count++] = new WordSource(snapshot.Postings[term.Term]!, snapshot.Frequencies[term.Term]!, snapshot.Highest[term.Term], snapshot.Members[term.Term], term.Weight, term.Term);
        foreach (PhraseAlternative alternative in word.Alternatives)
        {
            (ulong[] postings, float[] frequencies, float highest) = snapshot.Phrases.Find(snapshot, alternative);
            if (postings.Length > 0)
                sources[count++] = new WordSource(postings, frequencies, highest, null, alternative.Weight, -1);
        }

        if (count < sources.Length)
            Array.Resize(ref sources, count);
        // Short lists first, so that the order in which forms are added up is the same wherever that happens.
        Array.Sort(sources, ByLength);
        return sources;
    }

    /// <summary>Little was found: stop words find too, where a document holds enough of the query.</summary>
    private void ScoreEverything(Span<ulong> matched)
    {
        foreach (ScoredWord word in _words)
            AddAll(word, [], isTested: false);
        float least = weights.LeastCoverage * _highest * Values.Sum();
        foreach (int slot in workspace.Found.AsSpan(0, Found))
        {
            if (_scores[slot] >= least && _scores[slot] > 0)
                matched[slot >> 6] |= 1UL << slot;
        }
    }

    /// <summary>Keeps the scores of what matches and passes the filter.</summary>
    private void Keep(SlotFilter filter, Span<ulong> matched)
    {
        Span<ulong> allowed = workspace.Allowed.AsSpan(0, _groups);
        filter.Apply(matched, allowed);
        int kept = 0;
        for (int i = 0; i < Found; i++)
        {
            int slot = workspace.Found[i];
            if (Bits.Has(allowed, slot))
                workspace.Found[kept++] = slot;
            else
                _scores[slot] = 0;
        }

        Found = kept;
    }

    /// <summary>Adds a word to every document that has it and may be found.</summary>
    private void AddAll(ScoredWord word, ReadOnlySpan<ulong> allowed, bool isTested)
    {
        if (word.Value == 0)
            return;
        if (word.Sources.Length == 1)
        {
            AddOne(word, allowed, isTested);
            return;
        }

        float[] frequencies = _frequencies;
        int[] touched = workspace.Touched;
        int count = 0;
        foreach (WordSource source in word.Sources)
        {
            float[] given = source.Frequencies;
            ulong[] postings = source.Postings;
            // Without a branch that depends on the document: the next slot is written every time and counted when new.
            for (int i = 0; i < postings.Length && i < given.Length; i++)
            {
                int slot = (int)(postings[i] >> 32);
                float before = frequencies[slot], frequency = source.Weight * given[i];
                if (isTested)
                    frequency *= (allowed[slot >> 6] >> slot) & 1;
                touched[count] = slot;
                count += Branchless.IsZero(before) & ~Branchless.IsZero(frequency);
                frequencies[slot] = before + frequency;
            }
        }

        foreach (int slot in touched.AsSpan(0, count))
        {
            Add(slot, word.Value * Bm25.Saturate(frequencies[slot], weights.Saturation));
            frequencies[slot] = 0;
        }
    }

    private void AddOne(ScoredWord word, ReadOnlySpan<ulong> allowed, bool isTested)
    {
        WordSource source = word.Sources[0];
        if (isTested && source.Members is { } members)
        {
            // Group by group, so that what may not be found costs next to nothing.
            for (int group = 0; group < Math.Min(members.Bits.Length, allowed.Length); group++)
            {
                ulong bits = members.Bits[group];
                for (ulong rest = bits & allowed[group]; rest != 0; rest &= rest - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(rest);
                    int index = members.Before(group) + BitOperations.PopCount(bits & ((1UL << bit) - 1));
                    Add((group << 6) + bit, word.Value * Bm25.Saturate(source.Weight * source.Frequencies[index], weights.Saturation));
                }
            }

            return;
        }

        for (int i = 0; i < source.Postings.Length; i++)
        {
            int slot = (int)(source.Postings[i] >> 32);
            if (!isTested || Bits.Has(allowed, slot))
                Add(slot, word.Value * Bm25.Saturate(source.Weight * source.Frequencies[i], weights.Saturation));
        }
    }

    private void Add(int slot, float score)
    {
        float before = _scores[slot];
        workspace.Found[Found] = slot;
        Found += Branchless.IsZero(before);
        score += before;
        _scores[slot] = score;
    }

    /// <summary>Adds a word to the scores of these documents.</summary>
    private void Complete(ScoredWord word, ReadOnlySpan<int> slots, Span<float> scores)
    {
        float[] frequencies = _frequencies;
        int spread = 0;
        // Lists with fewer entries than there are documents are written out; in the others each document is looked up.
        while (spread < word.Sources.Length && word.Sources[spread].Postings.Length < slots.Length)
        {
            WordSource source = word.Sources[spread++];
            for (int i = 0; i < source.Postings.Length; i++)
                frequencies[(int)(source.Postings[i] >> 32)] += source.Weight * source.Frequencies[i];
        }

        ReadOnlySpan<WordSource> others = word.Sources.AsSpan(spread);
        for (int i = 0; i < slots.Length; i++)
        {
            int slot = slots[i];
            float frequency = frequencies[slot];
            foreach (ref readonly WordSource source in others)
            {
                int index = source.IndexOf(slot);
                if (index >= 0)
                    frequency += source.Weight * source.Frequencies[index];
            }

            if (frequency != 0)
                scores[i] += word.Value * Bm25.Saturate(frequency, weights.Saturation);
        }

        foreach (WordSource source in word.Sources.AsSpan(0, spread))
        {
            foreach (ulong posting in source.Postings)
                frequencies[(int)(posting >> 32)] = 0;
        }
    }
}
