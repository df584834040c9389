using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Checks;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Uploads;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>What was found in an article, in words.</summary>
public sealed class EditorWords(IStringLocalizer<Texts> texts)
{
    private const int MaxParagraphs = 200;
    private const int ParagraphLength = 120;
    private const int MaxLines = 20;

    /// <summary>What to mend.</summary>
    public string Say(Finding finding) => texts["EditorFinding." + finding.Kind, finding.Detail];

    /// <summary>What could not be shown as it was written.</summary>
    public string Problem(ContentProblem problem) => ContentWordsReader.Describe(problem, CultureInfo.CurrentUICulture);

    /// <summary>Where it is: file and line.</summary>
    public string Place(ContentProblem problem) => problem.Line > 0 ? texts["Import.AtLine", problem.File, problem.Line.ToString("N0", CultureInfo.CurrentCulture)] : problem.File;

    /// <summary>Why an archive is not taken, and what to do.</summary>
    public string Problem(ArchiveException problem) => texts["ImportRefused." + problem.Problem, problem.Entry, Limit(problem.Problem)];

    /// <summary>Where an archive is on its way, as a part of a key.</summary>
    public static string State(BroughtArchive archive) => archive switch
    {
        { IsAtWork: true } => "AtWork",
        { FinishedAt: null } => "Waiting",
        { Report: null } => "BrokeOff",
        _ => "Done",
    };

    public string Icon(ContentProblem problem) => Icon(Weight(problem));

    public string Class(ContentProblem problem) => Class(Weight(problem));

    /// <summary>Lines that cannot be used, each with its number and the reason; of many the first.</summary>
    public IReadOnlyList<string> Lines(IReadOnlyList<ContentProblem> problems) =>
    [
        .. problems.Take(MaxLines).Select(p => texts["Synonyms.Line", p.Line, Problem(p)].Value),
        .. problems.Skip(MaxLines).Take(1).Select(_ => texts["Synonyms.MoreProblems", problems.Count - MaxLines].Value),
    ];

    public string Icon(FindingWeight weight) => weight switch { FindingWeight.Blocking => "stop", FindingWeight.Warning => "alert", _ => "bulb" };

    public string Class(FindingWeight weight) => weight switch { FindingWeight.Blocking => "is-blocking", FindingWeight.Warning => "is-warning", _ => "is-hint" };

    /// <summary>How hard it is to read.</summary>
    public string Level(Readability readability) =>
        texts["EditorReadability." + readability.Level, readability.Score.ToString("0", CultureInfo.CurrentCulture), readability.WordsPerSentence.ToString("0", CultureInfo.CurrentCulture)];

    /// <summary>Beginnings of its parts, to name what a comment is about.</summary>
    public IEnumerable<string> Paragraphs(Revision revision) =>
        revision.Body.Split('\n').Select(l => l.Trim(' ', '#', '*', '>', '-', '|')).Where(l => l.Length > 2).Select(l => l.Cut(ParagraphLength)).Distinct().Take(MaxParagraphs);

    private static FindingWeight Weight(ContentProblem problem) =>
        problem.Severity switch { ProblemSeverity.Error => FindingWeight.Blocking, ProblemSeverity.Warning => FindingWeight.Warning, _ => FindingWeight.Hint };

    private static string Limit(ArchiveProblem problem) => problem switch
    {
        ArchiveProblem.TooLarge => (ArticleArchive.MaxBytes / 1024 / 1024).ToString(CultureInfo.CurrentCulture),
        ArchiveProblem.TooMuch => (ArticleArchive.MaxUnpacked / 1024 / 1024).ToString(CultureInfo.CurrentCulture),
        ArchiveProblem.TooManyFiles => ArticleArchive.MaxFiles.ToString("N0", CultureInfo.CurrentCulture),
        ArchiveProblem.TooDense => ArticleArchive.MaxRatio.ToString(CultureInfo.CurrentCulture),
        ArchiveProblem.NameUnusable => ArticleArchive.MaxNameLength.ToString(CultureInfo.CurrentCulture),
        _ => "",
    };
}
