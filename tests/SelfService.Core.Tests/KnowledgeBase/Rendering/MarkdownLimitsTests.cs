using System.Diagnostics;
using AngleSharp.Html.Parser;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests.KnowledgeBase.Rendering;

/// <summary>Every limit, and the inputs that cost others minutes, gigabytes or the process (FAILURES 0.3, 0.4 and 2.7).</summary>
public sealed class MarkdownLimitsTests
{
    private static readonly ArticleRenderer Renderer = new(TestWords.Spanish);

    private static readonly Dictionary<string, Func<int, string>> Bombs = new()
    {
        ["headings"] = n => Repeat("# a\n", n),
        ["headings that differ"] = n => Numbered("# h{0}\n", n),
        ["underlined headings"] = n => Repeat("a\n=\n\n", n),
        ["open links"] = n => Repeat("[a](", n),
        ["open attributes"] = n => Repeat("a{#", n),
        ["open brackets"] = n => Repeat("[", n),
        ["open images"] = n => Repeat("![", n),
        ["empty links"] = n => Repeat("[]()", n),
        ["parentheses in a link"] = n => "[a](" + Repeat("(", n),
        ["one table row"] = n => Repeat("a|", n),
        ["table rows"] = n => "|a|b|\n|-|-|\n" + Repeat("|a|b|\n", n),
        ["wide table"] = n => Repeat("|a", 390) + "\n" + Repeat("|-", 390) + "\n" + Repeat("|\n", n),
        ["grid table"] = n => Repeat("+---+\n| a |\n", n),
        ["nested quotes"] = n => Repeat(new string('>', 200) + " a\n\n", n),
        ["one deep quote"] = n => Repeat("> ", n),
        ["callouts"] = n => Repeat("> [!NOTE]\n> a\n\n", n),
        ["asterisks"] = n => Repeat("*", n),
        ["emphasis"] = n => Repeat("**a*_", n),
        ["emphasis by words"] = n => Repeat("*a ", n),
        ["underscores"] = n => Repeat("_a_", n),
        ["backticks"] = n => Repeat("`", n),
        ["growing backticks"] = n => string.Concat(Enumerable.Range(1, (int)Math.Sqrt(2.0 * n)).Select(i => new string('`', i) + " ")),
        ["tildes"] = n => Repeat("~~a", n),
        ["blocks of html"] = n => Repeat("<div>", n),
        ["blocks of html by lines"] = n => Repeat("<div>\n\n", n),
        ["blocks closed by another name"] = n => Repeat("<div></x>\n\n", n),
        ["blocks closed in an attribute"] = n => Repeat("<div title='</div>'>\n\n", n),
        ["cells in a drawing"] = n => "<svg>\n\n" + Repeat("<td>\n\n", n),
        ["groups of options"] = n => Repeat("<optgroup></x>\n\n", n),
        ["tables in tables"] = n => Repeat("<table><tr><td>\n\n", n),
        ["formatting never closed"] = n => Repeat("<b>a\n\n", n),
        ["formatting times paragraphs"] = n => "<b><i><u><s><a><em>\n\n" + Repeat("a\n\n", n),
        ["much formatting times paragraphs"] = n => "<b><i><u><s><a><em><big><code><font><nobr><small><strike><strong><tt><b>\n\n" + Repeat("a\n\n", n),
        ["comments never closed"] = n => Repeat("<!--", n),
        ["tags never closed"] = n => Repeat("<a x='", n),
        ["processing instructions"] = n => Repeat("<?", n),
        ["footnotes"] = n => Numbered("[^{0}]: a\n\n", n),
        ["footnotes that are used"] = n => Numbered("[^{0}]: a\n\n", n / 2) + Numbered("x[^{0}]\n\n", n / 2),
        ["one footnote used often"] = n => "[^1]: a\n\n" + Repeat("a[^1]\n\n", n),
        ["abbreviations"] = n => Numbered("*[A{0}]: a\n", n) + "\nA1 A2",
        ["a long abbreviation used often"] = n => "*[a]: " + new string('x', 2_000) + "\n\n" + Repeat("a ", n),
        ["references"] = n => Numbered("[{0}]: a\n", n),
        ["a long reference used often"] = n => "[a]: /" + new string('x', 4_000) + "\n\n" + Repeat("[a]\n\n", n),
        ["a long line"] = n => Repeat("palabra ", n),
        ["a long word"] = n => new string('a', n),
        ["addresses"] = n => Repeat("https://a.b ", n),
        ["addresses by paragraphs"] = n => Repeat("www.a.b\n\n", n),
        ["halves of addresses"] = n => Repeat("http://", n),
        ["a list"] = n => Repeat("- a\n", n),
        ["a deep list"] = n => string.Concat(Enumerable.Range(0, (int)Math.Sqrt(n)).Select(i => new string(' ', 2 * i) + "- a\n")),
        ["a list in one line"] = n => Repeat("1. ", n),
        ["definitions"] = n => Repeat("a\n:   b\n\n", n),
        ["tasks"] = n => Repeat("- [ ] a\n", n),
        ["attribute lists"] = n => Repeat("a\n{: .b}\n\n", n),
        ["blanks in a heading"] = n => "# a" + new string(' ', n / 2) + "b" + new string('\t', n / 2) + "c",
        ["ampersands"] = n => Repeat("&", n),
        ["backslashes"] = n => Repeat("\\", n),
        ["open fence"] = n => "```\n" + Repeat("a\n", n),
        ["blank lines"] = n => Repeat(" \n", n),
    };

