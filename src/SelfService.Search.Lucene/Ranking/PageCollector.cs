using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SelfService.Search.Lucene.Indexing;

namespace SelfService.Search.Lucene.Ranking;

/// <summary>Filters by audience, reader and topic, counts, and keeps the best by their words; equals stand in the order of their ids.</summary>
internal sealed class PageCollector(IndexView view, SearchRequest request, FixedBitSet? within, int wanted) : ICollector
{
    private readonly PriorityQueue<(int Slot, float Score), (float Score, string Id)> _best = new(Comparer<(float Score, string Id)>.Create(Worse));
    private Scorer? _scorer;
    private Segment? _segment;

    /// <summary>Documents that match, all pages.</summary>
    public int Total { get; private set; }

    /// <summary>Matching documents by topic, before the filter by topic.</summary>
    public Dictionary<string, int> Topics { get; } = new(StringComparer.Ordinal);

    public bool AcceptsDocsOutOfOrder => false;

    public void SetScorer(Scorer scorer) => _scorer = scorer;

    public void SetNextReader(AtomicReaderContext context) => _segment = view.Segments[context.Ord];

    public void Collect(int doc)
    {
        Segment segment = _segment!;
        int slot = segment.Base + doc;
        if ((within is not null && !within.Get(slot)) || !segment.IsFor(doc, request.Audience, request.Reader))
            return;
        string topic = segment.Columns.Topics[doc];
        Topics[topic] = Topics.GetValueOrDefault(topic) + 1;
        if (request.Topic is not null && request.Topic != topic)
            return;
        Total++;
        var candidate = (_scorer!.GetScore(), segment.Columns.Ids[doc]);
        if (_best.Count < wanted)
            _best.Enqueue((slot, candidate.Item1), candidate);
        else if (wanted > 0)
            _best.EnqueueDequeue((slot, candidate.Item1), candidate);
    }

    /// <summary>The best, best first.</summary>
    public List<(int Slot, float Score)> Best()
    {
        var best = new List<(int, float)>(_best.Count);
        while (_best.TryDequeue(out (int, float) next, out _))
            best.Add(next);
        best.Reverse();
        return best;
    }

    private static int Worse((float Score, string Id) one, (float Score, string Id) other) =>
        one.Score.CompareTo(other.Score) is var order and not 0 ? order : string.CompareOrdinal(other.Id, one.Id);
}
