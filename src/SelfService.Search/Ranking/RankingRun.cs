using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>One query on its way through the two passes.</summary>
internal sealed partial class RankingRun
{
    /// <summary>Bounds are worked out in another order than scores; they are trusted when clear by this much.</summary>
    private const float Rounding = 1e-4f;

    /// <summary>Tokens of a document that are brought near before it is read, and how many come together.</summary>
    private const int MostTouched = 256, LineLength = 16;

    private readonly Snapshot _snapshot;
    private readonly RankingWeights _weights;
    private readonly Workspace _workspace;
    private readonly QueryPlan _plan;
    private readonly SearchRequest _request;
    private readonly SlotFilter _filter;
    private readonly WordScorer _scorer;
    private readonly bool _isWithin;
    private readonly int _end;
    private int _scored;
    private CloseReader? _reader;

    /// <param name="snapshot">The index.</param>
    /// <param name="weights">Of the ranking.</param>
    /// <param name="workspace">Zeroed; it is the run's until <see cref="Clear"/>.</param>
    /// <param name="plan">What to look for.</param>
    /// <param name="request">For whom, and which page.</param>
    /// <param name="within">The only documents wanted, or null for all.</param>
    public RankingRun(Snapshot snapshot, RankingWeights weights, Workspace workspace, QueryPlan plan, SearchRequest request, ulong[]? within = null)
    {
        (_snapshot, _weights, _workspace, _plan, _request) = (snapshot, weights, workspace, plan, request);
        within ??= WithPhrases(plan, request.Audience);
        _isWithin = within is not null;
        _filter = new SlotFilter(snapshot, request, within);
        _scorer = new WordScorer(snapshot, weights, workspace);
        _end = (int)Math.Min(snapshot.Documents.Length, Math.Max(0L, request.Offset) + Math.Max(0, request.Limit));
    }

    /// <summary>First pass: how many documents match, on all pages.</summary>
    public int Match()
    {
        _scored = _scorer.Score(_plan, _filter, Math.Max(_weights.Examined, _end)).Length;
        return Bits.Count(_workspace.Allowed.AsSpan(0, SlotSet.Words(_snapshot.Documents.Length)));
    }

    /// <summary>Second pass: the page, best first.</summary>
    public List<Candidate> Page()
    {
        Span<ScoredSlot> byWords = _workspace.Scored(_scored);
        _reader = new CloseReader(_snapshot, _weights, _workspace, _plan, _scorer.Values);
        byWords.Sort(Compare);
        int examined = Math.Min(_weights.Examined, byWords.Length);
        List<Candidate> best = ReadBest(byWords[..examined], _end);
        // Examined or not is decided by words alone, and the examined never lose by it: they stay ahead on every page.
        for (int i = examined; i < Math.Min(_end, byWords.Length); i++)
        {
            (int slot, float score, _) = byWords[i];
            best.Add(new Candidate(slot, score, score, score, _reader.Read(_snapshot.Documents[slot]!)));
        }

        int first = Math.Clamp(_request.Offset, 0, best.Count);
        return best.GetRange(first, Math.Clamp(_request.Limit, 0, best.Count - first));
    }

    /// <summary>Counts by topic; the last thing asked of a run, as it uses up the set of matches.</summary>
    public Dictionary<string, int> CountTopics() =>
        _filter.CountTopics(_workspace.Matched.AsSpan(0, SlotSet.Words(_snapshot.Documents.Length)));

    /// <summary>Leaves the workspace as it was found.</summary>
    public void Clear() => _reader?.Clear();

