namespace SelfService.Search.Explaining;

/// <summary>What found a document; the groups come in this order whatever the scores.</summary>
public enum HitGroup
{
    /// <summary>The words of the query, its synonyms and corrections.</summary>
    Words,

    /// <summary>Only words that stand beside those of the query, which found too little.</summary>
    Beside,

    /// <summary>Only stop words, after the words beside those of the query.</summary>
    StopWords,
}

/// <summary>A part of a document's text.</summary>
public enum TextField
{
    /// <summary>The title.</summary>
    Title,

    /// <summary>A keyword.</summary>
    Keywords,

    /// <summary>The heading of a section.</summary>
    Heading,

    /// <summary>The summary.</summary>
    Summary,

    /// <summary>The text of a section.</summary>
    Body,
}

/// <summary>Why a hit has its score: the points of its words and of the close reading.</summary>
/// <param name="Group">What found it.</param>
/// <param name="Words">The words of the query that the document has.</param>
/// <param name="Reading">Points of the close reading; null when the document was not among those read closely.</param>
public sealed record HitExplanation(HitGroup Group, IReadOnlyList<WordPoints> Words, ReadingPoints? Reading)
{
    /// <summary>All points together: the score of the hit.</summary>
    public double Sum => Words.Sum(word => word.Points) + (Reading?.Sum ?? 0);
}

/// <summary>What one word of the query gave a document.</summary>
/// <param name="Word">The word.</param>
/// <param name="Forms">The forms of it that the document has.</param>
/// <param name="Points">Its share of the score.</param>
public sealed record WordPoints(ExplainedWord Word, IReadOnlyList<FormCounts> Forms, double Points);

/// <summary>How often a form stands in each field of a document; more than fifteen times is fifteen, save in the body.</summary>
/// <param name="Form">The form.</param>
/// <param name="Title">Times in the title.</param>
/// <param name="Keywords">Times in the keywords.</param>
/// <param name="Headings">Times in the headings.</param>
/// <param name="Summary">Times in the summary.</param>
/// <param name="Body">Times in the text of the sections.</param>
public sealed record FormCounts(ExplainedForm Form, int Title, int Keywords, int Headings, int Summary, int Body);

/// <summary>What close reading gave a document, in points.</summary>
/// <param name="Title">For a title that says the same as the query.</param>
/// <param name="Naming">For a title or a short line that names what the query asks for.</param>
/// <param name="Passage">For the sentence, keyword, heading or list item that comes nearest to the query.</param>
/// <param name="Coverage">For how much of the query the document holds.</param>
/// <param name="Proximity">For neighbours in the query that are neighbours in the document.</param>
/// <param name="Quoted">For phrases in quotes.</param>
/// <param name="Usefulness">What usefulness proven by readers makes of all the other points; below 0 where they found that it does not help.</param>
public sealed record ReadingPoints(
    double Title, double Naming, double Passage, double Coverage, double Proximity, double Quoted, double Usefulness)
{
    /// <summary>The passage that came nearest, empty when there is none.</summary>
    public string PassageText { get; init; } = "";

    /// <summary>Where that passage stands.</summary>
    public TextField PassageField { get; init; }

    /// <summary>All of them together.</summary>
    public double Sum => Title + Naming + Passage + Coverage + Proximity + Quoted + Usefulness;
}
