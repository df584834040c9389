using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using SelfService.Core.Company;

namespace SelfService.Web.Mail;

/// <summary>
/// The body of a mail, from its template and the values, as HTML and as plain text at once. A value is text wherever it
/// stands: escaped in HTML, as it is in plain text. A paragraph that names something this mail has not is left out.
/// </summary>
public sealed partial class MailBody
{
    private readonly IReadOnlyDictionary<string, string> values;
    private readonly string buttonStyle;
    private readonly StringBuilder html = new();
    private readonly List<string> paragraphs = [];
    private bool quoting;

    private MailBody(IReadOnlyDictionary<string, string> values, string buttonStyle) => (this.values, this.buttonStyle) = (values, buttonStyle);

    public string Html => html.ToString();

    public string Text => string.Join("\n\n", paragraphs);

    /// <summary>Fills the template.</summary>
    public static MailBody Of(MailTemplate template, IReadOnlyDictionary<string, string> values, BrandColour brand)
    {
        var body = new MailBody(values, MailLook.Button(brand));
        body.Write(template.Body);
        return body;
    }

    /// <summary>Text as it may stand in HTML, in an attribute too.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    private void Write(ContainerBlock container)
    {
        foreach (var block in container.Where(IsFilled))
        {
            Write(block);
        }
    }

    // Headings are paragraphs set strong: a mail this short needs no outline.
    private void Write(Block block)
    {
        switch (block)
        {
            case ParagraphBlock { Inline: { FirstChild: LinkInline { IsImage: false } link } inline } when link == inline.LastChild && IsSafe(Address(link)):
                Button(link);
                break;
            case ParagraphBlock { Inline: { } inline }:
                Paragraph($"<p style=\"{MailLook.Paragraph}\">", inline, "</p>");
                break;
            case HeadingBlock { Inline: { } inline }:
                Paragraph($"<p style=\"{MailLook.Paragraph}\"><strong>", inline, "</strong></p>");
                break;
            case QuoteBlock quote:
                Quote(quote);
                break;
            case ListBlock list:
                List(list);
                break;
            case ContainerBlock inner:
                Write(inner);
                break;
        }
    }

    private void Paragraph(string start, Inline inline, string end)
    {
        var text = new StringBuilder();
        html.Append(start);
        Write(inline, text);
        html.Append(end);
        paragraphs.Add(text.ToString().Trim());
    }

    // The address stands below as well: some programs show no links, and some people do not trust them.
    private void Button(LinkInline link)
    {
        var address = Address(link);
        var label = new StringBuilder();
        Put($"<p style=\"{MailLook.Paragraph}\"><a class=\"button\" style=\"{buttonStyle}\" href=\"{Escape(address)}\">");
        Children(link, label);
        Put($"</a></p><p class=\"quiet\" style=\"{MailLook.Small}\">{Escape(address)}</p>");
        paragraphs.Add($"{label}:\n{address}");
    }

    private void Quote(QuoteBlock quote)
    {
        var first = paragraphs.Count;
        Put($"<blockquote class=\"quote\" style=\"{MailLook.Quote}\">");
        quoting = true;
        Write((ContainerBlock)quote);
        quoting = false;
        html.Append("</blockquote>");
        var quoted = string.Join("\n\n", paragraphs.Skip(first)).Split('\n').Select(line => $"> {line}".TrimEnd());
        paragraphs.RemoveRange(first, paragraphs.Count - first);
        paragraphs.Add(string.Join('\n', quoted));
    }

    private void List(ListBlock list)
    {
        var first = paragraphs.Count;
        var tag = list.IsOrdered ? "ol" : "ul";
        var number = 0;
        var lines = new List<string>();
        Put($"<{tag} style=\"{MailLook.List}\">");
        foreach (var item in list.OfType<ListItemBlock>().Where(IsFilled))
        {
            html.Append("<li>");
            Write((ContainerBlock)item);
            html.Append("</li>");
            number++;
            lines.Add($"{(list.IsOrdered ? $"{number}." : "-")} {string.Join("\n  ", paragraphs.Skip(first))}");
            paragraphs.RemoveRange(first, paragraphs.Count - first);
        }

        Put($"</{tag}>");
        paragraphs.Add(string.Join('\n', lines));
    }

    private bool IsFilled(Block block) => block switch
    {
        LeafBlock { Inline: { } inline } => inline.Descendants().SelectMany(Names).All(name => values.GetValueOrDefault(name, "").Length > 0),
        LeafBlock => false,
        ContainerBlock inner => inner.Any(IsFilled),
        _ => false,
    };

    private static IEnumerable<string> Names(MarkdownObject part) => part switch
    {
        LiteralInline literal => MailPlaceholders.In(literal.Content.ToString()),
        CodeInline code => MailPlaceholders.In(code.Content),
        LinkInline link => MailPlaceholders.In(link.Url ?? ""),
        _ => [],
    };

    private void Write(Inline inline, StringBuilder text)
    {
        switch (inline)
        {
            case LiteralInline literal:
                Literal(literal.Content.ToString(), text);
                break;
            case CodeInline code:
                Literal(code.Content, text);
                break;
            case HtmlEntityInline entity:
                Literal(entity.Transcoded.ToString(), text);
                break;
            case LineBreakInline line:
                html.Append(line.IsHard ? "<br>" : " ");
                text.Append(line.IsHard ? '\n' : ' ');
                break;
            case EmphasisInline emphasis:
                var tag = emphasis.DelimiterCount > 1 ? "strong" : "em";
                Put($"<{tag}>");
                Children(emphasis, text);
                Put($"</{tag}>");
                break;
            case LinkInline { IsImage: false } link when IsSafe(Address(link)):
                Put($"<a class=\"link\" style=\"{MailLook.Link}\" href=\"{Escape(Address(link))}\">");
                Children(link, text);
                html.Append("</a>");
                text.Append(" (").Append(Address(link)).Append(')');
                break;
            case ContainerInline container:
                Children(container, text);
                break;
        }
    }

    private void Put(string markup) => html.Append(markup);

    private void Children(ContainerInline container, StringBuilder text)
    {
        foreach (var child in container)
        {
            Write(child, text);
        }
    }

    private void Literal(string content, StringBuilder text)
    {
        var filled = MailPlaceholders.Fill(content, values);
        text.Append(filled);
        html.Append((quoting ? Linked(filled) : Escape(filled)).Replace("\n", "<br>", StringComparison.Ordinal));
    }

    // Escaping first and linking after would take an entity into the address.
    private static string Linked(string text)
    {
        var result = new StringBuilder();
        var done = 0;
        foreach (Match match in WebAddress().Matches(text))
        {
            var address = Escape(match.Value);
            var link = $"<a class=\"link\" style=\"{MailLook.Link}\" href=\"{address}\">{address}</a>";
            result.Append(Escape(text[done..match.Index])).Append(link);
            done = match.Index + match.Length;
        }

        return result.Append(Escape(text[done..])).ToString();
    }

    private string Address(LinkInline link) => MailPlaceholders.Fill(link.Url ?? "", values);

    private static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" or "tel";

    // The last sign of a sentence is not part of the address.
    [GeneratedRegex(@"\bhttps?://[^\s<>""']{1,2000}(?<![.,;:!?)\]…»])", RegexOptions.IgnoreCase)]
    private static partial Regex WebAddress();
}
