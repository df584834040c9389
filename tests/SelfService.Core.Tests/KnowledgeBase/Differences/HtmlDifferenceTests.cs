using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using SelfService.Core.KnowledgeBase.Differences;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Tests.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests.KnowledgeBase.Differences;

public sealed class HtmlDifferenceTests
{
    private static readonly ArticleRenderer Renderer = new(TestWords.Spanish);

    private static readonly string[] Blocks =
    [
        "## Pagos", "## Envíos y plazos", "Pague **hoy** en la [caja](https://caja.example/) antes de las 8.", "- uno\n- dos\n  - tres\n\n    otro\n", "1. abra\n2. cierre\n",
        "| Plan | Precio |\n|---|---|\n| Básico | 1.250,50 |\n| Total | 3 |\n", "> [!WARNING]\n> No *borre* nada.", "```sh\nls -l\n\ncd /\n```", "![foto](plano.png \"Una foto\")",
        "![otra](sin-medida.svg)", "Término\n:   Lo que quiere decir", "Con nota[^1].\n\n[^1]: La nota.\n", "- [ ] pendiente\n- [x] hecho\n", "---", "Con ~~tachado~~ y ++agregado++.", "A<br>b <kbd>Ctrl</kbd>",
        "<details><summary>Más</summary>\n\nDetalle *largo*\n\n</details>", "<ins>\n\nPárrafo\n\n</ins>", "<ul>suelto<li>a</ul>", "<dl><div><dt>a<dd>b</div></dl>",
    ];

    public static TheoryData<string, string> HostileTexts() => SomeTexts.Hostile();

    [Theory]
    [InlineData("<p>Pague hoy en la caja</p>", "<p>Pague mañana en la caja</p>", "<p>Pague <del>hoy</del><ins>mañana</ins> en la caja</p>")]
    [InlineData("<p>Pague hoy en la caja</p>", "<p>Pague <b>hoy</b> en la caja</p>", "<p>Pague <del>hoy</del><b><ins>hoy</ins></b> en la caja</p>")]
    [InlineData("<p>Vea <a href=\"/a\">la lista de precios</a></p>", "<p>Vea <a href=\"/a\">la tabla de precios</a></p>", "<p>Vea <a href=\"/a\">la <del>lista</del><ins>tabla</ins> de precios</a></p>")]
    [InlineData("<p>Vea la lista de <a href=\"/a\">precios</a></p>", "<p>Vea la lista de <a href=\"/b\">precios</a></p>", "<p>Vea la lista de <a href=\"/a\"><del>precios</del></a><a href=\"/b\"><ins>precios</ins></a></p>")]
    [InlineData("<p>uno</p>", "<p>uno</p><p>dos</p>", "<p>uno</p>\n<ins><p>dos</p>\n</ins>")]
    [InlineData("<p>uno</p><hr><p>dos</p>", "<p>uno</p>", "<p>uno</p>\n<del><hr></del><del><p>dos</p>\n</del>")]
    [InlineData("<ul><li>uno</li><li>dos</li></ul>", "<ul><li>uno</li><li>tres</li></ul>", "<ul><li>uno</li>\n<li><del>dos</del></li>\n<li><ins>tres</ins></li>\n</ul>")]
    [InlineData("<p>una\nlínea</p>", "<p>una línea</p>", "<p>una línea</p>")]
    [InlineData("<p><del>a</del> b</p>", "<p><del>a</del> b</p>", "<p><s>a</s> b</p>")]
    [InlineData("<h2 id=\"s-a\">Pagos de hoy</h2>", "<h2 id=\"s-b\">Pagos de ayer</h2>", "<h2 id=\"s-b\">Pagos de <del>hoy</del><ins>ayer</ins></h2>")]
    [InlineData("<h2 id=\"s-a\">Pagos</h2>", "<h2 id=\"s-a\">Envíos</h2>", "<del><h2>Pagos</h2>\n</del><ins><h2 id=\"s-a\">Envíos</h2>\n</ins>")]
    [InlineData("<table><tbody><tr><td>Total</td><td>5</td></tr></tbody></table>", "<table><tbody><tr><td>Total</td><td>6</td></tr></tbody></table>", "<table><tbody><tr><td>Total</td>\n<td><del>5</del><ins>6</ins></td>\n</tr>\n</tbody>\n</table>")]
    [InlineData("<p>Vea <img src=\"/media/a\" alt=\"a\"> aquí</p>", "<p>Vea <img src=\"/media/b\" alt=\"a\"> aquí</p>", "<p>Vea <del><img src=\"/media/a\" alt=\"a\"></del><ins><img src=\"/media/b\" alt=\"a\"></ins> aquí</p>")]
    [InlineData("<pre><code>abra la caja\n  cierre</code></pre>", "<pre><code>abra la caja\n  cierre ya</code></pre>", "<pre><code>abra la caja\n  cierre<ins> ya</ins></code></pre>")]
    [InlineData("<p>a</p><script>alert(1)</script>", "<p>a</p><img src=x onerror=alert(1)>", "<p>a</p>\n<ins><img></ins>")]
    public void Marks_stand_around_what_changed(string old, string @new, string expected) =>
        Assert.Equal(expected, HtmlDifference.Between(old, @new));

