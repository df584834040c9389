using System.Text;
using AngleSharp.Dom;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>Splits a rendered article into its sections as plain text, for search and for the table of contents.</summary>
internal static class ArticleSections
{
    public static IReadOnlyList<ArticleSection> Of(IElement body)
    {
        var sections = new List<ArticleSection>();
        var text = new StringBuilder();
        var (anchor, heading, level) = ("", "", 0);
        IElement? insideHeading = null;

        foreach (var node in body.Descendants())
        {
            if (insideHeading is not null && insideHeading.Contains(node))
            {
                continue;
            }

            insideHeading = null;
            if (node is IElement element)
            {
                if (element.LocalName is "h2" or "h3" or "h4" or "h5" or "h6")
                {
                    Close();
                    (anchor, heading, level) = (element.Id ?? "", Collapse(element.TextContent), element.LocalName[1] - '0');
                    insideHeading = element;
                }
                else if (element.LocalName == "img" && element.GetAttribute("alt") is { Length: > 0 } alternative)
                {
                    text.Append(' ').Append(alternative).Append(' ');
                }
                else if (element.LocalName is "p" or "li" or "td" or "th" or "dt" or "dd" or "br" or "pre" or "figcaption" or "summary")
                {
                    text.Append(' ');
                }
            }
            else if (node is IText content && node.ParentElement?.ClassList.Contains("visually-hidden") != true)
            {
                text.Append(content.Data);
            }
        }

        Close();
        return sections;

        void Close()
        {
            var collapsed = Collapse(text.ToString());
            if (collapsed.Length > 0 || heading.Length > 0)
            {
                sections.Add(new ArticleSection(anchor, heading, level, collapsed));
            }

            text.Clear();
        }
    }

    internal static string Collapse(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var range in text.AsSpan().SplitAny(" \n\t\r\u00A0"))
        {
            var word = text.AsSpan(range);
            if (!word.IsEmpty)
            {
                result.Append(result.Length > 0 ? " " : "").Append(word);
            }
        }

        return result.ToString();
    }
}
