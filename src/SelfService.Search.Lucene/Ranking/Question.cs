using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SelfService.Search.Explaining;
using SelfService.Search.Lucene.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Lucene.Ranking;

/// <summary>A question and its answer: one run, or three when its words find too little.</summary>
internal static class Question
{
    /// <summary>Answers it.</summary>
    public static SearchResults Answer(IndexView view, RankingWeights weights, SearchRequest request)
    {
        QueryPlan plan = new QueryPlanner(view, view.Language, weights).Plan(request.Query, correct: !request.AsTyped);
        var answer = new Pages(plan.Correction);
        int[][]? few;
        using (var run = new QuestionRun(view, weights, plan, request))
        {
            few = run.TooFew();
            QueryPlan? beside = few is null ? null : new RelatedWords(view, view.Language, weights, request.Audience).PlanBeside(plan, few);
            if (few is null || beside is null)
            {
                answer.Add(run, HitGroup.Words, request.Explain);
                return answer.Results();
            }

            AnswerInGroups(view, weights, request, plan, beside, few, answer);
        }

        return answer.Results();
    }

    // What only stop words find comes after what the words beside find: it is hardly about the subject.
    private static void AnswerInGroups(IndexView view, RankingWeights weights, SearchRequest request, QueryPlan plan, QueryPlan beside, int[][] few, Pages answer)
    {
        FixedBitSet[] groups = Groups(view, few, beside);
        foreach (HitGroup group in Enum.GetValues<HitGroup>())
        {
            using var run = new QuestionRun(view, weights, group == HitGroup.Beside ? beside : plan, request, groups[(int)group]);
            answer.Add(run, group, request.Explain);
            request = request with { Offset = Math.Max(0, request.Offset - run.Total), Limit = Math.Max(0, request.Limit) - run.Page.Count };
        }
    }

    /// <summary>Those the words of the query find, those only the words beside them find, and those that only stop words can find.</summary>
    private static FixedBitSet[] Groups(IndexView view, int[][] few, QueryPlan beside)
    {
        FixedBitSet own = new(view.Slots), related = new(view.Slots), others = new(view.Slots);
        foreach (int slot in few.SelectMany(slots => slots))
            own.Set(slot);
        foreach (Segment segment in view.Segments)
        {
            var postings = new Postings(segment, IndexFields.Any);
            foreach (WeightedTerm term in beside.Words.SelectMany(word => word.Terms))
            {
                for (DocsEnum? docs = postings.Of(view.Words[term.Term].Form); docs is not null && docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS;)
                    related.Set(segment.Base + docs.DocID);
            }
        }

        related.AndNot(own);
        others.Set(0, view.Slots);
        others.AndNot(own);
        others.AndNot(related);
        return [own, related, others];
    }

    /// <summary>An answer, run by run.</summary>
    private sealed class Pages(string? correction)
    {
        private readonly List<SearchHit> _hits = [];
        private readonly Dictionary<string, int> _topics = new(StringComparer.Ordinal);
        private QueryExplanation? _explanation;
        private int _total;

        public void Add(QuestionRun run, HitGroup group, bool explain)
        {
            _total += run.Total;
            _hits.AddRange(run.Hits(group));
            foreach ((string topic, int count) in run.Topics)
                _topics[topic] = _topics.GetValueOrDefault(topic) + count;
            if (explain && group == HitGroup.Words)
                _explanation = new QueryExplanation(run.ExplainWords(), []);
            else if (_explanation is not null && group == HitGroup.Beside)
                _explanation = _explanation with { Beside = run.ExplainWords() };
        }

        public SearchResults Results() => new(_total, _hits, _topics, correction) { Explanation = _explanation };
    }
}
