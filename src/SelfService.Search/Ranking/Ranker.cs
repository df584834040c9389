using SelfService.Search.Highlighting;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>A document on its way to the page.</summary>
/// <param name="Slot">Which document.</param>
/// <param name="Words">Score of the words alone.</param>
/// <param name="Score">The whole score.</param>
/// <param name="Reading">What close reading found.</param>
internal readonly record struct Candidate(int Slot, float Words, float Score, Reading Reading);

/// <summary>Runs a plan against a snapshot: filter, score, read closely, cut the page.</summary>
internal sealed class Ranker(Snapshot snapshot, RankingWeights weights)
{
    public SearchResults Run(QueryPlan plan, SearchRequest request)
    {
        Workspace workspace = Workspace.Rent(snapshot.Documents.Length, snapshot.Postings.Length);
        var run = new RankingRun(snapshot, weights, workspace, plan, request);
        List<Candidate> page = run.Page(out int total);
        Dictionary<string, int> topics = run.CountTopics();
        var highlighter = new Highlighter(plan, workspace);
        var hits = new List<SearchHit>(page.Count);
        foreach (Candidate candidate in page)
        {
            IndexedDocument document = snapshot.Documents[candidate.Slot]!;
            SearchDocument source = document.Source;
            SearchSection? section = candidate.Reading.Section >= 0 ? source.Sections[candidate.Reading.Section] : null;
            hits.Add(new SearchHit(
                source,
                candidate.Score,
                string.IsNullOrEmpty(section?.Anchor) ? null : section,
                highlighter.Title(document),
                highlighter.Snippet(document, candidate.Reading)));
        }

        run.Clear();
        workspace.Return();
        return new SearchResults(total, hits, topics, plan.Correction);
    }

    /// <summary>The ranking without texts and topics, for measuring: slots of the page.</summary>
    public int[] Slots(QueryPlan plan, SearchRequest request)
    {
        Workspace workspace = Workspace.Rent(snapshot.Documents.Length, snapshot.Postings.Length);
        var run = new RankingRun(snapshot, weights, workspace, plan, request);
        int[] slots = [.. run.Page(out _).Select(candidate => candidate.Slot)];
        run.Clear();
        workspace.Return();
        return slots;
    }
}
