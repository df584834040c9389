using System.Text;
using AngleSharp.Dom;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.KnowledgeBase.LiveData;

/// <summary>Puts figures into one text, and remembers which.</summary>
/// <param name="figures">Null for a text in which nothing is named.</param>
internal sealed class LiveText(LiveFigures? figures, RenderWords words)
{
    /// <summary>Class of what was put in, so that nobody takes it for written by hand.</summary>
    internal const string Class = "live";

    /// <summary>Figures and snippets that one text may name; what comes after them stays as it is written, and says so.</summary>
    internal const int Most = 1_000;

    private const string Prefix = LiveReference.Snippet + ":";

    // What snippets may add to a text, in characters: as much as the longest text itself.
    private const int MostAdded = Content.TextFile.MaxBytes;

    private int named;
    private int added;

    private readonly Dictionary<string, string?> used = new(StringComparer.Ordinal);

    /// <summary>The figures it names.</summary>
    public IReadOnlyList<UsedFigure> Used => [.. used.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => new UsedFigure(u.Key, u.Value))];

    /// <summary>Countries that a block can be for; null where nobody knows.</summary>
    public IReadOnlySet<string>? Countries => figures?.Countries;

    /// <summary>Markdown with its snippets in place, except in fenced code. A snippet holds no other.</summary>
    public string WithSnippets(string markdown)
    {
        if (figures is null || !LiveReference.MayBeIn(markdown))
        {
            return markdown;
        }

        var text = new StringBuilder(markdown.Length);
        var fence = "";
        foreach (var line in markdown.Split('\n'))
        {
            var start = line.TrimStart();
            var mark = start.StartsWith("```", StringComparison.Ordinal) ? "```" : start.StartsWith("~~~", StringComparison.Ordinal) ? "~~~" : "";
            var isCode = fence.Length > 0;
            fence = isCode && mark == fence ? "" : isCode ? fence : mark;
            text.Append(isCode ? line : LiveReference.Replace(line, Markdown)).Append('\n');
        }

        return text.ToString(0, text.Length - 1);
    }

    /// <summary>Puts the figures into a parsed text, except in code.</summary>
    public void Fill(IDocument document, IElement body)
    {
        foreach (var text in figures is null ? [] : body.Descendants<IText>().Where(t => LiveReference.MayBeIn(t.Data)).ToList())
        {
            if (text.ParentElement?.Closest("code,pre") is null)
            {
                Fill(document, text);
            }
        }
    }

    private void Fill(IDocument document, IText text)
    {
        var (parts, at) = (new List<INode>(), 0);
        foreach (var (place, key) in LiveReference.In(text.Data))
        {
            if (named == Most)
            {
                used[LiveReference.Misplaced + key] = null;
                break;
            }

            named++;
            parts.Add(document.CreateTextNode(text.Data[at..place.Start.Value]));
            parts.Add(Shown(document, key, isInLink: text.ParentElement!.Closest("a") is not null));
            at = place.End.Value;
        }

        if (at > 0)
        {
            parts.Add(document.CreateTextNode(text.Data[at..]));
            text.Replace([.. parts]);
        }
    }

    private INode Shown(IDocument document, string key, bool isInLink)
    {
        var isMisplaced = key.StartsWith(Prefix, StringComparison.Ordinal) && figures![key] is not null;
        var figure = isMisplaced ? null : figures![key];
        used[isMisplaced ? LiveReference.Misplaced + key : key] = figure?.Stamp;
        if (figure is null)
        {
            var mark = document.CreateElement("mark");
            mark.SetAttribute("title", LiveReference.Written(key));
            mark.TextContent = words.UnknownFigure;
            return mark;
        }

        var shown = document.CreateElement(figure.Href is null || isInLink ? "span" : "a");
        shown.ClassName = Class;
        shown.TextContent = figure.Text;
        if (shown.LocalName == "a")
        {
            shown.SetAttribute("href", figure.Href!);
        }

        return shown;
    }

    private string? Markdown(string key)
    {
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || figures![key] is not { } snippet || added + snippet.Text.Length > MostAdded)
        {
            return null;
        }

        added += snippet.Text.Length;

        used[key] = snippet.Stamp;
        return snippet.Text;
    }
}