    [Fact]
    public void Articles_made_at_random_have_a_difference_that_is_both()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var blocks = Enumerable.Range(0, random.Next(8)).Select(_ => Blocks[random.Next(Blocks.Length)]).ToList();
            var old = string.Join("\n\n", blocks);
            for (var edit = random.Next(4); edit > 0; edit--)
            {
                blocks.Insert(random.Next(blocks.Count + 1), Blocks[random.Next(Blocks.Length)]);
                blocks.RemoveAt(random.Next(blocks.Count));
            }

            AssertIsBoth(Rendered(old), Rendered(random.Next(2) == 0 ? string.Join("\n\n", blocks) : SomeTexts.Edited(random, string.Join("\n\n", blocks), 6)));
        }
    }

    [Fact]
    public void Hostile_markup_is_as_harmless_in_a_difference()
    {
        for (var i = 0; i < HostileMarkup.All.Length; i++)
        {
            var (one, other) = (HostileMarkup.All[i], HostileMarkup.All[(i * 7) % HostileMarkup.All.Length]);
            foreach (var (old, @new) in new[] { (one, other), ("<p>Texto " + one, "<p>Texto " + other), ("<table><tr><td>" + one, "<table><tr><td>a<td>" + other) })
            {
                AssertIsSafe(HtmlDifference.Between(old, @new));
            }
        }
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Hostile_texts_are_compared_too(string old, string @new)
    {
        AssertIsBoth(Rendered(old), Rendered(@new));
        AssertIsBoth(Rendered("```\n" + old), Rendered("```\n" + @new));
    }

    [Fact]
    public void Equal_articles_have_no_marks()
    {
        foreach (var block in Blocks)
        {
            Assert.DoesNotMatch("<(ins|del)>", HtmlDifference.Between(Rendered(block), Rendered(block)));
        }
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<span>")]
    [InlineData("<ul><li>")]
    [InlineData("<del>")]
    [InlineData("<table><tr><td>")]
    public void Elements_in_elements_without_end_are_compared_too(string open)
    {
        var html = string.Concat(Enumerable.Repeat(open, 3_000));

        AssertIsBoth(html + "uno dos tres", html + "uno dos cuatro");
        AssertIsBoth(html + "uno", "<p>uno</p>");
    }

    [Fact]
    public void The_difference_is_not_much_longer_than_both()
    {
        var old = "<p>" + string.Concat(Enumerable.Range(0, 3_000).Select(i => i % 2 == 0 ? $"<a href=\"/{new string('a', 300)}\">a {i % 7}</a> " : "b ")) + "</p>";
        var @new = old.Replace("b ", "<b>b</b> c ", StringComparison.Ordinal);

        Assert.InRange(HtmlDifference.Between(old, @new).Length, 1, (2 * (old.Length + @new.Length)) + 1_000);
        AssertIsBoth(old, @new);
    }

    private static string Rendered(string markdown) => Renderer.Render("Título", markdown, new SomeLinks()).Html;

    private static void AssertIsBoth(string old, string @new)
    {
        var html = HtmlDifference.Between(old, @new);

        AssertIsSafe(html);
        Assert.Equal(Read(old), Read(html, "ins"));
        Assert.Equal(Read(@new), Read(html, "del"));
    }

    // Blanks between blocks are nobody's.
    private static string Read(string html, string without = "template")
    {
        using var document = Parsed(html);
        foreach (var element in document.QuerySelectorAll(without))
        {
            element.Remove();
        }

        return string.Concat(document.Body!.TextContent.Where(c => !char.IsWhiteSpace(c)));
    }

    private static void AssertIsSafe(string html)
    {
        using var document = Parsed(html);
        HtmlSanitizer.Sanitize(document.Body!);
        Assert.Equal(html, HtmlText.Inside(document.Body!));
        Assert.Empty(document.QuerySelectorAll("ins ins, ins del, del ins, del del, ins:empty, del:empty, del [id]"));
        Assert.Empty(document.QuerySelectorAll("ul > ins, ul > del, ol > ins, ol > del, dl > ins, dl > del, table > ins, table > del, tbody > ins, tbody > del, tr > ins, tr > del"));
        var ids = document.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    private static IDocument Parsed(string html)
    {
        var document = new HtmlParser().ParseDocument("<body></body>");
        document.Body!.InnerHtml = html;
        return document;
    }
}
