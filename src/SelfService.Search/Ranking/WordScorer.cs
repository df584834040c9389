using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>
/// First pass: BM25F over the documents that have any of the words. The bounds of all documents are added up first, and
/// only those whose bound reaches what the wanted ones are sure to have are scored exactly (the two steps of H. Turtle and
/// J. Flood, "Query evaluation: strategies and optimizations", 1995). The wanted documents and their scores are those of
/// the whole computation.
/// </summary>
internal sealed partial class WordScorer(Snapshot snapshot, RankingWeights weights, Workspace workspace)
{
    private readonly int _groups = SlotSet.Words(snapshot.Documents.Length);
    private PreparedWord[] _words = [];

    /// <summary>Rarity times weight of each query word: what it counts for.</summary>
    public float[] Values { get; private set; } = [];

    /// <summary>
    /// Scores at least the <paramref name="wanted"/> best of the documents the filter lets through, and leaves all that
    /// match, before any filter, as bits in <see cref="Workspace.Matched"/>. They come in no order, and stay until the
    /// workspace is used again.
    /// </summary>
    public Span<ScoredSlot> Score(QueryPlan plan, SlotFilter filter, int wanted)
    {
        Prepare(plan);
        Span<ulong> matched = workspace.Matched.AsSpan(0, _groups), allowed = workspace.Allowed.AsSpan(0, _groups);
        matched.Clear();
        float least = LeastFinding(plan);
        for (int i = 0; i < _words.Length; i++)
        {
            // Words that say little beside the others rank what those found.
            if (!plan.Words[i].IsStopWord && Values[i] >= least)
                _words[i].AddTo(matched);
        }

        // Little was found: stop words find too, where a document holds enough of the query.
        if (Bits.Count(matched) < weights.FewHits)
            Match(matched);
        filter.Apply(matched, allowed);
        return ScoreBest(allowed, Math.Max(1, wanted));
    }

    /// <summary>
    /// What a word must count for to find documents: in <i>no prende mi lavadora</i> nearly every text has <i>no</i>, which
    /// finds nothing that anybody looks for.
    /// </summary>
    private float LeastFinding(QueryPlan plan)
    {
        float most = 0;
        for (int i = 0; i < _words.Length; i++)
        {
            if (!plan.Words[i].IsStopWord && _words[i].Count > 0)
                most = Math.Max(most, Values[i]);
        }

        return weights.LeastFinding * most;
    }

    private void Prepare(QueryPlan plan)
    {
        _words = new PreparedWord[plan.Words.Count];
        Values = new float[_words.Length];
        for (int i = 0; i < _words.Length; i++)
        {
            _words[i] = snapshot.Prepared.Find(plan.Words[i], weights, workspace);
            Values[i] = _words[i].Value;
        }
    }

    /// <summary>Adds those with a good share of the query to what matches.</summary>
    private void Match(Span<ulong> matched)
    {
        float least = weights.LeastCoverage * (weights.Saturation + 1) * Values.Sum();
        float[] scores = workspace.Scores;
        foreach (PreparedWord word in _words)
        {
            ReadOnlySpan<int> slots = word.Slots(workspace.Touched);
            for (int i = 0; i < slots.Length; i++)
                scores[slots[i]] += word.ScoreAt(i);
        }

        foreach (PreparedWord word in _words)
        {
            foreach (int slot in word.Slots(workspace.Touched))
            {
                if (scores[slot] >= least && scores[slot] > 0)
                    matched[slot >> 6] |= 1UL << slot;
                scores[slot] = 0;
            }
        }
    }

    /// <summary>Scores the documents that may be among the wanted.</summary>
    private Span<ScoredSlot> ScoreBest(ReadOnlySpan<ulong> allowed, int wanted)
    {
        Span<ushort> bounds = workspace.Bounds.AsSpan(0, ScoreBounds.Padded(snapshot.Documents.Length));
        ScoreBounds.Add(_words, bounds);
        Span<ushort> folded = workspace.FoldedBounds;
        folded = folded[..ScoreBounds.Restrict(bounds, allowed, folded)];
        // So many documents reach the threshold with their bounds, and with their scores what is below it by the most that
        // bounds are too high.
        int threshold = ScoreBounds.Threshold(folded.Length / ScoreBounds.Fold > wanted ? folded : bounds, wanted);
        int slack = 1;
        foreach (PreparedWord word in _words)
            slack += 1 << word.Shift;
        Span<int> slots = workspace.Found;
        slots = slots[..ScoreBounds.Collect(bounds, threshold - slack, slots)];
        Span<ScoredSlot> scored = workspace.Scored(slots.Length);
        for (int i = 0; i < slots.Length; i++)
            scored[i] = new ScoredSlot(slots[i], 0, 0);
        for (int i = 0; i < _words.Length; i++)
            _words[i].AddTo(scored, 1UL << i);
        return scored;
    }
}

/// <summary>A document with its score by words alone, and the words it has, one bit each.</summary>
internal record struct ScoredSlot(int Slot, float Score, ulong Words);
