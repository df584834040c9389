using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>
/// First pass: BM25F over the documents that have any of the words. The bounds of all documents are added up first, and
/// only those whose bound reaches what the wanted ones are sure to have are scored exactly (the two steps of H. Turtle and
/// J. Flood, "Query evaluation: strategies and optimizations", 1995). The wanted documents and their scores are those of
/// the whole computation.
/// </summary>
internal sealed class WordScorer(Snapshot snapshot, RankingWeights weights, Workspace workspace)
{
    private readonly int _groups = SlotSet.Words(snapshot.Documents.Length);
    private PreparedWord[] _words = [];

    /// <summary>Rarity times weight of each query word: what it counts for.</summary>
    public float[] Values { get; private set; } = [];

    /// <summary>
    /// Documents with a complete score: their slots are the first of <see cref="Workspace.Found"/>, their scores the first of
    /// <see cref="Workspace.FoundScores"/>.
    /// </summary>
    public int Found { get; private set; }

    /// <summary>
    /// Scores at least the <paramref name="wanted"/> best of the documents the filter lets through, and leaves all that
    /// match, before any filter, as bits in <see cref="Workspace.Matched"/>.
    /// </summary>
    public void Score(QueryPlan plan, SlotFilter filter, int wanted)
    {
        Prepare(plan);
        Span<ulong> matched = workspace.Matched.AsSpan(0, _groups), allowed = workspace.Allowed.AsSpan(0, _groups);
        matched.Clear();
        for (int i = 0; i < _words.Length; i++)
        {
            // Stop words rank what the other words found.
            if (!plan.Words[i].IsStopWord)
                _words[i].AddTo(matched);
        }

        if (Bits.Count(matched) < weights.FewHits)
        {
            // Little was found: stop words find too, where a document holds enough of the query.
            ScoreAll();
            Match(matched);
            filter.Apply(matched, allowed);
            Keep(allowed);
            return;
        }

        filter.Apply(matched, allowed);
        if (BoundsFit())
        {
            ScoreBest(allowed, Math.Max(1, wanted));
        }
        else
        {
            ScoreAll();
            Keep(allowed);
        }
    }

    /// <summary>The words that a document has, one bit each.</summary>
    public ulong WordsOf(int slot)
    {
        ulong words = 0;
        for (int i = 0; i < _words.Length; i++)
            words |= _words[i].IndexOf(slot) >= 0 ? 1UL << i : 0;
        return words;
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

    private bool BoundsFit()
    {
        int highest = 0;
        foreach (PreparedWord word in _words)
            highest += word.HighestBound;
        return highest <= ushort.MaxValue;
    }

    /// <summary>Scores the documents that may be among the wanted.</summary>
    private void ScoreBest(ReadOnlySpan<ulong> allowed, int wanted)
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
        Found = ScoreBounds.Collect(bounds, threshold - slack, workspace.Found);
        Span<float> scores = workspace.FoundScores.AsSpan(0, Found);
        for (int i = 0; i < scores.Length; i++)
            scores[i] = ScoreOf(workspace.Found[i]);
    }

    private float ScoreOf(int slot)
    {
        float score = 0;
        foreach (PreparedWord word in _words)
        {
            int index = word.IndexOf(slot);
            if (index >= 0)
                score += word.ScoreAt(index);
        }

        return score;
    }

    /// <summary>Scores every document that has any of the words.</summary>
    private void ScoreAll()
    {
        float[] scores = workspace.Scores;
        foreach (PreparedWord word in _words)
        {
            ReadOnlySpan<int> slots = word.Slots(workspace.Touched);
            for (int i = 0; i < slots.Length; i++)
            {
                int slot = slots[i];
                if (scores[slot] == 0)
                    workspace.Found[Found++] = slot;
                scores[slot] += word.ScoreAt(i);
            }
        }
    }

    /// <summary>Adds those with a good share of the query to what matches.</summary>
    private void Match(Span<ulong> matched)
    {
        float least = weights.LeastCoverage * (weights.Saturation + 1) * Values.Sum();
        foreach (int slot in workspace.Found.AsSpan(0, Found))
        {
            if (workspace.Scores[slot] >= least && workspace.Scores[slot] > 0)
                matched[slot >> 6] |= 1UL << slot;
        }
    }

    /// <summary>Keeps what may be found, and leaves the scores by slot as they were.</summary>
    private void Keep(ReadOnlySpan<ulong> allowed)
    {
        int kept = 0;
        foreach (int slot in workspace.Found.AsSpan(0, Found))
        {
            if (Bits.Has(allowed, slot))
            {
                workspace.Found[kept] = slot;
                workspace.FoundScores[kept++] = workspace.Scores[slot];
            }

            workspace.Scores[slot] = 0;
        }

        Found = kept;
    }
}
