using System.Globalization;
using System.Text;
using AngleSharp.Html.Parser;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.Tickets;

/// <summary>
/// What agents write is Markdown of the simplest kind: emphasis, lists, links, quotes and code, and every line end stays. It is rendered
/// once, before it is stored, with the allow-list of articles as the last step; what is beyond the limits stays as it is written.
/// </summary>
public static class MessageMarkdown
{
    private static readonly HtmlParser Parser = new();
    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>The text as HTML; empty where it is beyond the limits and is shown as plain text.</summary>
    public static string Html(string markdown)
    {
        if (Parse(markdown) is not { } parsed)
        {
            return "";
        }

        using var document = Parser.ParseDocument("<body></body>");
        var body = document.Body!;
        body.InnerHtml = parsed.ToHtml(Pipeline);
        foreach (var image in body.QuerySelectorAll("img").ToList())
        {
            // Pictures are attachments: another site's would learn who reads.
            image.Replace(document.CreateTextNode(image.GetAttribute("alt") ?? ""));
        }

        HtmlSanitizer.Sanitize(body);
        foreach (var link in body.QuerySelectorAll("a"))
        {
            link.SetAttribute("rel", "noopener noreferrer");
        }

        return body.InnerHtml.Trim();
    }

    /// <summary>The text as one reads it without marks, for the plain part of a mail: links written out, lists with their signs.</summary>
    public static string Plain(string markdown)
    {
        if (Parse(markdown) is not { } parsed)
        {
            return markdown;
        }

        var text = new StringBuilder();
        Write(text, parsed, "");
        return text.ToString().Trim();
    }

    private static MarkdownDocument? Parse(string markdown)
    {
        if (markdown.Length > Message.BodyMaxLength || MarkdownLimits.CheckMarkdown(markdown) is not null)
        {
            return null;
        }

        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig's own guard against deep nesting.
            return null;
        }
    }

    // Headings and rules are for articles: a line of «---» or «# 5» in an answer is what it looks like.
    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UseSoftlineBreakAsHardlineBreak();
        builder.BlockParsers.TryRemove<HeadingBlockParser>();
        builder.BlockParsers.TryRemove<ThematicBreakParser>();
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        builder.BlockParsers.FindExact<ParagraphBlockParser>()!.ParseSetextHeadings = false;
        return builder.Build();
    }

    private static void Write(StringBuilder text, ContainerBlock container, string margin)
    {
        var number = container is ListBlock { IsOrdered: true } ordered && int.TryParse(ordered.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var block in container)
        {
            switch (block)
            {
                case ListItemBlock item:
                    var sign = container is ListBlock { IsOrdered: true } ? $"{number++}. " : "- ";
                    var inner = new StringBuilder();
                    Write(inner, item, "");
                    Lines(text, inner.ToString().Trim(), margin + sign, margin + new string(' ', sign.Length));
                    break;
                case QuoteBlock quote:
                    Break(text);
                    var quoted = new StringBuilder();
                    Write(quoted, quote, "");
                    Lines(text, quoted.ToString().Trim(), margin + "> ", margin + "> ");
                    break;
                case ContainerBlock other:
                    Break(text);
                    Write(text, other, margin);
                    break;
                case CodeBlock code:
                    Break(text);
                    Lines(text, code.Lines.ToString(), margin, margin);
                    break;
                case LeafBlock { Inline: { } inline }:
                    Break(text);
                    var words = new StringBuilder();
                    Write(words, inline);
                    Lines(text, words.ToString(), margin, margin);
                    break;
            }
        }
    }

    private static void Write(StringBuilder text, ContainerInline container)
    {
        foreach (var inline in container)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content);
                    break;
                case LineBreakInline:
                    text.Append('\n');
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded);
                    break;
                case AutolinkInline auto:
                    text.Append(auto.Url);
                    break;
                case LinkInline { IsImage: false, Url: { Length: > 0 } url } link:
                    var label = new StringBuilder();
                    Write(label, link);
                    text.Append(label.ToString() == url || label.Length == 0 ? url : $"{label} ({url})");
                    break;
                case ContainerInline inner:
                    Write(text, inner);
                    break;
            }
        }
    }

    // A blank line between blocks; none before the first.
    private static void Break(StringBuilder text)
    {
        if (text.Length > 0)
        {
            text.Append('\n');
        }
    }

    private static void Lines(StringBuilder text, string lines, string first, string others)
    {
        var margin = first;
        foreach (var line in lines.Split('\n'))
        {
            text.Append($"{margin}{line}".TrimEnd()).Append('\n');
            margin = others;
        }
    }
}
