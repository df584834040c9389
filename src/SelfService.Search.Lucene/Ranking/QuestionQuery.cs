using System.Buffers;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SelfService.Search.Lucene.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Lucene.Ranking;

/// <summary>
/// A question as a query of Lucene: BM25F over all forms of its words and all fields, which Lucene 4.8 has no query for.
/// Words that say little beside the others, and stop words, rank what those found; where these find little, stop words find
/// what holds enough of the question.
/// </summary>
internal sealed class QuestionQuery : Query, IDisposable
{
    private readonly IndexView _view;
    private readonly RankingWeights _weights;
    private readonly QueryPlan _plan;
    private readonly bool[] _finds;
    private readonly float _leastOfAll;
    private readonly List<float[]> _rented = [];

    public QuestionQuery(IndexView view, RankingWeights weights, QueryPlan plan)
    {
        (_view, _weights, _plan) = (view, weights, plan);
        var lists = new PostingsOfSegments();
        Words = [.. plan.Words.Select(word => new WordMatch(view, lists, word, weights))];
        Values = Array.ConvertAll(Words, word => word.Value);
        float most = 0;
        for (int i = 0; i < Words.Length; i++)
            most = !plan.Words[i].IsStopWord && Words[i].Count > 0 ? Math.Max(most, Values[i]) : most;
        _finds = [.. Words.Select((word, i) => !plan.Words[i].IsStopWord && word.Value >= weights.LeastFinding * most)];
        var found = new FixedBitSet(view.Slots);
        for (int i = 0; i < Words.Length; i++)
        {
            if (_finds[i])
                found.Or(Words[i].All);
        }

        _leastOfAll = found.Cardinality < weights.FewHits ? weights.LeastCoverage * (weights.Saturation + 1) * Values.Sum() : float.PositiveInfinity;
    }

    /// <summary>The words of the question, in order.</summary>
    public WordMatch[] Words { get; }

    /// <summary>What each counts for.</summary>
    public float[] Values { get; }

    public override Weight CreateWeight(IndexSearcher searcher) => new QuestionWeight(this);

    public override string ToString(string field) => string.Join(' ', _plan.Words.Select(word => word.Typed));

    /// <summary>Gives the room for scores back. What was found with it is not read any more.</summary>
    public void Dispose()
    {
        foreach (float[] room in _rented)
            ArrayPool<float>.Shared.Return(room);
        _rented.Clear();
    }

    private float[] Rent(int length)
    {
        float[] room = ArrayPool<float>.Shared.Rent(length);
        Array.Clear(room, 0, length);
        _rented.Add(room);
        return room;
    }

    private (FixedBitSet Found, float[] Scores) Score(Segment segment)
    {
        float[] scores = Rent(segment.Documents), frequencies = Rent(segment.Documents);
        var found = new FixedBitSet(segment.Documents);
        for (int i = 0; i < Words.Length; i++)
        {
            if (Words[i].Count == 0)
                continue;
            Words[i].AddFrequencies(segment, frequencies);
            for (int slot = Next(Words[i].All, segment.Base); slot >= 0 && slot < segment.Base + segment.Documents; slot = Next(Words[i].All, slot + 1))
            {
                int doc = slot - segment.Base;
                if (_finds[i])
                    found.Set(doc);
                scores[doc] += Values[i] * Bm25.Saturate(frequencies[doc], _weights.Saturation);
                frequencies[doc] = 0;
            }
        }

        // Deleted documents are in no list.
        for (int doc = 0; doc < segment.Documents && !float.IsInfinity(_leastOfAll); doc++)
        {
            if (scores[doc] > 0 && scores[doc] >= _leastOfAll)
                found.Set(doc);
        }

        return (found, scores);
    }

    private static int Next(FixedBitSet bits, int from) => from < bits.Length ? bits.NextSetBit(from) : -1;

    private sealed class QuestionWeight(QuestionQuery query) : Weight
    {
        public override Query Query => query;

        public override float GetValueForNormalization() => 1;

        public override void Normalize(float norm, float topLevelBoost)
        {
            // The scores are what they are.
        }

        public override Scorer GetScorer(AtomicReaderContext context, IBits acceptDocs)
        {
            (FixedBitSet found, float[] scores) = query.Score(query._view.Segments[context.Ord]);
            return new QuestionScorer(this, found, scores);
        }

        public override Explanation Explain(AtomicReaderContext context, int doc) =>
            new(query.Words.Sum(word => word.PointsFor(context.DocBase + doc, query._weights)), "points of the words, by BM25F");
    }

    private sealed class QuestionScorer(Weight weight, FixedBitSet found, float[] scores) : Scorer(weight)
    {
        private int _doc = -1;

        public override int DocID => _doc;

        public override int Freq => 1;

        public override float GetScore() => scores[_doc];

        public override int NextDoc() => Advance(_doc + 1);

        public override int Advance(int target)
        {
            int next = target < found.Length ? found.NextSetBit(target) : -1;
            return _doc = next < 0 ? NO_MORE_DOCS : next;
        }

        public override long GetCost() => found.Length;
    }
}
