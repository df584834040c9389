using Lucene.Net.Search;
using Lucene.Net.Util;
using SelfService.Search.Explaining;
using SelfService.Search.Highlighting;
using SelfService.Search.Indexing;
using SelfService.Search.Lucene.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Lucene.Ranking;

/// <summary>One plan run against the index: Lucene finds and scores, the best are read closely, the page is cut.</summary>
internal sealed class QuestionRun : IDisposable
{
    private readonly IndexView _view;
    private readonly RankingWeights _weights;
    private readonly SearchRequest _request;
    private readonly FixedBitSet? _within;
    private readonly Workspace _workspace;
    private readonly QuestionQuery _query;
    private readonly PageCollector _collected;
    private readonly CloseReader _reader;
    private readonly Dictionary<Segment, ReadingColumn> _columns = [];
    private readonly int _end;

    /// <param name="view">The index.</param>
    /// <param name="weights">Of the ranking.</param>
    /// <param name="plan">What to look for.</param>
    /// <param name="request">For whom, and which page.</param>
    /// <param name="within">The only documents wanted, or null for all.</param>
    public QuestionRun(IndexView view, RankingWeights weights, QueryPlan plan, SearchRequest request, FixedBitSet? within = null)
    {
        (_view, _weights, Plan, _request, _within) = (view, weights, plan, request, within ?? WithPhrases(view, plan, request.Audience));
        _end = (int)Math.Min(view.Slots, Math.Max(0L, request.Offset) + Math.Max(0, request.Limit));
        _query = new QuestionQuery(view, weights, plan);
        _collected = new PageCollector(view, request, _within, Math.Max(weights.Examined, _end));
        new IndexSearcher(view.Reader).Search(_query, _collected);
        _workspace = Workspace.Rent(0, view.Holders.Length);
        _reader = new CloseReader(view, weights, _workspace, plan, _query.Values);
        Page = Cut();
    }

    public QueryPlan Plan { get; }

    /// <summary>The page, best first.</summary>
    public List<Candidate> Page { get; }

    /// <summary>Documents that match, all pages.</summary>
    public int Total => _collected.Total;

    /// <summary>Matching documents by topic.</summary>
    public Dictionary<string, int> Topics => _collected.Topics;

    public void Dispose()
    {
        _reader.Clear();
        _workspace.Return();
        _query.Dispose();
    }

    /// <summary>The hits of the page.</summary>
    /// <param name="group">What found them.</param>
    public IEnumerable<SearchHit> Hits(HitGroup group)
    {
        var highlighter = new Highlighter(Plan, _workspace);
        foreach (Candidate candidate in Page)
        {
            IndexedDocument document = _view.Document(candidate.Slot);
            SearchSection? section = candidate.Reading.Section >= 0 ? document.Source.Sections[candidate.Reading.Section] : null;
            yield return new SearchHit(
                document.Source,
                candidate.Score,
                string.IsNullOrEmpty(section?.Anchor) ? null : section,
                highlighter.Title(document),
                highlighter.Snippet(document, candidate.Reading))
            {
                Explanation = _request.Explain ? Explain(candidate, group) : null,
            };
        }
    }

    /// <summary>The words of the query as they were understood.</summary>
    public IReadOnlyList<ExplainedWord> ExplainWords() => [.. Plan.Words.Select((word, i) => word.Explained(_query.Values[i], _view.Words))];

    /// <summary>
    /// By word of the plan, the documents of this audience that it finds, when all together are too few; none for stop
    /// words. Null when there are enough, when the phrases in quotes are there, and when exactly what was typed is wanted.
    /// </summary>
    public int[][]? TooFew()
    {
        if (_request.AsTyped || (Plan.IsAllQuoted && _within is not null) || (Total >= _weights.TooFewHits && !StopWordsFound()))
            return null;
        var all = new HashSet<int>();
        var found = new int[Plan.Words.Count][];
        for (int i = 0; i < found.Length; i++)
        {
            var slots = new List<int>();
            FixedBitSet holding = _query.Words[i].All;
            for (int slot = holding.Length > 0 ? holding.NextSetBit(0) : -1; slot >= 0 && !Plan.Words[i].IsStopWord; slot = slot + 1 < holding.Length ? holding.NextSetBit(slot + 1) : -1)
            {
                Segment segment = _view.SegmentOf(slot);
                if (!segment.IsFor(slot - segment.Base, _request.Audience, null))
                    continue;
                if (all.Add(slot) && all.Count >= _weights.TooFewHits)
                    return null;
                slots.Add(slot);
            }

            found[i] = [.. slots];
        }

        return found;
    }

