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
        Assert.Equal(["Pedir", "Agendar", "Solicitar", "Mis casos"], page.QuerySelectorAll("a[href^='/contacto?para='] strong, a[href^='/contacto?para='] h2, a[href^='/contacto?para='] h3, a[href^='/contacto?para='] .tile-title").Select(e => e.TextContent.Trim()));
    }
}
