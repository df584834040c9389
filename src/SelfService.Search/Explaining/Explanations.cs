using SelfService.Search.Indexing;
using SelfService.Search.Querying;
using SelfService.Search.Ranking;

namespace SelfService.Search.Explaining;

/// <summary>What was worked out, in words for whoever wants to know why.</summary>
internal static class Explanations
{
    /// <summary>Longest passage that is quoted, in characters.</summary>
    private const int LongestPassage = 240;

    /// <summary>A word of the query as it was understood.</summary>
    /// <param name="value">Rarity times weight.</param>
    public static ExplainedWord Explained(this QueryWord word, float value, Vocabulary words) => new(
        word.Typed,
        word.IsStopWord,
        word.Weight > 0 ? value / word.Weight : 0,
        word.Weight,
        [
            .. word.Terms.Select(term => term.Explained(words)).Concat(word.Alternatives.Select(Explained))
                .OrderByDescending(form => form.Weight).ThenBy(form => form.Form, StringComparer.Ordinal),
        ]);

    public static ExplainedForm Explained(this WeightedTerm term, Vocabulary words) => new(words[term.Term].Form, term.Relation, term.Weight);

    public static ExplainedForm Explained(this PhraseAlternative alternative) =>
        new(string.Join(' ', alternative.Source.Words), Relation.Expression, alternative.Weight);

    /// <summary>The forms of a word that a document has, the most telling first; of an expression, the occurrences of its rarest word.</summary>
    public static List<FormCounts> FormsIn(this QueryWord word, IndexedDocument document, Vocabulary words)
    {
        var forms = new List<FormCounts>();
        foreach (WeightedTerm term in word.Terms)
        {
            if (CountsOf(document, term.Term) is var counts and > 0)
                forms.Add(term.Explained(words).Counted(counts));
        }

        foreach (PhraseAlternative alternative in word.Alternatives)
        {
            if (PhraseMatch.Holds(document, alternative.Words))
                forms.Add(alternative.Explained().Counted(alternative.Words.Min(forms => forms.Aggregate(0u, (sum, form) => Occurrences.Sum(sum, CountsOf(document, form))))));
        }

        forms.Sort((one, other) => other.Form.Weight.CompareTo(one.Form.Weight));
        return forms;
    }

    /// <summary>How often a form stands in each field.</summary>
    public static FormCounts Counted(this ExplainedForm form, uint counts)
    {
        return new FormCounts(form, Times(Field.Title), Times(Field.Keywords), Times(Field.Heading), Times(Field.Summary), Times(Field.Body));

        int Times(Field field) => (int)Occurrences.Count(counts, field);
    }

    /// <summary>What close reading gave a document.</summary>
    /// <param name="mass">What the whole query is worth.</param>
    /// <param name="quoted">For phrases in quotes.</param>
    public static ReadingPoints Explained(this Candidate candidate, IndexedDocument document, float mass, float quoted, Vocabulary words)
    {
        ReadingParts parts = candidate.Reading.Parts;
        var points = new ReadingPoints(
            parts.Title * mass,
            parts.Naming * mass,
            parts.Passage * mass,
            parts.Coverage * mass,
            parts.Proximity * mass,
            quoted,
            candidate.Score - candidate.Points);
        int passage = candidate.Reading.Passage;
        return passage < 0 ? points : points with
        {
            PassageText = PassageText(document, passage, words),
            PassageField = (TextField)document.Passages[passage].Field,
        };
    }

    private static uint CountsOf(IndexedDocument document, int term) =>
        Array.IndexOf(document.Terms, term) is var at and >= 0 ? document.Counts[at] : 0;

    /// <summary>A keyword as the index has it; any other passage as it was written.</summary>
    private static string PassageText(IndexedDocument document, int number, Vocabulary words)
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
            return string.Join(' ', document.Tokens[passage.Start..document.EndOf(number)].Where(token => token >= 0).Select(token => words[token].Form));
        int end = text.Length;
        if (number + 1 < document.Passages.Length && document.Passages[number + 1] is var next && next.Field == passage.Field && next.Section == passage.Section)
            end = next.Offset;
        if (end - passage.Offset <= LongestPassage)
            return text[passage.Offset..end].Trim();
        int cut = text.LastIndexOf(' ', passage.Offset + LongestPassage, LongestPassage);
        return text[passage.Offset..(cut > passage.Offset ? cut : passage.Offset + LongestPassage)].Trim() + "…";
    }
}
