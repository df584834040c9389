using SelfService.Search.Analysis;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Suggesting;

/// <summary>
/// Completes what is being typed from titles, headings and keywords of one snapshot. Every finished word must be there;
/// the last one may be the start of a word.
/// </summary>
internal sealed class Suggester(Snapshot snapshot, SearchLanguage language, RankingWeights weights)
{
    private const int MostWords = 12;
    private const int ShortestMisspelt = 4;
    private const float InTitle = 3, InHeading = 1.5f, InKeywords = 1;
    private const float FirstInTitle = 2;
    private const float WholeWord = 1.2f;

    private readonly Workspace _workspace = Workspace.Rent(snapshot.Documents.Length, snapshot.Postings.Length);

    /// <summary>Best completions first.</summary>
    public List<Suggestion> Suggest(string typed, Audience audience, int limit)
    {
        List<string> words = WordReader.Words(SearchQuery.Parse(typed).Text);
        bool finished = char.IsWhiteSpace(typed[^1]);
        if (words.Count is 0 or > MostWords)
            return [];
        var forms = new List<HashSet<int>>(words.Count);
        for (int i = 0; i < words.Count; i++)
            forms.Add(Forms(words[i], i == words.Count - 1 && !finished));
        int found = Match(words, forms, (byte)audience);
        List<Suggestion> suggestions = Best(found, forms, limit);
        for (int i = 0; i < found; i++)
            _workspace.Scores[_workspace.Matched[i]] = 0;
        _workspace.Return();
        return suggestions;
    }

    /// <summary>Forms that are the word or, when it may be unfinished, start with it; nearest known words as a last resort.</summary>
    private HashSet<int> Forms(string word, bool mayGoOn)
    {
        string key = SpanishStemmer.Stem(word).Noun;
        var forms = new HashSet<int>(snapshot.Words.OfNoun(key).Concat(snapshot.Words.OfNounWithEnye(key)).Where(snapshot.Knows));
        if (mayGoOn)
            AddStartingWith(AccentFolding.Fold(word), forms);
        if (forms.Count > 0 || word.Length < ShortestMisspelt)
            return forms;
        var near = new List<WeightedTerm>();
        new SpellingCorrection(snapshot, weights).Correct(word, near);
        forms.UnionWith(near.Select(term => term.Term));
        if (mayGoOn)
            AddStartingNearly(AccentFolding.Fold(word), forms);
        return forms;
    }

    /// <summary>Forms whose start sounds like what was typed: <i>embi</i> for <i>envíos</i>.</summary>
    private void AddStartingNearly(string typed, HashSet<int> forms)
    {
        float limit = Math.Min(1, SpanishEditDistance.Limit(typed.Length));
        for (int id = 0; id < snapshot.Postings.Length; id++)
        {
            string folded = snapshot.Words[id].Folded;
            if (folded.Length >= typed.Length && folded[0] == typed[0] && snapshot.Knows(id)
                && SpanishEditDistance.Between(typed, folded[..typed.Length], limit) <= limit)
                forms.Add(id);
        }
    }

    private void AddStartingWith(string prefix, HashSet<int> forms)
    {
        int[] order = snapshot.ByFolded;
        int low = 0, high = order.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (string.CompareOrdinal(snapshot.Words[order[middle]].Folded, prefix) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < order.Length && snapshot.Words[order[low]].Folded.StartsWith(prefix, StringComparison.Ordinal); low++)
        {
            if (snapshot.Knows(order[low]))
                forms.Add(order[low]);
        }
    }

    /// <summary>Scores the documents that have every word in their names; returns how many were touched.</summary>
    private int Match(List<string> words, List<HashSet<int>> forms, byte audience)
    {
        float[] scores = _workspace.Scores, here = _workspace.Frequencies;
        int found = 0;
        bool first = true;
        for (int i = 0; i < words.Count; i++)
        {
            // "de" in the middle of a title must not keep the article away; as the only word it is a start like any other.
            if (words.Count > 1 && language.StopWords.Contains(AccentFolding.Fold(words[i])) && (i < words.Count - 1 || forms[i].Count == 0))
                continue;
            int touched = 0;
            foreach (int form in forms[i])
            {
                float quality = snapshot.Words[form].Folded.Length == words[i].Length ? WholeWord : 1;
                foreach (ulong posting in snapshot.Postings[form]!)
                {
                    int slot = (int)(posting >> 32);
                    if (((uint)posting & Occurrences.NamesMask) == 0 || snapshot.Audiences[slot] > audience
                        || (!first && scores[slot] <= 0))
                        continue;
                    if (here[slot] == 0)
                        _workspace.Touched[touched++] = slot;
                    here[slot] = Math.Max(here[slot], quality * Worth((uint)posting));
                }
            }

            found = Keep(touched, found, first);
            first = false;
        }

        return found;
    }

