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
        (int total, Dictionary<string, int> topics) = Filter(plan, request, workspace, scorer.Matched);
        var reader = new CloseReader(snapshot, weights, workspace, plan, scorer.Values);
        Candidate[] candidates = ReadBest(plan, Best(request, workspace, total), reader);
        List<SearchHit> hits = Page(plan, request, candidates, reader, workspace);
        reader.Clear();
        scorer.Clear();
        workspace.Return();
        return new SearchResults(total, hits, topics, plan.Correction);
    }

    /// <summary>
    /// Leaves the slots that pass every filter in <see cref="Workspace.Touched"/> and returns how many they are.
    /// </summary>
    private (int Total, Dictionary<string, int> Topics) Filter(
        QueryPlan plan, SearchRequest request, Workspace workspace, int matched)
    {
        HashSet<int>? withPhrases = SlotsWithPhrases(plan, request.Audience);
        int[] counts = new int[snapshot.Topics.Length];
        int wanted = request.Topic is null ? -1 : Array.IndexOf(snapshot.Topics, request.Topic);
        int total = 0;
        foreach (int slot in workspace.Matched.AsSpan(0, matched))
        {
            if (snapshot.Audiences[slot] > (byte)request.Audience || withPhrases?.Contains(slot) == false)
                continue;
            int topic = snapshot.TopicOf[slot];
            counts[topic]++;
            if (request.Topic is null || topic == wanted)
                workspace.Touched[total++] = slot;
        }

        var topics = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int topic = 0; topic < counts.Length; topic++)
        {
            if (counts[topic] > 0)
                topics[snapshot.Topics[topic]] = counts[topic];
        }

        return (total, topics);
    }

    /// <summary>The best by words alone, in order: those to be read closely and those up to the end of the page.</summary>
    private Candidate[] Best(SearchRequest request, Workspace workspace, int total)
    {
        long end = Math.Max(0L, request.Offset) + Math.Max(0, request.Limit);
        int wanted = (int)Math.Min(total, Math.Max(weights.Examined, end));
        var comparer = Comparer<Candidate>.Create(ByScore);
        // A heap whose root is the worst of the best: most documents fail one comparison and cost no more.
        var heap = new PriorityQueue<int, Candidate>(wanted + 1, Comparer<Candidate>.Create((one, other) => ByScore(other, one)));
        foreach (int slot in workspace.Touched.AsSpan(0, total))
        {
            var candidate = new Candidate(slot, workspace.Scores[slot], Reading.None);
            if (heap.Count < wanted)
            {
                heap.Enqueue(slot, candidate);
            }
            else if (wanted > 0 && heap.TryPeek(out _, out Candidate worst)
                && candidate.Score >= worst.Score && ByScore(candidate, worst) < 0)
            {
                heap.DequeueEnqueue(slot, candidate);
            }
        }

        Candidate[] best = [.. heap.UnorderedItems.Select(item => item.Priority)];
        Array.Sort(best, comparer);
        return best;
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

    private Candidate[] ReadBest(QueryPlan plan, Candidate[] candidates, CloseReader reader)
    {
        int examined = Math.Min(weights.Examined, candidates.Length);
        for (int i = 0; i < examined; i++)
        {
            Candidate candidate = candidates[i];
            IndexedDocument document = snapshot.Documents[candidate.Slot]!;
            Reading reading = reader.Read(document);
            float score = candidate.Score + reading.Bonus + QuotedBonus(plan, document, reader);
            candidates[i] = candidate with { Score = score, Reading = reading };
        }

        // The bonus is never negative, so the examined stay ahead of the others on every page.
        Array.Sort(candidates, 0, examined, Comparer<Candidate>.Create(ByScore));
        return candidates;
    }

    private List<SearchHit> Page(QueryPlan plan, SearchRequest request, Candidate[] candidates, CloseReader reader, Workspace workspace)
    {
        var highlighter = new Highlighter(snapshot, plan, workspace);
        int first = Math.Clamp(request.Offset, 0, candidates.Length);
        int count = Math.Clamp(request.Limit, 0, candidates.Length - first);
        var hits = new List<SearchHit>(count);
        for (int i = first; i < first + count; i++)
        {
            Candidate candidate = candidates[i];
            IndexedDocument document = snapshot.Documents[candidate.Slot]!;
            SearchDocument source = document.Source;
            // Far down the list the order comes from the words alone, but what is shown is read all the same.
            Reading reading = i < weights.Examined ? candidate.Reading : reader.Read(document);
            SearchSection? section = reading.Section >= 0 ? source.Sections[reading.Section] : null;
            hits.Add(new SearchHit(
                source,
                candidate.Score,
                string.IsNullOrEmpty(section?.Anchor) ? null : section,
                highlighter.Mark(source.Title),
                highlighter.Snippet(document, reading)));
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
