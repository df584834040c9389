using System.Runtime.InteropServices;
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
    private const float InTitle = 3, InHeading = 1.5f, InKeywords = 1;
    private const float FirstInTitle = 2;
    private const float WholeWord = 1.2f, Started = 1, Inside = 0.3f;

    private readonly Workspace _workspace = Workspace.Rent(snapshot.Documents.Length, snapshot.Postings.Length);

    /// <summary>Best completions first.</summary>
    public List<Suggestion> Suggest(string typed, Audience audience, int limit)
    {
        List<string> words = WordReader.Words(SearchQuery.Parse(typed).Text);
        bool finished = char.IsWhiteSpace(typed[^1]);
        if (words.Count is 0 or > MostWords)
            return [];
        var forms = new List<Dictionary<int, float>>(words.Count);
        for (int i = 0; i < words.Count; i++)
            forms.Add(Forms(words[i], i == words.Count - 1 && !finished));
        int found = Match(words, forms, (byte)audience);
        List<Suggestion> suggestions = Best(found, forms, limit);
        for (int i = 0; i < found; i++)
            _workspace.Scores[_workspace.Found[i]] = 0;
        _workspace.Return();
        return suggestions;
    }

    /// <summary>
    /// Forms that are the word or, when it may be unfinished, start with it, and what each is worth. Words that hold it
    /// inside come after; nearest known words are the last resort.
    /// </summary>
    private Dictionary<int, float> Forms(string word, bool mayGoOn)
    {
        string key = SpanishStemmer.Stem(word).Noun, folded = AccentFolding.Fold(word);
        var forms = new Dictionary<int, float>();
        AddKnown(snapshot.Words.OfNoun(key), Started, forms);
        AddKnown(snapshot.Words.OfNounWithEnye(key), Started, forms);
        if (mayGoOn)
            AddKnown(snapshot.StartingWith(folded), Started, forms);
        foreach (int form in forms.Keys)
            forms[form] = snapshot.Words[form].Folded.Length == word.Length ? WholeWord : Started;
        if (folded.Length < PartIndex.Shortest)
            return forms;
        var near = new List<int>();
        if (mayGoOn)
        {
            snapshot.Words.Parts.FindInside(folded, near);
            near.RemoveAll(id => snapshot.Words[id].Folded.IndexOf(folded, 1, StringComparison.Ordinal) < 0);
            AddKnown(CollectionsMarshal.AsSpan(near), Inside, forms);
        }

        if (forms.Count > 0)
            return forms;
        var corrected = new List<WeightedTerm>();
        new SpellingCorrection(snapshot, weights).Correct(word, corrected);
        AddKnown([.. corrected.Select(term => term.Term)], Started, forms);
        if (mayGoOn)
            AddStartingNearly(folded, forms);
        return forms;
    }

    private void AddKnown(ReadOnlySpan<int> ids, float worth, Dictionary<int, float> forms)
    {
        foreach (int id in ids)
        {
            if (snapshot.Knows(id))
                forms.TryAdd(id, worth);
        }
    }

    /// <summary>Forms whose start sounds like what was typed: <i>embi</i> for <i>envíos</i>.</summary>
    private void AddStartingNearly(string typed, Dictionary<int, float> forms)
    {
        float limit = Math.Min(1, SpanishEditDistance.Limit(typed.Length));
        var near = new List<int>();
        snapshot.Words.Parts.FindBeginning(typed, near);
        near.RemoveAll(id => snapshot.Words[id].Folded is var folded
            && (folded.Length < typed.Length || SpanishEditDistance.Between(typed, folded[..typed.Length], limit) > limit));
        AddKnown(CollectionsMarshal.AsSpan(near), Started, forms);
    }

    /// <summary>Scores the documents that have every word in their names; returns how many were touched.</summary>
    private int Match(List<string> words, List<Dictionary<int, float>> forms, byte audience)
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
            foreach ((int form, float quality) in forms[i])
            {
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
            foreach (int slot in _workspace.Found.AsSpan(0, found))
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
            _workspace.Found[i] = slot;
        }

        return touched;
    }

    private static float Worth(uint counts) =>
        Occurrences.Count(counts, Field.Title) > 0 ? InTitle
        : Occurrences.Count(counts, Field.Heading) > 0 ? InHeading
        : InKeywords;

    private List<Suggestion> Best(int found, List<Dictionary<int, float>> forms, int limit)
    {
        // A list of at most `limit`, kept in order: nearly every document only fails one comparison.
        var best = new List<(float Score, SearchDocument Document, int Slot)>();
        foreach (int slot in _workspace.Found.AsSpan(0, found))
        {
            IndexedDocument document = snapshot.Documents[slot]!;
            float score = _workspace.Scores[slot] + (float)Math.Clamp(document.Source.Usefulness, 0, 1);
            if (document.Lengths[(int)Field.Title] > 0 && forms[0].TryGetValue(document.Tokens[0], out float quality) && quality >= Started)
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
    private static Suggestion Make(IndexedDocument document, List<Dictionary<int, float>> forms)
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
            foreach (Dictionary<int, float> form in forms)
            {
                foreach (int token in tokens)
                {
                    if (form.ContainsKey(token < 0 ? ~token : token))
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
