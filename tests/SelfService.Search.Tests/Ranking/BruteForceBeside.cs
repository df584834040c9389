using SelfService.Search.Analysis;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Tests.Ranking;

/// <summary>
/// The same, for queries that find too little: which words stand beside those of the query is counted by reading every
/// visible document.
/// </summary>
internal sealed class BruteForceBeside(
    IReadOnlyList<SearchDocument> documents, IReadOnlyList<SearchDocument> visible, QueryPlan plan, Vocabulary words, RankingWeights weights)
{
    private readonly Dictionary<string, HashSet<string>> _forms = documents.ToDictionary(
        document => document.Id, document => BruteForce.Lines(document).SelectMany(line => line.Tokens).Select(token => token.Form).ToHashSet());

    /// <summary>Ids and scores, in groups: own words, words beside them, stop words; a single group when enough was found.</summary>
    public List<List<(string Id, double Score)>> Rank()
    {
        var ranking = new BruteForce(documents, plan, words, weights);
        List<SearchDocument>[] found = [.. plan.Words.Select(word => word.IsStopWord ? [] : Holding(FormsOf(word)))];
        HashSet<string> own = [.. found.SelectMany(list => list).Select(document => document.Id)];
        QueryPlan beside = Beside(found);
        if (own.Count >= weights.TooFewHits || beside.Words.Count == 0)
            return [ranking.Rank(IsVisible)];
        HashSet<string> related = [.. beside.Words.SelectMany(word => Holding(FormsOf(word))).Select(document => document.Id).Except(own)];
        return
        [
            ranking.Rank(document => IsVisible(document) && own.Contains(document.Id)),
            new BruteForce(documents, beside, words, weights).Rank(document => IsVisible(document) && related.Contains(document.Id)),
            ranking.Rank(document => IsVisible(document) && !own.Contains(document.Id) && !related.Contains(document.Id)),
        ];
    }

    private bool IsVisible(SearchDocument document) => visible.Contains(document);

    private string[] FormsOf(QueryWord word) => [.. word.Terms.Select(term => words[term.Term].Form)];

    private List<SearchDocument> Holding(string[] forms) => [.. visible.Where(document => _forms[document.Id].Overlaps(forms))];

    private QueryPlan Beside(List<SearchDocument>[] found)
    {
        string[] taken = [.. plan.Words.SelectMany(FormsOf).Select(form => SpanishStemmer.Stem(form).Noun)];
        ILookup<string, string> byNoun = _forms.Values.SelectMany(forms => forms).Distinct()
            .Where(form => form.Length > 2 && form.All(char.IsLetter) && !SearchLanguage.Default.StopWords.Contains(AccentFolding.Fold(form)))
            .ToLookup(form => SpanishStemmer.Stem(form).Noun);
        var used = new HashSet<string>();
        var added = new List<QueryWord>();
        for (int w = 0; w < plan.Words.Count; w++)
        {
            var word = new QueryWord { Typed = "", Weight = plan.Words[w].Weight, IsStopWord = false };
            foreach (IGrouping<string, string> noun in byNoun
                .Where(noun => !taken.Contains(noun.Key) && Strength(found[w], Holding([.. noun])) >= weights.RelatedStrength)
                .OrderByDescending(noun => Strength(found[w], Holding([.. noun]))).ThenBy(noun => noun.Key, StringComparer.Ordinal)
                .Take(weights.MostRelated))
            {
                if (used.Add(noun.Key))
                    word.Terms.AddRange(noun.Select(form => new WeightedTerm(words.Find(form), weights.Related)));
            }

            if (word.Terms.Count > 0)
                added.Add(word);
        }

        return new QueryPlan(added, [], null);
    }

    /// <summary>Twice the sum of seen × ln(seen / expected) over the four cells of the table.</summary>
    private double Strength(List<SearchDocument> one, List<SearchDocument> other)
    {
        int common = one.Intersect(other).Count(), all = visible.Count;
        if (common < weights.RelatedCommon || common == other.Count || common < weights.RelatedShare * other.Count || common * all <= one.Count * other.Count)
            return 0;
        double sum = 0;
        foreach (bool inOne in new[] { true, false })
        {
            foreach (bool inOther in new[] { true, false })
            {
                double seen = visible.Count(document => one.Contains(document) == inOne && other.Contains(document) == inOther);
                double expected = (double)visible.Count(document => one.Contains(document) == inOne) * visible.Count(document => other.Contains(document) == inOther) / all;
                sum += seen > 0 ? seen * Math.Log(seen / expected) : 0;
            }
        }

        return 2 * sum;
    }
}
