using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Synonyms;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Editor;

/// <summary>The synonyms as they are written in the browser.</summary>
public sealed class SynonymForm
{
    private const int QuestionLength = 200;

    /// <summary>The edition that it began from; 0 for none.</summary>
    public int Base { get; set; }

    public string? Rules { get; set; }

    /// <summary>Lines of the file that are not to be used.</summary>
    public List<string> Off { get; set; } = [];

    /// <summary>What she wants to try, one a line.</summary>
    public string? Questions { get; set; }

    /// <summary>Both texts in one, where she asks for them instead of hers.</summary>
    public string? Together { get; set; }

    public IReadOnlyList<string> Asked => [.. (Questions ?? "").Split('\n').Select(q => PlainText.Line(q).Cut(QuestionLength)).Where(q => q.Length > 0).Distinct()];

    /// <summary>What was typed. A switch of a line that the file has lost stays for when it comes back.</summary>
    /// <param name="lines">Of the file.</param>
    /// <param name="before">The newest edition.</param>
    public SynonymRules Typed(IReadOnlyList<string> lines, SynonymEdition? before) =>
        SynonymRules.Of(Rules, [.. Off.Intersect(lines), .. (before?.Off ?? []).Except(lines)]);

    /// <summary>Shows rules in it.</summary>
    public void Show(int number, SynonymRules rules) => (Base, Rules, Off) = (number, rules.Text, [.. rules.Off]);
}