    private static readonly string[] Largest =
    [
        "headings", "open links", "open attributes", "one deep quote", "nested quotes", "callouts", "blocks closed by another name", "much formatting times paragraphs",
        "one footnote used often", "a long abbreviation used often", "a long reference used often", "a long word", "a deep list", "a list in one line", "blanks in a heading",
    ];

    public static TheoryData<string, int> Sizes()
    {
        var data = new TheoryData<string, int>();
        foreach (var name in Bombs.Keys)
        {
            data.Add(name, 100 * 1024);
        }

        // The largest file there is, for what is not refused at first sight.
        foreach (var name in Largest)
        {
            data.Add(name, TextFile.MaxBytes - 4096);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_hostile_text_becomes_a_page_in_time(string bomb, int size)
    {
        var markdown = Bombs[bomb](size);
        var watch = Stopwatch.StartNew();

        var article = Renderer.Render("Título", markdown, new SomeLinks());

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{bomb}: {watch.Elapsed}");
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(article.Html), 0, MarkdownLimits.MaxHtmlBytes);
        Assert.InRange(Depth(article.Html), 0, 600);
        Assert.All(article.Problems, p => Assert.Equal(ProblemSeverity.Warning, p.Severity));
    }

    [Fact]
    public void Headings_are_counted()
    {
        AssertLimit(ProblemKind.TooManyHeadings, Repeat("# a\n", 4 * MarkdownLimits.MaxHeadings), "# a\n");
        AssertLimit(ProblemKind.TooManyHeadings, Repeat("a\n-\n\n", 5 * MarkdownLimits.MaxHeadings), "a\n-\n\n");
    }

    [Fact]
    public void Cells_are_counted() =>
        AssertLimit(ProblemKind.TooManyCells, Repeat("a | b | c\n\n", 11 * MarkdownLimits.MaxCells), "a | b | c\n\n");

    [Fact]
    public void A_row_may_have_two_hundred_bars_and_no_more()
    {
        Assert.Null(MarkdownLimits.CheckMarkdown(Repeat("|a", 2 * 200)));
        Assert.Equal(ProblemKind.TooManyCells, MarkdownLimits.CheckMarkdown(Repeat("|a", 2 * 201))!.Kind);
    }

    [Fact]
    public void Marks_are_counted_by_paragraph_and_the_first_line_is_named()
    {
        var half = Repeat("*a", MarkdownLimits.MaxMarksInParagraph);

        Assert.Null(MarkdownLimits.CheckMarkdown(half + "\n\n" + half + "\n\n" + half));
        var problem = MarkdownLimits.CheckMarkdown("uno\n\n" + half + "\n" + half + "\n" + half)!;
        Assert.Equal((ProblemKind.TooComplex, 3), (problem.Kind, problem.Line));
    }

    [Fact]
    public void Definitions_and_indentation_are_bounded()
    {
        AssertLimit(ProblemKind.TooComplex, Repeat("[a]: b\n\n", 8 * MarkdownLimits.MaxDefinitions), "[a]: b\n\n");
        AssertLimit(ProblemKind.TooComplex, new string(' ', MarkdownLimits.MaxIndentation), " ", suffix: "a");
    }

    [Fact]
    public void Tags_open_elements_and_open_formatting_are_bounded()
    {
        Assert.Null(MarkdownLimits.CheckHtml(Repeat("<br>", 4 * MarkdownLimits.MaxTags)));
        Assert.Equal(ProblemKind.TooComplex, MarkdownLimits.CheckHtml(Repeat("<br>", 4 * (MarkdownLimits.MaxTags + 1)))!.Kind);
        Assert.Null(MarkdownLimits.CheckHtml(Repeat("<div>", 5 * MarkdownLimits.MaxOpenElements)));
        Assert.Equal(ProblemKind.TooComplex, MarkdownLimits.CheckHtml(Repeat("<div>", 5 * (MarkdownLimits.MaxOpenElements + 1)))!.Kind);
        Assert.Null(MarkdownLimits.CheckHtml(Repeat("<b>", 3 * MarkdownLimits.MaxOpenFormatting)));
        Assert.Equal(ProblemKind.TooComplex, MarkdownLimits.CheckHtml(Repeat("<b>", 3 * (MarkdownLimits.MaxOpenFormatting + 1)))!.Kind);
        Assert.Null(MarkdownLimits.CheckHtml(Repeat("<p><b>a</b></p>", 15 * 10_000)));
    }

    [Fact]
    public void Html_is_bounded_in_bytes()
    {
        Assert.Null(MarkdownLimits.CheckHtml(new string('ñ', MarkdownLimits.MaxHtmlBytes / 2)));
        Assert.Equal(ProblemKind.RenderedTooLarge, MarkdownLimits.CheckHtml(new string('ñ', (MarkdownLimits.MaxHtmlBytes / 2) + 1))!.Kind);
    }

    [Fact]
    public void A_text_beyond_the_limits_is_shown_escaped_and_can_be_found()
    {
        var article = Renderer.Render("Título", "Busque esto <b>\n" + Repeat("# a\n", 4 * 3_000), new SomeLinks());

        Assert.StartsWith("<pre>Busque esto &lt;b&gt;\n# a", article.Html, StringComparison.Ordinal);
        Assert.Contains("Busque esto", Assert.Single(article.Sections).Text, StringComparison.Ordinal);
        Assert.Equal(ProblemKind.TooManyHeadings, Assert.Single(article.Problems).Kind);
    }

    [Fact]
    public void A_text_too_deep_for_the_parser_is_shown_escaped()
    {
        var article = Renderer.Render("Título", new string('>', 129) + " hola", new SomeLinks());

        Assert.StartsWith("<pre>&gt;&gt;", article.Html, StringComparison.Ordinal);
        Assert.Equal(ProblemKind.TooComplex, Assert.Single(article.Problems).Kind);
    }

    [Fact]
    public void An_ordinary_long_article_is_far_from_every_limit()
    {
        var markdown = string.Concat(Enumerable.Range(1, 300).Select(i => $"## Parte {i}\n\nTexto con **fuerza**, [enlace](factura.md) y `código`.\n\n- uno\n- dos\n\n| a | b |\n|---|---|\n| c | d |\n\n"));

        var article = Renderer.Render("Título", markdown, new SomeLinks());

        Assert.Empty(article.Problems);
        Assert.Equal(300, article.Sections.Count);
    }

    private static void AssertLimit(ProblemKind kind, string atLimit, string more, string suffix = "")
    {
        Assert.Null(MarkdownLimits.CheckMarkdown(atLimit + suffix));
        var problem = MarkdownLimits.CheckMarkdown(atLimit + more + suffix);
        Assert.Equal(kind, problem!.Kind);
        Assert.Equal(ProblemSeverity.Warning, problem.Severity);
    }

    private static string Repeat(string text, int length) => string.Concat(Enumerable.Repeat(text, Math.Max(1, length / text.Length)));

    private static string Numbered(string format, int length)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; text.Length < length; i++)
        {
            text.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, format, i);
        }

        return text.ToString();
    }

    private static int Depth(string html)
    {
        using var document = new HtmlParser().ParseDocument(html.Length > 1_000_000 ? "" : html);
        var deepest = document.QuerySelectorAll("*:empty").Take(2_000).Select(e => e.AncestorsCount()).DefaultIfEmpty().Max();
        return deepest;
    }
}

file static class Ancestry
{
    public static int AncestorsCount(this AngleSharp.Dom.IElement element)
    {
        var count = 0;
        for (var e = element.ParentElement; e is not null; e = e.ParentElement)
        {
            count++;
        }

        return count;
    }
}
