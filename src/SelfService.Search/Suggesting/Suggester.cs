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
    public const int MostWords = 12;
    public const float FirstInTitle = 2;

    /// <summary>Looking through one document takes about as long as looking up this many forms.</summary>
    private const int FormsADocumentCosts = 4;

    /// <summary>What a word is worth by <see cref="FormFit"/> and <see cref="NamePlace"/>.</summary>
    public static readonly float[][] Worth =
        [.. new[] { 0, 0.3f, 1, 1.2f }.Select(fit => new[] { 1, 1.5f, 3 }.Select(place => fit * place).ToArray())];

    private readonly Workspace _workspace = Workspace.Rent(snapshot.Documents.Length, snapshot.Postings.Length);

    private ulong[]? _listed;

    /// <summary>Best completions first.</summary>
    public List<Suggestion> Suggest(string typed, Audience audience, int limit, string? reader)
    {
        _listed = snapshot.Filters.Of(reader);
        List<string> words = WordReader.Words(SearchQuery.Parse(typed).Text);
        bool finished = char.IsWhiteSpace(typed[^1]);
        if (words.Count is 0 or > MostWords)
            return [];
        var forms = new List<WordForms>(words.Count);
        for (int i = 0; i < words.Count; i++)
            forms.Add(new WordForms(snapshot, weights, words[i], i == words.Count - 1 && !finished));
        int found = Match(words, forms, (byte)audience);
        List<Suggestion> suggestions = Best(found, forms, limit);
        for (int i = 0; i < found; i++)
            _workspace.Scores[_workspace.Found[i]] = 0;
        _workspace.Return();
        return suggestions;
    }

    /// <summary>Scores the documents that have every word in their names; returns how many were touched.</summary>
    private int Match(List<string> words, List<WordForms> forms, byte audience)
    {
        float[] scores = _workspace.Scores, here = _workspace.Frequencies;
        int found = 0;
        bool first = true;
        for (int i = 0; i < words.Count; i++)
        {
            // "de" in the middle of a title must not keep the article away; as the only word it is a start like any other.
            if (words.Count > 1 && language.StopWords.Contains(AccentFolding.Fold(words[i])) && (i < words.Count - 1 || !forms[i].Any()))
                continue;
            int touched = 0;
            if (!first && found * (long)FormsADocumentCosts < forms[i].Beginning.Length)
                touched = TouchFound(forms[i], found);
            else
                touched = TouchAll(forms[i], audience, first);
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

    /// <summary>Asks every document that is still left for the forms, where these are many and those are few.</summary>
    private int TouchFound(WordForms forms, int found)
    {
        byte[] fits = _workspace.Owners;
        float[] here = _workspace.Frequencies;
        int touched = 0;
        forms.Mark(fits);
        foreach (int slot in _workspace.Found.AsSpan(0, found))
        {
            IndexedDocument document = snapshot.Documents[slot]!;
            ReadOnlySpan<int> terms = document.Terms;
            ReadOnlySpan<uint> counts = document.Counts;
            for (int i = 0; i < counts.Length; i++)
            {
                if (NameIndex.PlaceOf(counts[i]) is not { } place || fits[terms[i]] == 0)
                    continue;
                if (here[slot] == 0)
                    _workspace.Touched[touched++] = slot;
                here[slot] = Math.Max(here[slot], Worth[fits[terms[i]]][(int)place]);
            }
        }

        forms.Unmark(fits);
        return touched;
    }

    private int TouchAll(WordForms forms, byte audience, bool first)
    {
        int touched = 0;
        foreach ((int form, FormFit fit) in forms.Known)
            touched = Touch(form, fit, audience, first, touched);
        foreach (int form in forms.Beginning)
        {
            if (!forms.Known.ContainsKey(form))
                touched = Touch(form, FormFit.Started, audience, first, touched);
        }

        return touched;
    }

    /// <summary>Notes what a form is worth in each document it names; returns how many were touched.</summary>
    private int Touch(int form, FormFit fit, byte audience, bool first, int touched)
    {
        byte[] audiences = snapshot.Audiences;
        float[] scores = _workspace.Scores, here = _workspace.Frequencies;
        float[] worth = Worth[(int)fit];
        foreach (uint name in snapshot.Names.Of(form))
        {
            int slot = (int)(name >> 2);
            if (audiences[slot] > audience || (_listed is not null && !Bits.Has(_listed, slot)) || (!first && scores[slot] <= 0))
                continue;
            if (here[slot] == 0)
                _workspace.Touched[touched++] = slot;
            here[slot] = Math.Max(here[slot], worth[(int)(name & 3)]);
        }

        return touched;
    }

    private List<Suggestion> Best(int found, List<WordForms> forms, int limit)
    {
        byte[] fits = _workspace.Owners;
        forms[0].Mark(fits);
        // A list of at most `limit`, kept in order: nearly every document only fails one comparison.
        var best = new List<Candidate>(limit + 1);
        ReadOnlySpan<NameLead> leads = snapshot.Names.Leads;
        foreach (int slot in _workspace.Found.AsSpan(0, found))
        {
            ref readonly NameLead lead = ref leads[slot];
            float score = _workspace.Scores[slot];
            if (lead.FirstTerm >= 0 && fits[lead.FirstTerm] >= (byte)FormFit.Started)
                score += FirstInTitle;
            var candidate = new Candidate(score * weights.FactorOf(lead.Usefulness), lead.TitleLength, slot);
            int at = best.Count;
            while (at > 0 && Compare(candidate, best[at - 1]) < 0)
                at--;
            if (at == limit)
                continue;
            best.Insert(at, candidate);
            if (best.Count > limit)
                best.RemoveAt(limit);
        }

        forms[0].Unmark(fits);
        return best.ConvertAll(candidate => Make(snapshot.Documents[candidate.Slot]!, forms));
    }

    /// <summary>Better first, then the shorter title, then by id.</summary>
    private int Compare(Candidate one, Candidate other)
    {
        int order = other.Score.CompareTo(one.Score);
        order = order != 0 ? order : one.TitleLength.CompareTo(other.TitleLength);
        return order != 0
            ? order
            : string.CompareOrdinal(snapshot.Documents[one.Slot]!.Source.Id, snapshot.Documents[other.Slot]!.Source.Id);
    }

    /// <summary>The article, or the one heading of it that has every word the title has not.</summary>
    public static Suggestion Make(IndexedDocument document, List<WordForms> forms)
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
            foreach (WordForms form in forms)
            {
                foreach (int token in tokens)
                {
                    if (form.Has(token < 0 ? ~token : token))
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

    private readonly record struct Candidate(float Score, int TitleLength, int Slot);
}
