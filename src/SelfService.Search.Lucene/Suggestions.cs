using Lucene.Net.Index;
using Lucene.Net.Search;
using SelfService.Search.Analysis;
using SelfService.Search.Lucene.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;
using SelfService.Search.Suggesting;

namespace SelfService.Search.Lucene;

/// <summary>
/// Completes what is typed with the titles, headings and keywords that have every word of it, from the lists of these three
/// fields. What it answers is what the memory engine answers.
/// </summary>
internal sealed class Suggestions(IndexView view, RankingWeights weights)
{
    private static readonly (string Field, NamePlace Place)[] Places = [(IndexFields.Keywords, NamePlace.Keywords), (IndexFields.Heading, NamePlace.Heading), (IndexFields.Title, NamePlace.Title)];

    /// <summary>Best completions first.</summary>
    public List<Suggestion> For(string typed, Audience audience, int limit, string? reader)
    {
        List<string> words = WordReader.Words(SearchQuery.Parse(typed).Text);
        bool finished = char.IsWhiteSpace(typed[^1]);
        if (words.Count is 0 or > Suggester.MostWords)
            return [];
        List<WordForms> forms = [.. words.Select((word, i) => new WordForms(view, weights, word, i == words.Count - 1 && !finished))];
        // "de" in the middle of a title must not keep the article away; as the only word it is a start like any other.
        List<WordForms> wanted = [.. forms.Where((form, i) => words.Count == 1
            || !view.Language.StopWords.Contains(AccentFolding.Fold(words[i])) || (i == words.Count - 1 && form.Any()))];
        var fits = new byte[view.Holders.Length];
        forms[0].Mark(fits);
        var best = new List<Candidate>(limit + 1);
        foreach (Segment segment in view.Segments)
        {
            foreach ((int doc, float score) in Match(segment, wanted, audience, reader))
                Keep(best, Weighed(segment, doc, score, fits), limit);
        }

        return best.ConvertAll(candidate => Suggester.Make(view.Document(candidate.Slot), forms));
    }

    /// <summary>The documents of a segment that have every word in their names, and what the words are worth there.</summary>
    private Dictionary<int, float> Match(Segment segment, List<WordForms> words, Audience audience, string? reader)
    {
        Dictionary<int, float>? found = null;
        foreach (WordForms word in words)
        {
            var here = new Dictionary<int, float>();
            foreach ((string field, NamePlace place) in Places)
            {
                var postings = new Postings(segment, field);
                foreach ((int form, FormFit fit) in word.Known)
                    Touch(postings, form, Suggester.Worth[(int)fit][(int)place], here);
                foreach (int form in word.Beginning)
                {
                    if (!word.Known.ContainsKey(form))
                        Touch(postings, form, Suggester.Worth[(int)FormFit.Started][(int)place], here);
                }
            }

            Dictionary<int, float>? last = found;
            found = [];
            foreach ((int doc, float worth) in here)
            {
                if (last is null ? segment.IsFor(doc, audience, reader) : last.ContainsKey(doc))
                    found[doc] = worth + (last?[doc] ?? 0);
            }
        }

        return found ?? [];
    }

    private void Touch(Postings postings, int form, float worth, Dictionary<int, float> here)
    {
        for (DocsEnum? docs = postings.Of(view.Words[form].Form); docs is not null && docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS;)
            here[docs.DocID] = Math.Max(here.GetValueOrDefault(docs.DocID), worth);
    }

    private Candidate Weighed(Segment segment, int doc, float score, byte[] fits)
    {
        string first = segment.Columns.FirstWords[doc];
        int term = first.Length == 0 ? -1 : view.Words.Find(first);
        if (term >= 0 && term < fits.Length && fits[term] >= (byte)FormFit.Started)
            score += Suggester.FirstInTitle;
        return new Candidate(score * weights.FactorOf(segment.Columns.Usefulness[doc]), segment.Columns.TitleLengths[doc], segment.Columns.Ids[doc], segment.Base + doc);
    }

    private static void Keep(List<Candidate> best, Candidate candidate, int limit)
    {
        int at = best.Count;
        while (at > 0 && Compare(candidate, best[at - 1]) < 0)
            at--;
        if (at == limit)
            return;
        best.Insert(at, candidate);
        if (best.Count > limit)
            best.RemoveAt(limit);
    }

    /// <summary>Better first, then the shorter title, then by id.</summary>
    private static int Compare(Candidate one, Candidate other)
    {
        int order = other.Score.CompareTo(one.Score);
        order = order != 0 ? order : one.TitleLength.CompareTo(other.TitleLength);
        return order != 0 ? order : string.CompareOrdinal(one.Id, other.Id);
    }

    private readonly record struct Candidate(float Score, int TitleLength, string Id, int Slot);
}
