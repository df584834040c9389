using System.Globalization;
using System.Text.Json;
using AngleSharp.Html.Dom;

namespace SelfService.Web.Tests.Pages.Articles;

[Collection(TrialPortalCollection.Name)]
public sealed class ArticleTests(TrialPortal portal)
{
    private async Task<IHtmlDocument> ShowAsync(string slug, int status = 200)
    {
        using var browser = portal.Host.Browser();
        return await browser.PageAsync("/articulos/" + slug, status);
    }

    [Fact]
    public async Task Get_Article_ShowsWhereItStandsWhenItChangedAndHowLongItTakes()
    {
        var page = await ShowAsync("todo");

        Assert.Equal(["/", "/temas/variado"], page.QuerySelectorAll("nav.breadcrumb a").Select(a => a.GetAttribute("href")));
        Assert.Equal("Todo lo que cabe en un artículo", page.QuerySelector("h1").Words());
        var time = page.QuerySelector("article header time[datetime]");
        Assert.True(DateOnly.TryParseExact(time!.GetAttribute("datetime"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
        Assert.Matches(@"\d+ min", page.QuerySelector("article header .meta").Words());
    }

    [Fact]
    public async Task Get_LongArticle_HasContentsThatLeadToItsHeadings()
    {
        var page = await ShowAsync("todo");

        var targets = page.QuerySelectorAll("nav.contents a").Select(a => a.GetAttribute("href")!).Distinct().ToList();
        Assert.Equal(5, targets.Count);
        Assert.All(targets, target => Assert.NotNull(page.GetElementById(Uri.UnescapeDataString(target[1..]))));
    }

    [Fact]
    public async Task Get_ShortArticle_HasNoContents()
    {
        var page = await ShowAsync("corto");

        Assert.Null(page.QuerySelector("nav.contents"));
    }

    [Fact]
    public async Task Get_Article_GivesEveryHeadingAnIdOfItsOwn()
    {
        var page = await ShowAsync("todo");

        var ids = page.QuerySelectorAll(".prose h2, .prose h3").Select(h => h.Id).ToList();
        Assert.Equal(5, ids.Count);
        Assert.Equal(5, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith("s-", id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_Article_LoadsImagesLazilyAndKnowsTheirSize()
    {
        var page = await ShowAsync("todo");

        var image = page.QuerySelector(".prose figure img")!;
        Assert.Equal(("lazy", "320", "180"), (image.GetAttribute("loading"), image.GetAttribute("width"), image.GetAttribute("height")));
        Assert.Equal("Una figura negra", image.GetAttribute("alt"));
        Assert.Equal("Pie de la figura", page.QuerySelector(".prose figcaption").Words());
        Assert.Matches("^/media/[0-9a-f]{64}/", image.GetAttribute("src"));
    }

    [Fact]
    public async Task Get_Article_MarksLinksThatLeaveTheSiteAndOnlyThose()
    {
        var page = await ShowAsync("todo");

        var external = page.QuerySelector(".prose a[href^='https://ejemplo.example']")!;
        Assert.Contains("noopener", external.GetAttribute("rel"), StringComparison.Ordinal);
        Assert.Contains("sitio externo", external.TextContent, StringComparison.Ordinal);
        var inside = page.QuerySelector(".prose a[href='/articulos/corto']")!;
        Assert.Null(inside.GetAttribute("rel"));
    }

    [Fact]
    public async Task Get_Article_ShowsTableCalloutAndTasks()
    {
        var page = await ShowAsync("todo");

        Assert.Equal("Código", page.QuerySelector(".prose .table-scroll[tabindex='0'] th[scope=col]").Words());
        Assert.StartsWith("Advertencia", page.QuerySelector(".prose aside.callout-warning").Words(), StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll(".prose input[type=checkbox][disabled]").Length);
    }

    [Fact]
    public async Task Get_Article_LinksRelatedAndItsNeighboursByTitle()
    {
        var page = await ShowAsync("paso-02");

        Assert.Equal("/articulos/paso-01", page.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
        Assert.Equal("/articulos/paso-03", page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal(3, page.QuerySelectorAll(".related a[href^='/articulos/']").Length);
        Assert.DoesNotContain("/articulos/paso-02", page.QuerySelectorAll(".related a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Get_FirstAndLastOfATopic_HaveOneNeighbour()
    {
        var first = await ShowAsync("paso-01");
        var last = await ShowAsync($"paso-{TrialPortal.Many}");

        Assert.Null(first.QuerySelector("a[rel=prev]"));
        Assert.NotNull(first.QuerySelector("a[rel=next]"));
        Assert.NotNull(last.QuerySelector("a[rel=prev]"));
        Assert.Null(last.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task Get_Article_OffersAVoteWithoutScriptAndAPersonInTwoClicks()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/articulos/todo");
        var contact = await browser.PageAsync("/contacto");

        var vote = page.QuerySelector("form[action='/articulos/todo/opinion'][method=post]")!;
        Assert.Equal(["true", "false"], vote.QuerySelectorAll("button[name=Helpful]").Select(b => b.GetAttribute("value")));
        Assert.NotNull(page.QuerySelector("main a[href='/contacto']"));
        Assert.NotNull(contact.QuerySelector("main a[href='tel:+528005550100']"));
        Assert.NotNull(contact.QuerySelector("main a[href='mailto:ayuda@ensayo.example']"));
    }

    [Theory]
    [InlineData("todo")]
    [InlineData("marcas")]
    public async Task Get_Article_TellsMachinesWhatPeopleRead(string slug)
    {
        var page = await ShowAsync(slug);

        var address = $"{TrialPortal.PublicUrl}/articulos/{slug}";
        string? Meta(string property) => page.QuerySelector($"meta[property='{property}']")?.GetAttribute("content");
        Assert.Equal(address, page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal(address, Meta("og:url"));
        Assert.Equal("article", Meta("og:type"));
        Assert.Equal(page.QuerySelector("h1").Words(), Meta("og:title"));
        Assert.Equal(page.QuerySelector("article header .lead").Words(), Meta("og:description"));

        var graph = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement.GetProperty("@graph");
        Assert.Equal(page.QuerySelector("h1").Words(), graph[0].GetProperty("headline").GetString());
        Assert.Equal(address, graph[0].GetProperty("url").GetString());
        Assert.Equal(Meta("article:modified_time"), graph[0].GetProperty("dateModified").GetString());
        var path = graph[1].GetProperty("itemListElement").EnumerateArray().Select(step => step.GetProperty("item").GetString());
        Assert.Equal([TrialPortal.PublicUrl + "/", TrialPortal.PublicUrl + "/temas/variado", address], path);
    }

    [Fact]
    public async Task Get_TitleThatLooksLikeMarkup_IsShownAsText()
    {
        var page = await ShowAsync("marcas");

        Assert.Contains("<script>alert(1)</script>", page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("<img src=x", page.QuerySelector("article header .lead")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.QuerySelectorAll("script:not([src])"), s => s.GetAttribute("type") != "application/ld+json");
        Assert.Null(page.QuerySelector("main img[src='x']"));
    }

    [Theory]
    [InlineData("no-existe")]
    [InlineData("borrador")]
    [InlineData("para-clientes")]
    [InlineData("para-equipo")]
    [InlineData("..%2Ftodo")]
    public async Task Get_UnknownUnpublishedOrHidden_IsTheSameNotFound(string slug)
    {
        var page = await ShowAsync(slug, 404);

        Assert.Equal("No encontramos esta página", page.QuerySelector("h1").Words());
        Assert.DoesNotContain("guayaba", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("chicozapote", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("PROPFIND")]
    public async Task OtherMethods_OnAPage_AreRefusedAndNeverAnError(string method)
    {
        using var browser = portal.Host.Browser();
        foreach (var address in new[] { "/articulos/todo", "/temas/largo", "/" })
        {
            using var answer = await browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));

            // The framework itself answers OPTIONS, with nothing.
            Assert.True((int)answer.StatusCode is 400 or 405 || (method == "OPTIONS" && answer.Content.Headers.ContentLength == 0), $"{method} {address} answered {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Head_Article_AnswersLikeGetWithoutABody()
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/articulos/todo"));
        var after = await browser.PageAsync("/articulos/todo");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("Todo lo que cabe en un artículo", after.QuerySelector("h1").Words());
    }
}
