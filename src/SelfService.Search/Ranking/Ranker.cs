using SelfService.Search.Highlighting;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>Runs a plan against a snapshot: filter, score, read closely, cut the page.</summary>
internal sealed class Ranker(Snapshot snapshot, RankingWeights weights)
{
    public SearchResults Run(QueryPlan plan, SearchRequest request)
    {
        Workspace workspace = Workspace.Rent(snapshot.Documents.Length, snapshot.Postings.Length);
        var scorer = new WordScorer(snapshot, weights, workspace);
        scorer.Score(plan);
        (List<Candidate> candidates, Dictionary<string, int> topics) = Filter(plan, request, workspace, scorer.Matched);
        var reader = new CloseReader(snapshot, weights, workspace, plan, scorer.Values);
        ReadBest(plan, candidates, reader);
        List<SearchHit> hits = Page(plan, request, candidates, workspace);
        reader.Clear();
        scorer.Clear();
        workspace.Return();
        return new SearchResults(candidates.Count, hits, topics, plan.Correction);
    }

    private (List<Candidate>, Dictionary<string, int>) Filter(
        QueryPlan plan, SearchRequest request, Workspace workspace, int matched)
    {
        HashSet<int>? withPhrases = SlotsWithPhrases(plan, request.Audience);
        int[] counts = new int[snapshot.Topics.Length];
        int wanted = request.Topic is null ? -1 : Array.IndexOf(snapshot.Topics, request.Topic);
        var candidates = new List<Candidate>(Math.Min(matched, 1024));
        for (int i = 0; i < matched; i++)
        {
            int slot = workspace.Matched[i];
            if (snapshot.Audiences[slot] > (byte)request.Audience || withPhrases?.Contains(slot) == false)
                continue;
            int topic = snapshot.TopicOf[slot];
            counts[topic]++;
            if (request.Topic is null || topic == wanted)
                candidates.Add(new Candidate(slot, workspace.Scores[slot], default));
        }

        var topics = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int topic = 0; topic < counts.Length; topic++)
        {
            if (counts[topic] > 0)
                topics[snapshot.Topics[topic]] = counts[topic];
        }

        return (candidates, topics);
    }

    /// <summary>
    /// Documents that hold every phrase of a query which is nothing but quoted phrases, otherwise null: quotes within a
    /// longer question (a pasted error message) are an emphasis. When no document holds them the words count as if they
    /// had not been quoted, which helps more than an empty page.
    /// </summary>
    private HashSet<int>? SlotsWithPhrases(QueryPlan plan, Audience audience)
    {
        if (!plan.IsAllQuoted)
            return null;
        HashSet<int>? slots = null;
        foreach (int[][] phrase in plan.Phrases)
        {
            IEnumerable<int> found = PhraseMatch.Find(snapshot, phrase)
                .Select(match => match.Slot)
                .Where(slot => snapshot.Audiences[slot] <= (byte)audience);
            slots = slots is null ? [.. found] : [.. slots.Intersect(found)];
        }

        return slots is { Count: 0 } ? null : slots;
    }

    private float QuotedBonus(QueryPlan plan, IndexedDocument document, CloseReader reader)
    {
        int held = plan.Phrases.Count(phrase => PhraseMatch.Holds(document, phrase));
        return held * weights.QuotedPhrase * reader.Mass;
    }

    private void ReadBest(QueryPlan plan, List<Candidate> candidates, CloseReader reader)
    {
        candidates.Sort(ByScore);
        int examined = Math.Min(weights.Examined, candidates.Count);
        for (int i = 0; i < examined; i++)
        {
            Candidate candidate = candidates[i];
            IndexedDocument document = snapshot.Documents[candidate.Slot]!;
            Reading reading = reader.Read(document);
            float score = candidate.Score + reading.Bonus + QuotedBonus(plan, document, reader);
            candidates[i] = candidate with { Score = score, Reading = reading };
        }

        // The bonus is never negative, so the examined stay ahead of the others on every page.
        candidates.Sort(0, examined, Comparer<Candidate>.Create(ByScore));
    }

    private List<SearchHit> Page(QueryPlan plan, SearchRequest request, List<Candidate> candidates, Workspace workspace)
    {
        var highlighter = new Highlighter(snapshot, plan, workspace);
        int first = Math.Clamp(request.Offset, 0, candidates.Count);
        int count = Math.Clamp(request.Limit, 0, candidates.Count - first);
        var hits = new List<SearchHit>(count);
        foreach (Candidate candidate in candidates.GetRange(first, count))
        {
            IndexedDocument document = snapshot.Documents[candidate.Slot]!;
            SearchDocument source = document.Source;
            SearchSection? section = candidate.Reading.Section >= 0 ? source.Sections[candidate.Reading.Section] : null;
            hits.Add(new SearchHit(
                source,
                candidate.Score,
                string.IsNullOrEmpty(section?.Anchor) ? null : section,
                highlighter.Mark(source.Title),
                highlighter.Snippet(document, candidate.Reading)));
        }

        return hits;
    }

    private int ByScore(Candidate one, Candidate other)
    {
        int order = other.Score.CompareTo(one.Score);
        return order != 0
            ? order
            : string.CompareOrdinal(snapshot.Documents[one.Slot]!.Source.Id, snapshot.Documents[other.Slot]!.Source.Id);
    }

    private readonly record struct Candidate(int Slot, float Score, Reading Reading);
}
