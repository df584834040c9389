using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SelfService.Search.Lucene.Indexing;

namespace SelfService.Search.Lucene.Ranking;

/// <summary>Filters by audience, reader and topic, counts, and keeps the best by their words; equals stand in the order of their ids.</summary>
internal sealed class PageCollector(IndexView view, SearchRequest request, FixedBitSet? within, int wanted) : ICollector
{
    private readonly PriorityQueue<(int Slot, float Score), (float Score, string Id)> _best = new(Comparer<(float Score, string Id)>.Create(Worse));
    private readonly Dictionary<string, int> _countsByTopic = new(StringComparer.Ordinal);
    private Scorer? _scorer;
    private Segment? _segment;
    private int[] _topics = [];
    private float _least = float.PositiveInfinity;

    /// <summary>Documents that match, all pages.</summary>
    public int Total { get; private set; }

    /// <summary>Matching documents by topic, before the filter by topic.</summary>
    public Dictionary<string, int> Topics
    {
        get
        {
            EndSegment();
            return _countsByTopic;
        }
    }

    public bool AcceptsDocsOutOfOrder => false;

    public void SetScorer(Scorer scorer) => _scorer = scorer;

    public void SetNextReader(AtomicReaderContext context)
    {
        EndSegment();
        _segment = view.Segments[context.Ord];
        _topics = new int[_segment.Columns.TopicNames.Length];
    }

    public void Collect(int doc)
    {
        Segment segment = _segment!;
        int slot = segment.Base + doc;
        if ((within is not null && !within.Get(slot)) || !segment.IsFor(doc, request.Audience, request.Reader))
            return;
        int topic = segment.Columns.Topics[doc];
        _topics[topic]++;
        if (request.Topic is not null && request.Topic != segment.Columns.TopicNames[topic])
            return;
        Total++;
        float score = _scorer!.GetScore();
        if (_best.Count < wanted)
        {
            _best.Enqueue((slot, score), (score, segment.Columns.Ids[doc]));
            _least = Math.Min(_least, score);
        }
        else if (wanted > 0 && score >= _least)
        {
            _best.EnqueueDequeue((slot, score), (score, segment.Columns.Ids[doc]));
            _least = _best.Peek().Score;
        }
    }

    private void EndSegment()
    {
        for (int topic = 0; topic < _topics.Length; topic++)
        {
            if (_topics[topic] > 0)
                _countsByTopic[_segment!.Columns.TopicNames[topic]] = _countsByTopic.GetValueOrDefault(_segment.Columns.TopicNames[topic]) + _topics[topic];
        }

        _topics = [];
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
