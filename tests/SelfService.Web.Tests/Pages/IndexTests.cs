using System.Text.Json;

namespace SelfService.Web.Tests.Pages;

[Collection(DemonstrationPortalCollection.Name)]
public sealed class IndexTests(DemonstrationPortal portal)
{
    [Fact]
    public async Task Get_Anonymous_ShowsTheSearchBoxTheTopicsAndTheFourActions()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/");

        Assert.NotNull(page.QuerySelector("form[action='/buscar'] input[name=q]"));
        Assert.Equal(12, page.QuerySelectorAll("a[href^='/temas/']").Select(a => a.GetAttribute("href")).Distinct().Count());
        Assert.Equal(["Pedir", "Agendar", "Solicitar", "Mis casos"], page.QuerySelectorAll("a.tile .tile-title").Select(e => e.TextContent.Trim()));
        Assert.Equal(["/catalogo", "/citas", "/solicitudes", "/casos"], page.QuerySelectorAll("a.tile").Select(e => e.GetAttribute("href")));
    }

    [Fact]
    public async Task Get_Anonymous_ShowsTheMostUsefulArticlesAndThePhone()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/");

        Assert.Equal(6, page.Articles().Count);
        Assert.NotNull(page.QuerySelector("main a[href^='tel:']"));
        Assert.NotNull(page.QuerySelector("main a[href='/contacto']"));
    }

    [Fact]
    public async Task Get_Anonymous_TellsMachinesThePublicAddressAndNotTheHostOfTheRequest()
    {
        using var browser = portal.Host.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "impostor.example";

        using var answer = await browser.SendAsync(request);
        var page = await answer.PageAsync();

        var data = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement;
        Assert.Equal("http://localhost:5080/", data.GetProperty("url").GetString());
        Assert.DoesNotContain("impostor", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PostedTo_AsksForTheTokenAndKeepsTheFrame()
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync("/", [("x", "y")]);

        Assert.Equal(400, (int)answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector("header a[href='/']"));
    }
}
