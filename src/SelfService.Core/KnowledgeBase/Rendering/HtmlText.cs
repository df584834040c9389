using System.Text;
using AngleSharp.Dom;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>
/// A sanitised document as HTML text. AngleSharp's own writer asks every node for its next sibling, which is quadratic: a
/// list of 40,000 lines took it four seconds. After the sanitiser no element is left whose text is not escaped.
/// </summary>
internal static class HtmlText
{
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "br", "col", "hr", "img", "input" };

    /// <summary>What is inside <paramref name="root"/>.</summary>
    public static string Inside(IElement root)
    {
        var html = new StringBuilder();
        Children(html, root);
        return html.ToString();
    }

    private static void Children(StringBuilder html, INode parent)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
            {
                Escaped(html, text.Data, quotes: false);
            }
            else if (node is IElement element)
            {
                Element(html, element);
            }
        }
    }

    private static void Element(StringBuilder html, IElement element)
    {
        html.Append('<').Append(element.LocalName);
        foreach (var attribute in element.Attributes)
        {
            html.Append(' ').Append(attribute.Name).Append("=\"");
            Escaped(html, attribute.Value, quotes: true);
            html.Append('"');
        }

        html.Append('>');
        if (Void.Contains(element.LocalName))
        {
            return;
        }

        if (element.LocalName == "pre" && element.FirstChild is IText { Data: ['\n', ..] })
        {
            // A parser drops the first line end of a pre.
            html.Append('\n');
        }

        Children(html, element);
        html.Append("</").Append(element.LocalName).Append('>');
    }

    /// <summary>Characters of a text, or of the value of an attribute.</summary>
    public static void Escaped(StringBuilder html, string text, bool quotes)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '\u00A0' => html.Append("&nbsp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' when quotes => html.Append("&quot;"),
                _ => html.Append(c),
            };
        }
    }
}