    /// <summary>
    /// Reads those first that could become the best, and stops when no other could get on the page even if it were the
    /// perfect text for the words it has. The result is that of reading them all, up to <paramref name="end"/>.
    /// </summary>
    private List<Candidate> ReadBest(ReadOnlySpan<ScoredSlot> documents, int end)
    {
        var best = new List<Candidate>(Math.Min(documents.Length, end) + 1);
        if (end == 0)
            return best;
        Touch(documents);
        float more = (_plan.Phrases.Count * _weights.QuotedPhrase * _reader!.Mass) + (Rounding * _reader.Mass);
        Span<float> less = stackalloc float[documents.Length];
        Span<int> order = stackalloc int[documents.Length];
        for (int i = 0; i < documents.Length; i++)
        {
            (int slot, float score, ulong words) = documents[i];
            IndexedDocument document = _snapshot.Documents[slot]!;
            (order[i], less[i]) = (i, -Weighed(document, score, score + _reader.MostFor(document, words) + more));
        }

        less.Sort(order);
        for (int i = 0; i < order.Length && (best.Count < end || best[^1].Score <= -less[i]); i++)
        {
            (int slot, float score, _) = documents[order[i]];
            IndexedDocument document = _snapshot.Documents[slot]!;
            Reading reading = _reader.Read(document);
            float points = score + reading.Bonus + QuotedBonus(document);
            Insert(best, new Candidate(slot, score, points, Weighed(document, score, points), reading), end);
        }

        return best;
    }

    /// <summary>
    /// Brings the documents near: the memory answers to many requests at once, which reading one after the other would
    /// wait for one by one.
    /// </summary>
    private void Touch(ReadOnlySpan<ScoredSlot> documents)
    {
        int touched = 0;
        foreach ((int slot, _, _) in documents)
        {
            int[] tokens = _snapshot.Documents[slot]!.Tokens;
            for (int i = 0; i < tokens.Length && i < MostTouched; i += LineLength)
                touched ^= tokens[i];
        }

        foreach ((int slot, _, _) in documents)
        {
            Passage[] passages = _snapshot.Documents[slot]!.Passages;
            if (passages.Length > 0)
                touched ^= passages[0].Start;
        }

        _workspace.Seen = touched;
    }

    private void Insert(List<Candidate> best, Candidate candidate, int limit)
    {
        int at = best.Count;
        while (at > 0 && (best[at - 1].Score < candidate.Score
            || (best[at - 1].Score == candidate.Score && ById(best[at - 1].Slot, candidate.Slot) > 0)))
            at--;
        if (at == limit)
            return;
        best.Insert(at, candidate);
        if (best.Count > limit)
            best.RemoveAt(limit);
    }

    /// <summary>What usefulness makes of the points of a document. It takes no more than close reading has given.</summary>
    private float Weighed(IndexedDocument document, float words, float points) =>
        Math.Max(words, points * _weights.FactorOf(document.Usefulness));

    private float QuotedBonus(IndexedDocument document)
    {
        int held = 0;
        foreach (int[][] phrase in _plan.Phrases)
            held += PhraseMatch.Holds(document, phrase) ? 1 : 0;
        return held * _weights.QuotedPhrase * _reader!.Mass;
    }

    /// <summary>
    /// Documents that hold every phrase of a query which is nothing but quoted phrases, otherwise null: quotes within a
    /// longer question (a pasted error message) are an emphasis. When no document holds them the words count as if they
    /// had not been quoted, which helps more than an empty page.
    /// </summary>
    private ulong[]? WithPhrases(QueryPlan plan, Audience audience)
    {
        if (!plan.IsAllQuoted)
            return null;
        ulong[]? slots = null;
        foreach (int[][] phrase in plan.Phrases)
        {
            var found = new ulong[SlotSet.Words(_snapshot.Documents.Length)];
            foreach (ulong posting in PhraseMatch.Find(_snapshot, phrase))
                found[posting >> 38] |= 1UL << (int)(posting >> 32);
            if (slots is not null)
                Bits.And(found, slots);
            slots = found;
        }

        if (slots is not null && _snapshot.Filters.UpTo(audience) is { } visible)
            Bits.And(slots, visible);
        return slots is null || Bits.Count(slots) == 0 ? null : slots;
    }

    private int Compare(ScoredSlot one, ScoredSlot other) =>
        other.Score.CompareTo(one.Score) is var order and not 0 ? order : ById(one.Slot, other.Slot);

    private int ById(int one, int other) =>
        string.CompareOrdinal(_snapshot.Documents[one]!.Source.Id, _snapshot.Documents[other]!.Source.Id);
}
