using System.Text;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests.KnowledgeBase.Rendering;

/// <summary>
/// The HTML of articles. What is expected lives in <c>Cases/*.md</c>: a heading names the case, a fence marked
/// <c>markdown</c> is what an editor writes and the fence marked <c>html</c> below it what a page shows.
/// </summary>
public sealed class ArticleRendererTests
{
    private static readonly ArticleRenderer Renderer = new(TestWords.Spanish);

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(CaseFolder, "*.md").Order(StringComparer.Ordinal))
        {
            foreach (var name in Read(file).Keys)
            {
                data.Add(Path.GetFileNameWithoutExtension(file), name);
            }
        }

        return data;
    }

    private static string CaseFolder => Path.Combine(Repository.Root, "tests/SelfService.Core.Tests/KnowledgeBase/Rendering/Cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_case_is_rendered_as_written(string file, string name)
    {
        var (markdown, html) = Read(Path.Combine(CaseFolder, file + ".md"))[name];

        Assert.Equal(html, Renderer.Render("Título de la página", markdown, new SomeLinks()).Html);
    }

    [Fact]
    public void Broken_links_missing_images_and_images_of_other_sites_are_reported()
    {
        var article = Render("[a](nada.md) ![b](nada.png) ![c](https://otro.example/c.png) [d](factura.md) ![e](plano.png)");

        Assert.Equal(
            [(ProblemKind.BrokenLink, "nada.md"), (ProblemKind.MissingImage, "nada.png"), (ProblemKind.ExternalImage, "https://otro.example/c.png")],
            article.Problems.Select(p => (p.Kind, p.Detail)).Order());
        Assert.All(article.Problems, p => Assert.Equal(ProblemSeverity.Warning, p.Severity));
    }

    [Fact]
    public void The_images_that_are_shown_are_named_once()
    {
        var article = Render("![a](plano.png) ![a](plano.png)\n\n![b](nada.png)");

        Assert.Equal(new ArticleImage("plano.png", "abc"), Assert.Single(article.Images));
    }

    [Fact]
    public void Sections_hold_the_text_below_each_heading_for_search()
    {
        var article = Render("Antes de *todo*.\n\n## Primero\n\nUno\n\n- dos\n- tres\n\n### Segundo\n\n| a | b |\n|---|---|\n| c | d |\n\n![El plano](plano.png)\n\n[fuera](https://otro.example)");

        Assert.Equal(
            [
                new ArticleSection("", "", 0, "Antes de todo."),
                new ArticleSection("s-primero", "Primero", 2, "Uno dos tres"),
                new ArticleSection("s-segundo", "Segundo", 3, "a b c d El plano fuera"),
            ],
            article.Sections);
    }

    [Fact]
    public void Reading_time_is_counted_at_two_hundred_words_a_minute()
    {
        Assert.Equal(1, Render("hola").ReadingMinutes);
        Assert.InRange(Render(string.Join(' ', Enumerable.Repeat("palabra", 1000))).ReadingMinutes, 5, 6);
    }

    [Fact]
    public void Heading_ids_are_never_the_same_twice()
    {
        var html = Render("## a-2\n\n## a\n\n## a\n\n## a-2\n\n<a id=\"s-a\">x</a>\n\n## ¿?\n\n## ¡!").Html;

        var ids = System.Text.RegularExpressions.Regex.Matches(html, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(["s-a-2", "s-a", "s-a-3", "s-a-2-2", "s-seccion", "s-seccion-2"], ids);
    }

    [Fact]
    public void Labels_are_cut_at_a_whole_character()
    {
        var html = Render("- [ ] " + new string('x', 79) + "💳").Html;

        Assert.Equal(html, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(html)));
        Assert.Contains($"aria-label=\"{new string('x', 79)}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_text_gives_the_same_html() =>
        Assert.Equal(Render("# a\n\n[^1] b\n\n[^1]: c").Html, Render("# a\n\n[^1] b\n\n[^1]: c").Html);

    [Fact]
    public void Articles_are_rendered_in_parallel_without_mixing()
    {
        var htmls = Enumerable.Range(0, 200).AsParallel().Select(i => Render($"## T{i}\n\n| a{i} |\n|---|\n| b |\n\n[x](https://otro.example/{i})").Html).ToList();

        Assert.All(htmls.Select((html, i) => (html, i)), x => Assert.Contains($"id=\"s-t{x.i}\"", x.html, StringComparison.Ordinal));
    }

    private static RenderedArticle Render(string markdown) => Renderer.Render("Título de la página", markdown, new SomeLinks());

    private static Dictionary<string, (string Markdown, string Html)> Read(string file)
    {
        var cases = new Dictionary<string, (string, string)>();
        string name = "", kind = "", markdown = "";
        var text = new List<string>();
        foreach (var line in File.ReadLines(file))
        {
            if (kind.Length == 0)
            {
                name = line.StartsWith("## ", StringComparison.Ordinal) ? line[3..] : name;
                kind = line is "~~~~markdown" or "~~~~html" ? line[4..] : "";
            }
            else if (line == "~~~~")
            {
                if (kind == "markdown")
                {
                    markdown = string.Join('\n', text);
                }
                else
                {
                    cases.Add(name, (markdown, string.Join('\n', text)));
                }

                text.Clear();
                kind = "";
            }
            else
            {
                text.Add(line);
            }
        }

        return cases;
    }
}