    private bool StopWordsFound() => !Plan.Words.Where((word, i) => !word.IsStopWord && _query.Words[i].Count >= _weights.FewHits).Any();

    private List<Candidate> Cut()
    {
        List<(int Slot, float Score)> byWords = _collected.Best();
        var best = new List<Candidate>(byWords.Count);
        foreach ((int slot, float score) in byWords.Take(_weights.Examined))
        {
            IndexedDocument document = Read(slot);
            Reading reading = _reader.Read(document);
            float points = score + reading.Bonus + QuotedBonus(document);
            // Usefulness takes no more than close reading has given.
            best.Add(new Candidate(slot, score, points, Math.Max(score, points * _weights.FactorOf(document.Usefulness)), reading));
        }

        best.Sort((one, other) => other.Score.CompareTo(one.Score) is var order and not 0 ? order : string.CompareOrdinal(_view.IdOf(one.Slot), _view.IdOf(other.Slot)));
        // What is not examined keeps its place, and is read only where it is shown.
        int offset = Math.Max(0, _request.Offset);
        List<Candidate> page = [.. best.Skip(offset).Take(_end - offset)];
        foreach ((int slot, float score) in byWords.Take(_end).Skip(Math.Max(offset, _weights.Examined)))
            page.Add(new Candidate(slot, score, score, score, _reader.Read(Read(slot))));
        return page;
    }

    private IndexedDocument Read(int slot)
    {
        Segment segment = _view.SegmentOf(slot);
        if (!_columns.TryGetValue(segment, out ReadingColumn? column))
            _columns[segment] = column = new ReadingColumn(segment, _view.Words);
        return column.Read(slot - segment.Base);
    }

    private float QuotedBonus(IndexedDocument document) =>
        Plan.Phrases.Count(phrase => Search.Ranking.PhraseMatch.Holds(document, phrase)) * _weights.QuotedPhrase * _reader.Mass;

    private HitExplanation Explain(Candidate candidate, HitGroup group)
    {
        IndexedDocument document = _view.Counted(candidate.Slot);
        IReadOnlyList<ExplainedWord> explained = ExplainWords();
        var words = new List<WordPoints>();
        for (int i = 0; i < Plan.Words.Count; i++)
        {
            if (_query.Words[i].All.Get(candidate.Slot))
                words.Add(new WordPoints(explained[i], Plan.Words[i].FormsIn(document, _view.Words), _query.Words[i].PointsFor(candidate.Slot, _weights)));
        }

        bool isRead = Math.Max(candidate.Points, candidate.Score) > candidate.Words;
        return new HitExplanation(group, words, isRead ? candidate.Explained(document, _reader.Mass, QuotedBonus(document), _view.Words) : null);
    }

    /// <summary>Documents of the audience that hold every phrase of a query that is nothing but phrases; null for any other, and when there are none.</summary>
    private static FixedBitSet? WithPhrases(IndexView view, QueryPlan plan, Audience audience)
    {
        if (!plan.IsAllQuoted)
            return null;
        FixedBitSet? all = null;
        foreach (int[][] phrase in plan.Phrases)
        {
            var found = new FixedBitSet(view.Slots);
            foreach (int slot in PhraseMatch.Frequencies(view, phrase).Keys)
            {
                Segment segment = view.SegmentOf(slot);
                if (segment.IsFor(slot - segment.Base, audience, null))
                    found.Set(slot);
            }

            if (all is null)
                all = found;
            else
                all.And(found);
        }

        return all is { Cardinality: > 0 } ? all : null;
    }
}
