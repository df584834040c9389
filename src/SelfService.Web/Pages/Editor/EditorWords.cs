using System.Globalization;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Checks;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>What was found in an article, in words.</summary>
public sealed class EditorWords(IStringLocalizer<Texts> texts)
{
    private const int MaxParagraphs = 200;
    private const int ParagraphLength = 120;

    /// <summary>What to mend.</summary>
    public string Say(Finding finding) => texts["EditorFinding." + finding.Kind, finding.Detail];

    /// <summary>What could not be shown as it was written.</summary>
    public string Problem(ContentProblem problem) => ContentWordsReader.Describe(problem, CultureInfo.CurrentUICulture);

    public string Icon(FindingWeight weight) => weight switch { FindingWeight.Blocking => "stop", FindingWeight.Warning => "alert", _ => "bulb" };

    public string Class(FindingWeight weight) => weight switch { FindingWeight.Blocking => "is-blocking", FindingWeight.Warning => "is-warning", _ => "is-hint" };

    /// <summary>How hard it is to read.</summary>
    public string Level(Readability readability) =>
        texts["EditorReadability." + readability.Level, readability.Score.ToString("0", CultureInfo.CurrentCulture), readability.WordsPerSentence.ToString("0", CultureInfo.CurrentCulture)];

    /// <summary>Beginnings of its parts, to name what a comment is about.</summary>
    public IEnumerable<string> Paragraphs(Revision revision) =>
        revision.Body.Split('\n').Select(l => l.Trim(' ', '#', '*', '>', '-', '|')).Where(l => l.Length > 2).Select(l => l.Cut(ParagraphLength)).Distinct().Take(MaxParagraphs);
}
