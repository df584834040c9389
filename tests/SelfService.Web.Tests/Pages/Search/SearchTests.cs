using System.Globalization;
using System.Text.RegularExpressions;

namespace SelfService.Web.Tests.Pages.Search;

[Collection(TrialPortalCollection.Name)]
public sealed partial class SearchTests(TrialPortal portal)
{
    [Fact]
    public async Task Get_Query_ShowsHitsWithMarksPathAndCount()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/buscar?q=párrafo+zarzamora");

        Assert.Contains("párrafo zarzamora", page.QuerySelector("h1").Words(), StringComparison.Ordinal);
        Assert.Equal("párrafo zarzamora", page.QuerySelector("input[name=q]")!.GetAttribute("value"));
        Assert.InRange(page.QuerySelectorAll("li.result").Length, 1, 10);
        Assert.NotNull(page.QuerySelector("li.result mark"));
        Assert.Equal("Tema variado", page.QuerySelector("li.result .result-path").Words());
        Assert.Matches(@"^\d+ resultados", page.QuerySelector("[role=status]").Words());
    }

    [Fact]
    public async Task Get_WordOfASection_LinksToThatSection()
    {
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);

        var page = await customer.PageAsync("/buscar?q=detalle+guayaba");
        var target = page.QuerySelector("a.result-section")!.GetAttribute("href")!;
        var article = await customer.PageAsync(target.Split('#')[0]);

        Assert.NotNull(article.GetElementById(Uri.UnescapeDataString(target.Split('#')[1])));
    }

    [Fact]
    public async Task Get_HitWithMarkupInIt_IsEscapedAndStillMarked()
    {
        using var browser = portal.Host.Browser();

        foreach (var query in new[] { "ejecuta", "script", "alert", "marcas img" })
        {
            var page = await browser.PageAsync("/buscar?q=" + query);

            Assert.Contains("/articulos/marcas", page.Articles());
            Assert.True(page.QuerySelector("li.result mark") is not null, query + " is not marked");
            Assert.Null(page.QuerySelector("main script, main img, main b, main i"));
        }
    }

    [Fact]
    public async Task Get_Topic_FiltersAndTheCountsAgree()
    {
        using var browser = portal.Host.Browser();

        var all = await browser.PageAsync("/buscar?q=zarzamora");
        var counts = all.QuerySelectorAll("nav.filter a").ToDictionary(a => a.GetAttribute("href")!, a => int.Parse(a.QuerySelector(".filter-count")!.TextContent, CultureInfo.InvariantCulture));
        var narrow = counts.Single(c => c.Key.Contains("tema=variado", StringComparison.Ordinal));
        var page = await browser.PageAsync(narrow.Key);

        Assert.Equal(counts.First().Value, counts.Skip(1).Sum(c => c.Value));
        Assert.Equal(TrialPortal.Many, counts.Single(c => c.Key.Contains("tema=largo", StringComparison.Ordinal)).Value);
        Assert.Equal($"{narrow.Value} resultados", page.QuerySelector("[role=status]").Words().Split(" ·")[0]);
        Assert.All(page.QuerySelectorAll(".result-path"), path => Assert.Equal("Tema variado", path.Words()));
        Assert.Equal("true", page.QuerySelector("nav.filter a[href*='tema=variado']")!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Get_Pages_ShowEveryHitOnce()
    {
        using var browser = portal.Host.Browser();
        var seen = new List<string>();
        string? address = "/buscar?q=zarzamora&tema=largo";

        while (address is not null)
        {
            var page = await browser.PageAsync(address);
            seen.AddRange(page.QuerySelectorAll("li.result h2 a").Select(a => a.GetAttribute("href")!));
            address = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(TrialPortal.Many, seen.Count);
        Assert.Equal(TrialPortal.Many, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("pagina=999")]
    [InlineData("pagina=-3")]
    [InlineData("pagina=uno")]
    [InlineData("tema=no-existe")]
    [InlineData("tema=%3Cscript%3E")]
    [InlineData("q=otra")]
    [InlineData("tema=largo&tema=variado")]
    public async Task Get_StrangeParameters_StillShowHits(string parameters)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/buscar?q=zarzamora&" + parameters);

        Assert.NotEmpty(page.QuerySelectorAll("li.result"));
    }

    [Fact]
    public async Task Get_NothingFound_OffersThreeStepsAndOneIsAPerson()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/buscar?q=qwxkjzvbnm");

        Assert.Equal(3, page.QuerySelectorAll("ul.next-steps > li").Length);
        Assert.NotNull(page.QuerySelector("ul.next-steps a[href='/contacto']"));
        Assert.NotNull(page.QuerySelector("ul.next-steps a[href='/temas']"));
        Assert.NotEmpty(page.Articles());
    }

    [Fact]
    public async Task Get_NothingInThisTopic_OffersTheOthers()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/buscar?q=xoconostle&tema=largo");

        Assert.NotNull(page.QuerySelector("ul.next-steps a[href='/buscar?q=xoconostle']"));
    }

    [Theory]
    [InlineData("/buscar")]
    [InlineData("/buscar?q=")]
    [InlineData("/buscar?q=%20%20%09")]
    public async Task Get_NothingAsked_InvitesToAsk(string address)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(address);

        Assert.Equal("Buscar", page.QuerySelector("h1").Words());
        Assert.NotEmpty(page.Articles());
    }

    public static TheoryData<string> HostileQueries => new(
        "zarzamora " + new string('a', 9_990), // 10,000 characters
        string.Concat(Enumerable.Repeat("ñandú ", 1_667)), // 10,002, each ñ and ú written with six signs
        string.Concat(Enumerable.Repeat("…", 10_000)),
        "de la que el en y a los", // only stop words
        "?!¿¡.,;:()[]{}", // only signs
        "cancelacio\u0301n de tra\u0301mite", // NFD
        "zar\u200Bza\u200Dmo\uFEFFra", // zero width
        "\u200B\u200C\u200D", // nothing but zero width
        "🙂 🙃 👩‍👩‍👧", // emoji
        "\u202Ezarzamora\u202C \u200F", // right to left
        "\u0627\u0644\u0639\u0631\u0628\u064A\u0629",
        "\"", "\"\"", "\"sin cerrar", "«zarzamora» “párrafo”",
        "NEAR(", "NEAR(a b, 3)", "zarzamora AND OR NOT", "*", "-zarzamora", "title:x",
        "\0", "a\0b", "%00", "%", "_", "C#", "50%", "C++", "5.7.750", "correo@x.es", "C-7F3K-2Q9X",
        "<script>alert(1)</script>", "'; DROP TABLE articles; --", "\" onmouseover=\"alert(1)", "{{7*7}}", "${7*7}", "@Model", "..\\..\\etc",
        "\uFFFF", "\uFFFD", "\u0001\u0002", "\r\nSet-Cookie: a=b");

    [Theory]
    [MemberData(nameof(HostileQueries))]
    public async Task Get_HostileQuery_IsAnsweredInTheSameLayoutAndEscaped(string query)
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.GetAsync("/buscar?q=" + Uri.EscapeDataString(query));

        await SameLayoutAsync(answer);
    }

    [Theory]
    [InlineData("%ED%A0%80")] // half of a surrogate pair, as CESU writes it
    [InlineData("%ED%A0%80%ED%B0%80")]
    [InlineData("%FF%FE")]
    [InlineData("%C3")]
    [InlineData("%F0%9F")]
    [InlineData("%")]
    [InlineData("%zz")]
    [InlineData("%u00f1")]
    [InlineData("%00")]
    public async Task Get_BrokenEncoding_IsAnsweredInTheSameLayout(string raw)
    {
        using var browser = portal.Host.Browser();

        using var answer = await Raw.GetAsync(portal.Host.Address, "/buscar?q=" + raw);

        await SameLayoutAsync(answer);
    }

    private static async Task SameLayoutAsync(HttpResponseMessage answer)
    {
        Assert.Equal(200, (int)answer.StatusCode);
        var source = await answer.Content.ReadAsStringAsync();
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector("header a[href='/']"));
        Assert.NotNull(page.QuerySelector("footer a[href^='tel:']"));
        Assert.NotNull(page.QuerySelector("main h1"));
        Assert.DoesNotContain(page.QuerySelectorAll("script:not([src])"), s => s.GetAttribute("type") != "application/ld+json");
        Assert.False(RawControl().IsMatch(source), "control characters in the page");
        Assert.All(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], cookie => Assert.Matches("^visita=[0-9a-f]{32}; ", cookie));
    }

    // What HTML allows of them is white space.
    [GeneratedRegex("[\\x00-\\x08\\x0B\\x0E-\\x1F\\x7F]|&#x?0+;")]
    private static partial Regex RawControl();
}
