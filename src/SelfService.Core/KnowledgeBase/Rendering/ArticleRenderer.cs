using System.Net;
using AngleSharp.Html.Parser;
using Markdig;
using Markdig.Renderers;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>
/// Markdown to the HTML that is stored and served: Markdig, then a parsed document that is transformed, then sanitised as
/// the last step. A text that is beyond the limits becomes escaped text with a warning; rendering never fails.
/// </summary>
/// <param name="current">Figures that texts can name; where it is left out, what looks like a name stays as it is written.</param>
public sealed class ArticleRenderer(RenderWords words, CurrentFigures? current = null)
{
    /// <summary>Raised when the output for the same text changes; stored articles are then rendered again at start.</summary>
    public const int CurrentVersion = 4;

    private const int WordsPerMinute = 200;

    // Named one by one: UseAdvancedExtensions adds attributes on any element and diagrams, and both have cost others dearly.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseGridTables()
        .UseTaskLists()
        .UseFootnotes()
        .UseDefinitionLists()
        .UseAlertBlocks()
        .UseFigures()
        .UseEmphasisExtras()
        .UseAbbreviations()
        .UseListExtras()
        .UseAutoLinks()
        .Use<CountryBlocks>()
        .Build();

    private static readonly HtmlParser Parser = new();

    /// <summary>The same for texts that are not rendered again when a figure changes.</summary>
    public ArticleRenderer WithoutFigures => new(words);

    /// <summary>Renders one article.</summary>
    /// <param name="title">Title of the page; a first heading that repeats it is left out.</param>
    /// <param name="markdown">Body of the article.</param>
    /// <param name="links">Meaning of the file's addresses.</param>
    public RenderedArticle Render(string title, string markdown, IArticleLinks links)
    {
        var live = new LiveText(current?.Figures, words);
        var text = live.WithSnippets(markdown);
        if (MarkdownLimits.CheckMarkdown(text) is { } tooMuch)
        {
            return Escaped(markdown, tooMuch);
        }

        string html;
        try
        {
            html = Html(text);
        }
        catch (TextTooLongException)
        {
            return Escaped(markdown, TooLarge);
        }
        catch (ArgumentException exception)
        {
            // Markdig's own guard against deep nesting.
            return Escaped(markdown, ContentProblem.Warning(ProblemKind.TooComplex, 0, exception.Message));
        }

        if (MarkdownLimits.CheckHtml(html) is { } tooLarge)
        {
            return Escaped(markdown, tooLarge);
        }

        using var document = Parser.ParseDocument("<body></body>");
        var body = document.Body!;
        body.InnerHtml = html;
        live.Fill(document, body);
        var transform = new ArticleTransform(document, body, words, links, live.Countries);
        transform.Apply(title);
        HtmlSanitizer.Sanitize(body);

        var result = HtmlText.Inside(body).Trim();
        if (System.Text.Encoding.UTF8.GetByteCount(result) > MarkdownLimits.MaxHtmlBytes)
        {
            return Escaped(markdown, TooLarge);
        }

        return new RenderedArticle(
            result, ArticleSections.Of(body), transform.Images, ReadingMinutes(body.TextContent), CurrentVersion, [.. transform.Problems, .. Unknown(live.Used)])
        {
            Figures = live.Used,
        };
    }

    private static IEnumerable<ContentProblem> Unknown(IEnumerable<UsedFigure> used) =>
        used.Where(u => u.Stamp is null).Select(u => ContentProblem.Error(ProblemKind.UnknownFigure, 0, LiveReference.Written(u.Key)));

    private static ContentProblem TooLarge =>
        ContentProblem.Warning(ProblemKind.RenderedTooLarge, 0, $"> {MarkdownLimits.MaxHtmlBytes / 1024 / 1024} MiB");

    private static string Html(string markdown)
    {
        var writer = new BoundedWriter(MarkdownLimits.MaxHtmlBytes);
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.Render(Markdown.Parse(markdown, Pipeline));
        return writer.ToString();
    }

    private static RenderedArticle Escaped(string markdown, ContentProblem problem)
    {
        // One character can become six; what does not fit is cut and the warning says so.
        var text = markdown.Cut(MarkdownLimits.MaxHtmlBytes / 8);
        return new RenderedArticle(
            "<pre>" + WebUtility.HtmlEncode(text) + "</pre>", [new ArticleSection("", "", 0, text)], [], ReadingMinutes(text), CurrentVersion, [problem]);
    }

    private static int ReadingMinutes(string text)
    {
        var count = 0;
        foreach (var _ in text.AsSpan().SplitAny(" \n\t"))
        {
            count++;
        }

        return Math.Max(1, (count + WordsPerMinute - 1) / WordsPerMinute);
    }
}
