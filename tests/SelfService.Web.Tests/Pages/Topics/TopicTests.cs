namespace SelfService.Web.Tests.Pages.Topics;

[Collection(TrialPortalCollection.Name)]
public sealed class TopicTests(TrialPortal portal)
{
    [Fact]
    public async Task Get_Topics_ListsEachWithItsCountAndNoneThatIsHidden()
    {
        using var anonymous = portal.Host.Browser();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var seen = await anonymous.PageAsync("/temas");
        var seenByAgent = await agent.PageAsync("/temas");

        Assert.Equal(["/temas/largo", "/temas/variado"], seen.QuerySelectorAll("main a[href^='/temas/']").Select(a => a.GetAttribute("href")));
        Assert.Equal(["47 artículos", "4 artículos"], seen.QuerySelectorAll(".topic-count").Select(Steps.Words));
        Assert.Contains("/temas/equipo", seenByAgent.QuerySelectorAll("main a[href^='/temas/']").Select(a => a.GetAttribute("href")));
        Assert.Equal(["47 artículos", "6 artículos", "1 artículo"], seenByAgent.QuerySelectorAll(".topic-count").Select(Steps.Words));
    }

    [Fact]
    public async Task Get_LongTopic_ShowsTwentyAPageByTitleAndEveryArticleOnce()
    {
        using var browser = portal.Host.Browser();
        var all = new List<string>();

        for (var number = 1; number <= 3; number++)
        {
            var page = await browser.PageAsync($"/temas/largo?pagina={number}");
            all.AddRange(page.QuerySelectorAll("main .articles a[href^='/articulos/']").Select(a => a.GetAttribute("href")!));
            Assert.Equal($"{number}", page.QuerySelector("nav.pagination [aria-current=page]").Words());
            Assert.Equal(number > 1, page.QuerySelector("a[rel=prev]") is not null);
            Assert.Equal(number < 3, page.QuerySelector("a[rel=next]") is not null);
        }

        Assert.Equal(Enumerable.Range(1, TrialPortal.Many).Select(n => $"/articulos/paso-{n:00}"), all);
    }

    [Fact]
    public async Task Get_FirstPage_HasOneAddress()
    {
        using var browser = portal.Host.Browser();

        var second = await browser.PageAsync("/temas/largo?pagina=2");

        Assert.Equal("/temas/largo", second.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("uno")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("%00")]
    public async Task Get_PageThatIsNoNumber_ShowsAPageOrNotFoundButNoError(string number)
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.GetAsync("/temas/largo?pagina=" + number);

        Assert.True((int)answer.StatusCode is 200 or 404, $"{number} answered {(int)answer.StatusCode}");
        await answer.PageAsync();
    }

    [Fact]
    public async Task Get_PageBeyondTheLast_IsNotFound()
    {
        using var browser = portal.Host.Browser();

        await browser.PageAsync("/temas/largo?pagina=4", 404);
    }

    [Theory]
    [InlineData("/temas/no-existe")]
    [InlineData("/temas/equipo")]
    [InlineData("/temas/%3Cscript%3E")]
    public async Task Get_UnknownOrHiddenTopic_IsNotFound(string address)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(address, 404);

        Assert.DoesNotContain("tejocote", page.Body!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Get_HiddenTopicAsAgent_ShowsIt()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync("/temas/equipo");

        Assert.Equal(["/articulos/solo-equipo"], page.Articles());
    }
}
