using SelfService.Search.Analysis;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;
using SelfService.Search.Suggesting;

namespace SelfService.Search.Tests.Suggesting;

/// <summary>
/// What suggestions are, said as plainly as it can be: every document is looked at, every word of its title, headings and
/// keywords is compared with every typed word, and the best are sorted out of all.
/// </summary>
internal sealed class PlainSuggester(Snapshot snapshot, SearchLanguage language)
{
    public List<string> Suggest(string typed, Audience audience, int limit)
    {
        List<string> words = WordReader.Words(SearchQuery.Parse(typed).Text);
        if (words.Count is 0 or > 12)
            return [];
        bool finished = char.IsWhiteSpace(typed[^1]);
        Dictionary<int, float>[] worth = [.. words.Select((word, i) => Worth(word, i == words.Count - 1 && !finished))];
        return
        [
            .. snapshot.Documents.OfType<IndexedDocument>().Where(document => document.Source.Audience <= audience)
                .Select(document => (Document: document.Source, Score: Score(document, words, worth)))
                .Where(found => found.Score > 0)
                .OrderByDescending(found => found.Score).ThenBy(found => found.Document.Title.Length).ThenBy(found => found.Document.Id, StringComparer.Ordinal)
                .Take(limit).Select(found => found.Document.Id),
        ];
    }

    private Dictionary<int, float> Worth(string word, bool mayGoOn)
    {
        string folded = AccentFolding.Fold(word), key = SpanishStemmer.Stem(word).Noun;
        var worth = new Dictionary<int, float>();
        int[] known = [.. Enumerable.Range(0, snapshot.Words.Count).Where(snapshot.Knows)];
        foreach (int form in known)
        {
            Term term = snapshot.Words[form];
            bool same = term.Stem.Noun == key || (term.Stem.Noun.Contains('ñ', StringComparison.Ordinal) && AccentFolding.FoldEnye(term.Stem.Noun) == key);
            if (same || (mayGoOn && term.Folded.StartsWith(folded, StringComparison.Ordinal)))
                worth[form] = term.Folded.Length == word.Length ? 1.2f : 1;
            else if (mayGoOn && folded.Length >= PartIndex.Shortest && term.Folded.Contains(folded, StringComparison.Ordinal))
                worth[form] = 0.3f;
        }

        if (worth.Count > 0 || folded.Length < PartIndex.Shortest)
            return worth;
        var near = new List<WeightedTerm>();
        new SpellingCorrection(snapshot, RankingWeights.Default).Correct(word, near);
        var sounding = new List<int>();
        if (mayGoOn)
            snapshot.Words.Parts.FindBeginning(folded, sounding);
        float most = Math.Min(1, SpanishEditDistance.Limit(folded.Length));
        sounding.RemoveAll(form => snapshot.Words[form].Folded is var other
            && (other.Length < folded.Length || SpanishEditDistance.Between(folded, other[..folded.Length], most) > most));
        foreach (int form in near.Select(term => term.Term).Concat(sounding).Where(snapshot.Knows))
            worth[form] = 1;
        return worth;
    }

    private float Score(IndexedDocument document, List<string> words, Dictionary<int, float>[] worth)
    {
        float score = 0;
        for (int i = 0; i < words.Count; i++)
        {
            if (words.Count > 1 && language.StopWords.Contains(AccentFolding.Fold(words[i])) && (i < words.Count - 1 || worth[i].Count == 0))
                continue;
            float best = 0;
            for (int t = 0; t < document.Terms.Length; t++)
            {
                uint counts = document.Counts[t];
                float place = Occurrences.Count(counts, Field.Title) > 0 ? 3
                    : Occurrences.Count(counts, Field.Heading) > 0 ? 1.5f
                    : Occurrences.Count(counts, Field.Keywords) > 0 ? 1 : 0;
                best = Math.Max(best, place * worth[i].GetValueOrDefault(document.Terms[t]));
            }

            if (best == 0)
                return 0;
            score += best;
        }

        if (score == 0)
            return 0;
        bool isFirst = document.Lengths[(int)Field.Title] > 0 && worth[0].GetValueOrDefault(document.Tokens[0]) >= 1;
        return (score + (isFirst ? 2 : 0)) * RankingWeights.Default.FactorOf(document.Usefulness);
    }
}
