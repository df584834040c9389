using SelfService.Search.Explaining;
using SelfService.Search.Highlighting;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>A document on its way to the page.</summary>
/// <param name="Slot">Which document.</param>
/// <param name="Words">Points of the words alone.</param>
/// <param name="Points">Points of the words and of close reading.</param>
/// <param name="Score">The points by what usefulness makes of them.</param>
/// <param name="Reading">What close reading found.</param>
internal readonly record struct Candidate(int Slot, float Words, float Points, float Score, Reading Reading);

/// <summary>Runs a plan against a snapshot: filter, score, read closely, cut the page.</summary>
internal sealed class Ranker(Snapshot snapshot, SearchLanguage language, RankingWeights weights)
{
    public SearchResults Run(QueryPlan plan, SearchRequest request)
    {
        var hits = new List<SearchHit>();
        var topics = new Dictionary<string, int>(StringComparer.Ordinal);
        QueryExplanation? explanation = null;
        int total = 0;
        foreach (Pass pass in Passes(plan, request))
        {
            total += pass.Total;
            AddHits(pass, hits, request.Explain);
            if (request.Explain && pass.Group == HitGroup.Words)
                explanation = new QueryExplanation(pass.Run.ExplainWords(), []);
            else if (pass.Group == HitGroup.Beside)
                explanation = explanation is null ? null : explanation with { Beside = pass.Run.ExplainWords() };
            foreach ((string topic, int count) in pass.Run.CountTopics())
                topics[topic] = topics.GetValueOrDefault(topic) + count;
        }

        return new SearchResults(total, hits, topics, plan.Correction) { Explanation = explanation };
    }

    /// <summary>The ranking without texts and topics, for measuring: slots of the page.</summary>
    public int[] Slots(QueryPlan plan, SearchRequest request) =>
        [.. Passes(plan, request).SelectMany(pass => pass.Page).Select(candidate => candidate.Slot)];

    /// <summary>What the query finds, in one pass or more; each is to be used up before the next is asked for.</summary>
    private IEnumerable<Pass> Passes(QueryPlan plan, SearchRequest request)
    {
        Workspace workspace = Workspace.Rent(snapshot.Documents.Length, snapshot.Postings.Length);
        var run = new RankingRun(snapshot, weights, workspace, plan, request);
        int total = run.Match();
        int[][]? few = run.TooFew(total);
        QueryPlan? beside = few is null ? null : new RelatedWords(snapshot, language, weights, request.Audience).PlanBeside(plan, few);
        if (few is null || beside is null)
        {
            yield return new Pass(run, plan, run.Page(), total, workspace, HitGroup.Words);
            run.Clear();
            workspace.Return();
            yield break;
        }

        ulong[][] groups = run.Groups(few, beside);
        // What only stop words find comes after what the words beside find: it is hardly about the subject.
        foreach (HitGroup group in Enum.GetValues<HitGroup>())
        {
            QueryPlan part = group == HitGroup.Beside ? beside : plan;
            run = new RankingRun(snapshot, weights, workspace, part, request, groups[(int)group]);
            total = run.Match();
            List<Candidate> page = run.Page();
            request = request with { Offset = Math.Max(0, request.Offset - total), Limit = Math.Max(0, request.Limit) - page.Count };
            yield return new Pass(run, part, page, total, workspace, group);
            run.Clear();
        }

        workspace.Return();
    }

    private void AddHits(Pass pass, List<SearchHit> hits, bool explain)
    {
        var highlighter = new Highlighter(pass.Plan, pass.Workspace);
        foreach (Candidate candidate in pass.Page)
        {
            IndexedDocument document = snapshot.Documents[candidate.Slot]!;
            SearchDocument source = document.Source;
            SearchSection? section = candidate.Reading.Section >= 0 ? source.Sections[candidate.Reading.Section] : null;
            hits.Add(new SearchHit(
                source,
                candidate.Score,
                string.IsNullOrEmpty(section?.Anchor) ? null : section,
                highlighter.Title(document),
                highlighter.Snippet(document, candidate.Reading))
            {
                Explanation = explain ? pass.Run.Explain(candidate, pass.Group) : null,
            });
        }
    }

    /// <summary>One run with its page of the answer.</summary>
    private readonly record struct Pass(RankingRun Run, QueryPlan Plan, List<Candidate> Page, int Total, Workspace Workspace, HitGroup Group);
}
