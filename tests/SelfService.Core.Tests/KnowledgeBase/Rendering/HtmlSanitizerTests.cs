using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.Tests.KnowledgeBase.Rendering;

public sealed class HtmlSanitizerTests
{
    private static readonly ArticleRenderer Renderer = new(TestWords.Spanish);

    private static readonly HashSet<string> Harmless =
    [
        "a", "abbr", "aside", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
        "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub",
        "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var",
    ];

    private static readonly HashSet<string> HarmlessAttributes =
    [
        "alt", "aria-label", "checked", "class", "colspan", "decoding", "dir", "disabled", "height", "href", "id", "lang", "loading", "open", "rel", "reversed", "role", "rowspan",
        "scope", "span", "src", "start", "tabindex", "title", "type", "value", "width",
    ];

    public static TheoryData<string> Hostile() => [.. HostileMarkup.All];

    [Fact]
    public void The_corpus_is_large_enough() => Assert.True(HostileMarkup.All.Distinct().Count() >= 100);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Nothing_that_runs_survives_in_an_article(string markup)
    {
        foreach (var text in new[] { markup, "Texto " + markup + " y más", "<div>\n" + markup + "\n</div>", "> - " + markup, "<table><tr><td>" + markup })
        {
            var html = Renderer.Render("Título", text, new SomeLinks()).Html;

            AssertHarmless(html);
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Sanitising_twice_changes_nothing(string markup)
    {
        var once = Sanitized(markup);

        AssertHarmless(once);
        Assert.Equal(once, Sanitized(once));
    }

    [Fact]
    public void Pieces_put_together_at_random_do_not_get_through_either()
    {
        var random = new Random(7);
        for (var round = 0; round < 1_500; round++)
        {
            var markup = string.Concat(Enumerable.Range(0, 2 + random.Next(5)).Select(_ => Piece(random)));

            AssertHarmless(Sanitized(markup));
            AssertHarmless(Renderer.Render("Título", markup, new SomeLinks()).Html);
        }
    }

    [Fact]
    public void What_is_allowed_stays()
    {
        const string html = "<h2 id=\"s-a\">A</h2><p class=\"callout-title\">x</p><div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"T\"><table><thead><tr><th scope=\"col\" class=\"align-left\">a</th></tr></thead><tbody><tr><td colspan=\"2\">b</td></tr></tbody></table></div>"
            + "<ol start=\"3\" reversed=\"\"><li value=\"5\" id=\"fn-1\">c</li></ol><a href=\"https://x.example/?a=1&amp;b=2\" rel=\"noopener noreferrer\" class=\"external\">d</a><a href=\"mailto:a@b.c\">e</a><a href=\"tel:+52\">f</a><a href=\"/x#s-y\">g</a>"
            + "<img src=\"/media/a/b.png\" alt=\"h\" width=\"1\" height=\"2\" loading=\"lazy\" decoding=\"async\"><input type=\"checkbox\" checked=\"\" disabled=\"\"><code class=\"language-c++\">i</code><abbr title=\"j\">k</abbr><span lang=\"en\" dir=\"ltr\">l</span>";

        Assert.Equal(html, Sanitized(html));
    }

    [Fact]
    public void An_element_that_is_not_known_leaves_its_text() =>
        Assert.Equal("<p>a b <em>c</em> d</p>", Sanitized("<p>a <font color=red>b <em>c</em></font> <blink>d</blink></p>"));

    [Theory]
    [InlineData("https://x.example", true)]
    [InlineData("HTTP://x.example", true)]
    [InlineData("mailto:a@b.c", true)]
    [InlineData("tel:+52", true)]
    [InlineData("/a:b", true)]
    [InlineData("a/b:c", true)]
    [InlineData("?q=a:b", true)]
    [InlineData("#a:b", true)]
    [InlineData("", true)]
    [InlineData("javascript:x", false)]
    [InlineData("a:b", false)]
    [InlineData(":x", false)]
    [InlineData("\u0001javascript:x", false)]
    [InlineData("java\u0000script:x", false)]
    [InlineData("\u200Bjavascript:x", false)]
    [InlineData("//x.example", false)]
    [InlineData(" //x.example", false)]
    [InlineData("/\t/x.example", false)]
    [InlineData("/\\x.example", false)]
    [InlineData("\\/x.example", false)]
    public void Only_web_mail_phone_and_this_site_may_be_linked(string address, bool allowed) => Assert.Equal(allowed, HtmlSanitizer.IsAllowedLink(address));

    private static string Piece(Random random)
    {
        var markup = HostileMarkup.All[random.Next(HostileMarkup.All.Length)];
        var from = random.Next(markup.Length);
        return random.Next(3) == 0 ? markup : markup[from..random.Next(from, markup.Length)];
    }

    private static string Sanitized(string html)
    {
        using var document = new HtmlParser().ParseDocument("<body></body>");
        document.Body!.InnerHtml = html;
        HtmlSanitizer.Sanitize(document.Body);
        return document.Body.InnerHtml;
    }

    private static void AssertHarmless(string html)
    {
        // Parsed as a browser does, with and without scripts, because <noscript> means another thing in each.
        foreach (var scripting in new[] { true, false })
        {
            using var document = new HtmlParser(new HtmlParserOptions { IsScripting = scripting }).ParseDocument("<!doctype html><body><main>" + html + "</main></body>");
            foreach (var element in document.QuerySelectorAll("main *"))
            {
                Assert.Contains(element.LocalName, Harmless);
                Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
                foreach (var attribute in element.Attributes)
                {
                    Assert.Contains(attribute.Name, HarmlessAttributes);
                }

                AssertValues(element);
            }

            Assert.Single(document.QuerySelectorAll("main"));
            Assert.Null(document.QuerySelector("main")!.NextElementSibling);
            var ids = document.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }

    private static void AssertValues(IElement element)
    {
        if (element.GetAttribute("href") is { } href)
        {
            // The address as a browser resolves it.
            var clean = new string([.. href.Where(c => c is not ('\t' or '\n' or '\r'))]).Trim([.. Enumerable.Range(0, 33).Select(i => (char)i)]);
            Assert.True(
                Uri.TryCreate(new Uri("https://portal.example/articulos/x"), clean.Replace('\\', '/'), out var uri) && uri.Scheme is "http" or "https" or "mailto" or "tel",
                $"{element.OuterHtml}");
            Assert.False(uri!.Host != "portal.example" && uri.Scheme is "http" or "https" && !clean.StartsWith("http", StringComparison.OrdinalIgnoreCase), element.OuterHtml);
        }

        if (element.GetAttribute("src") is { } source)
        {
            Assert.StartsWith("/media/", source, StringComparison.Ordinal);
        }

        if (element.GetAttribute("id") is { } id)
        {
            Assert.Matches("^(s-[a-z0-9-]+|fn(ref)?-[0-9-]+)$", id);
        }

        Assert.True(element.LocalName != "input" || (element.GetAttribute("type") == "checkbox" && element.HasAttribute("disabled")), element.OuterHtml);
        Assert.DoesNotContain("skip-link", element.ClassName ?? "", StringComparison.Ordinal);
    }
}
