using SelfService.Search.Explaining;
using SelfService.Search.Indexing;
using SelfService.Search.Querying;

namespace SelfService.Search.Ranking;

/// <summary>The part that says why; asked only for the hits of a page, and only when somebody wants to know.</summary>
internal sealed partial class RankingRun
{
    /// <summary>Longest passage that is quoted, in characters.</summary>
    private const int LongestPassage = 240;

    /// <summary>The words of the query as they were understood, in order.</summary>
    public IReadOnlyList<ExplainedWord> ExplainWords() => [.. _plan.Words.Select(Explain)];

    /// <summary>Where the score of one document of the page comes from.</summary>
    public HitExplanation Explain(Candidate candidate, HitGroup group)
    {
        var words = new List<WordPoints>();
        for (int i = 0; i < _plan.Words.Count; i++)
        {
            List<FormCounts> forms = FormsIn(candidate.Slot, _plan.Words[i]);
            if (forms.Count > 0)
                words.Add(new WordPoints(Explain(_plan.Words[i], i), forms, _scorer.PointsOf(i, candidate.Slot)));
        }

        // What is not among the best by words alone keeps the score of its words.
        bool isRead = Math.Max(candidate.Points, candidate.Score) > candidate.Words;
        return new HitExplanation(group, words, isRead ? Explain(candidate) : null);
    }

    private ReadingPoints Explain(Candidate candidate)
    {
        IndexedDocument document = _snapshot.Documents[candidate.Slot]!;
        ReadingParts parts = candidate.Reading.Parts;
        float mass = _reader!.Mass;
        var points = new ReadingPoints(
            parts.Title * mass,
            parts.Naming * mass,
            parts.Passage * mass,
            parts.Coverage * mass,
            parts.Proximity * mass,
            QuotedBonus(document),
            candidate.Score - candidate.Points);
        int passage = candidate.Reading.Passage;
        return passage < 0 ? points : points with
        {
            PassageText = PassageText(document, passage),
            PassageField = (TextField)document.Passages[passage].Field,
        };
    }

    private ExplainedWord Explain(QueryWord word, int index)
    {
        IEnumerable<ExplainedForm> forms = word.Terms.Select(Explain).Concat(word.Alternatives.Select(Explain));
        return new ExplainedWord(
            word.Typed,
            word.IsStopWord,
            word.Weight > 0 ? _scorer.Values[index] / word.Weight : 0,
            word.Weight,
            [.. forms.OrderByDescending(form => form.Weight).ThenBy(form => form.Form, StringComparer.Ordinal)]);
    }

    private ExplainedForm Explain(WeightedTerm term) => new(_snapshot.Words[term.Term].Form, term.Relation, term.Weight);

    private static ExplainedForm Explain(PhraseAlternative alternative) =>
        new(string.Join(' ', alternative.Source.Words), Relation.Expression, alternative.Weight);

    /// <summary>The forms of a word that a document has, the most telling first.</summary>
    private List<FormCounts> FormsIn(int slot, QueryWord word)
    {
        var forms = new List<FormCounts>();
        foreach (WeightedTerm term in word.Terms)
            Add(_snapshot.Postings[term.Term]!, Explain(term));
        foreach (PhraseAlternative alternative in word.Alternatives)
            Add(_snapshot.Phrases.Find(_snapshot, alternative).Postings, Explain(alternative));
        forms.Sort((one, other) => other.Form.Weight.CompareTo(one.Form.Weight));
        return forms;

        void Add(ulong[] postings, ExplainedForm form)
        {
            int index = new WordSource(postings, [], null, 1, -1).IndexOf(slot);
            if (index < 0)
                return;
            var counts = (uint)postings[index];
            forms.Add(new FormCounts(form, Times(Field.Title), Times(Field.Keywords), Times(Field.Heading), Times(Field.Summary), Times(Field.Body)));

            int Times(Field field) => (int)Occurrences.Count(counts, field);
        }
    }

    /// <summary>A keyword as the index has it; any other passage as it was written.</summary>
    private string PassageText(IndexedDocument document, int number)
    {
        Passage passage = document.Passages[number];
        SearchDocument source = document.Source;
        string text = passage.Field switch
        {
            Field.Summary => source.Summary,
            Field.Heading => source.Sections[passage.Section].Heading,
            Field.Body => source.Sections[passage.Section].Text,
            _ => "",
        };
        if (text.Length == 0)
            return string.Join(' ', document.Tokens[passage.Start..document.EndOf(number)].Where(token => token >= 0).Select(token => _snapshot.Words[token].Form));
        int end = text.Length;
        if (number + 1 < document.Passages.Length && document.Passages[number + 1] is var next && next.Field == passage.Field && next.Section == passage.Section)
            end = next.Offset;
        if (end - passage.Offset <= LongestPassage)
            return text[passage.Offset..end].Trim();
        int cut = text.LastIndexOf(' ', passage.Offset + LongestPassage, LongestPassage);
        return text[passage.Offset..(cut > passage.Offset ? cut : passage.Offset + LongestPassage)].Trim() + "…";
    }
}
