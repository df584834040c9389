using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;
using SelfService.Search;

namespace SelfService.Core.Synonyms;

/// <summary>What editors have the search know beside the company's lines.</summary>
/// <param name="Text">Lines in the syntax of the file; comments are theirs to keep.</param>
/// <param name="Off">Lines of the file that are not to be used, as they stand there. One that the file no longer has is kept and means nothing.</param>
public sealed record SynonymRules(string Text, IReadOnlyList<string> Off)
{
    public const int MaxLines = 500;

    /// <summary>Characters of a line.</summary>
    public const int MaxLineLength = 300;

    /// <summary>Words and expressions of a line: each of them finds each of the others, so that their number counts squared.</summary>
    public const int MaxWays = 20;

    private const int QuotedLength = 80;

    /// <summary>Nobody has written anything.</summary>
    public static readonly SynonymRules None = new("", []);

    /// <summary>What was typed, as it is kept.</summary>
    public static SynonymRules Of(string? text, IEnumerable<string?>? off) =>
        new(PlainText.Body(text), [.. (off ?? []).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>Whether the search is told the same.</summary>
    public bool IsSame(SynonymRules other) => Text == other.Text && Off.Order(StringComparer.Ordinal).SequenceEqual(other.Off.Order(StringComparer.Ordinal));

    /// <summary>Lines that cannot be saved, each with its number and the reason; empty when all can.</summary>
    /// <param name="language">Of the site: an expression needs a word that is none of its stop words.</param>
    public IReadOnlyList<ContentProblem> Problems(SearchLanguage language)
    {
        var lines = Text.Split('\n');
        if (lines.Length > MaxLines)
        {
            return [ContentProblem.Error(ProblemKind.SynonymsTooMany, MaxLines + 1, $"{MaxLines}")];
        }

        var problems = new List<ContentProblem>();
        for (var at = 0; at < lines.Length; at++)
        {
            var isLong = lines[at].Length > MaxLineLength;
            if (isLong || lines[at].Replace("=>", ",", StringComparison.Ordinal).Count(c => c == ',') >= MaxWays)
            {
                problems.Add(isLong ? ContentProblem.Error(ProblemKind.SynonymsTooLong, at + 1, $"{MaxLineLength}") : ContentProblem.Error(ProblemKind.SynonymsTooWide, at + 1, $"{MaxWays}"));
                lines[at] = "";
            }
        }

        problems.AddRange(language.WithSynonyms(string.Join('\n', lines)).Problems.Select(p => ContentProblem.Error(KindOf(p), p.Line, p.Text.Cut(QuotedLength))));
        return [.. problems.OrderBy(p => p.Line)];
    }

    internal static ProblemKind KindOf(LanguageProblem problem) => problem.Reason switch
    {
        "one-side" => ProblemKind.WordsOneSide,
        "no-word" => ProblemKind.WordsMissing,
        _ => ProblemKind.WordsTooLong,
    };
}