    /// <summary>Adds this word's worth to the documents that have it, and drops those that have not.</summary>
    private int Keep(int touched, int found, bool first)
    {
        float[] scores = _workspace.Scores, here = _workspace.Frequencies;
        if (!first)
        {
            foreach (int slot in _workspace.Matched.AsSpan(0, found))
            {
                if (here[slot] == 0)
                    scores[slot] = 0;
            }
        }

        for (int i = 0; i < touched; i++)
        {
            int slot = _workspace.Touched[i];
            scores[slot] += here[slot];
            here[slot] = 0;
            _workspace.Matched[i] = slot;
        }

        return touched;
    }

    private static float Worth(uint counts) =>
        Occurrences.Count(counts, Field.Title) > 0 ? InTitle
        : Occurrences.Count(counts, Field.Heading) > 0 ? InHeading
        : InKeywords;

    private List<Suggestion> Best(int found, List<HashSet<int>> forms, int limit)
    {
        // A list of at most `limit`, kept in order: nearly every document only fails one comparison.
        var best = new List<(float Score, SearchDocument Document, int Slot)>();
        foreach (int slot in _workspace.Matched.AsSpan(0, found))
        {
            IndexedDocument document = snapshot.Documents[slot]!;
            float score = _workspace.Scores[slot] + (float)Math.Clamp(document.Source.Usefulness, 0, 1);
            if (document.Lengths[(int)Field.Title] > 0 && forms[0].Contains(document.Tokens[0]))
                score += FirstInTitle;
            var entry = (score, document.Source, slot);
            int at = best.Count;
            while (at > 0 && Compare(entry, best[at - 1]) < 0)
                at--;
            if (at == limit)
                continue;
            best.Insert(at, entry);
            if (best.Count > limit)
                best.RemoveAt(limit);
        }

        return best.ConvertAll(entry => Make(snapshot.Documents[entry.Slot]!, forms));
    }

    /// <summary>Better first, then the shorter title, then by id.</summary>
    private static int Compare((float Score, SearchDocument Document, int) one, (float Score, SearchDocument Document, int) other)
    {
        int order = other.Score.CompareTo(one.Score);
        order = order != 0 ? order : one.Document.Title.Length.CompareTo(other.Document.Title.Length);
        return order != 0 ? order : string.CompareOrdinal(one.Document.Id, other.Document.Id);
    }

    /// <summary>The article, or the one heading of it that has every word the title has not.</summary>
    private static Suggestion Make(IndexedDocument document, List<HashSet<int>> forms)
    {
        SearchDocument source = document.Source;
        int most = 0;
        SearchSection? heading = null;
        for (int p = 0; p < document.Passages.Length; p++)
        {
            Passage passage = document.Passages[p];
            if (passage.Field is not (Field.Title or Field.Heading))
                continue;
            ReadOnlySpan<int> tokens = document.Tokens.AsSpan(passage.Start..document.EndOf(p));
            int words = 0;
            foreach (HashSet<int> form in forms)
            {
                foreach (int token in tokens)
                {
                    if (form.Contains(token < 0 ? ~token : token))
                    {
                        words++;
                        break;
                    }
                }
            }

            if (words > most)
                (most, heading) = (words, passage.Field == Field.Title ? null : source.Sections[passage.Section]);
        }

        return string.IsNullOrEmpty(heading?.Anchor)
            ? new Suggestion(source.Title, source.Url, null, source.Topic)
            : new Suggestion(source.Title, $"{source.Url}#{heading.Anchor}", heading.Heading, source.Topic);
    }
}
