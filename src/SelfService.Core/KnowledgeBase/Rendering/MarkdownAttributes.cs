using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>
/// The attribute lists of other generators: <c>## Título {#ancla}</c> (Hugo) and <c>{: .clase #ancla}</c> (kramdown, behind
/// a heading or on a line of its own below a block). Only a heading's id means something here; none is shown as text.
/// </summary>
internal static partial class MarkdownAttributes
{
    /// <summary>Takes every attribute list out of the text.</summary>
    /// <returns>Ids asked for, by heading.</returns>
    public static IReadOnlyDictionary<IElement, string> Take(IElement body)
    {
        var ids = new Dictionary<IElement, string>();
        foreach (var heading in body.QuerySelectorAll("h1,h2,h3,h4,h5,h6"))
        {
            if (heading.LastChild is IText text && OfHeading().Match(text.Data) is { Success: true } list)
            {
                text.Data = text.Data[..list.Index].TrimEnd();
                Note(ids, heading, list.Value);
            }
        }

        foreach (var block in body.QuerySelectorAll("p,li,dd,td").ToList())
        {
            if (block.LastChild is not IText text || OfBlock().Match(text.Data) is not { Success: true } list)
            {
                continue;
            }

            text.Data = text.Data[..list.Index];
            if (block.LocalName == "p" && block.ChildNodes.Length == 1 && text.Data.Length == 0)
            {
                if (block.PreviousElementSibling is { LocalName: ['h', >= '1' and <= '6'] } heading)
                {
                    Note(ids, heading, list.Value);
                }

                block.Remove();
            }
        }

        return ids;
    }

    private static void Note(Dictionary<IElement, string> ids, IElement heading, string list)
    {
        if (Id().Match(list) is { Success: true } id)
        {
            ids[heading] = id.Groups[1].Value;
        }
    }

    // Hugo's list needs a sign of what it is, so that "{usuario}" in a heading stays.
    [GeneratedRegex(@"\{(:[^{}\n]{0,200}|[#.][^{}\n]{1,200}|[A-Za-z-]{1,40}=[^{}\n]{1,200})\}\s*$")]
    private static partial Regex OfHeading();

    [GeneratedRegex(@"(^|\n)[ \t]*\{:[^{}\n]{0,200}\}\s*$")]
    private static partial Regex OfBlock();

    [GeneratedRegex(@"#([\w.:-]{1,100})")]
    private static partial Regex Id();
}
