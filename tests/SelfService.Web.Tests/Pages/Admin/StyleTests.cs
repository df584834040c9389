namespace SelfService.Web.Tests.Pages.Admin;

[Collection(TrialPortalCollection.Name)]
public sealed class StyleTests(TrialPortal portal)
{
    [Fact]
    public async Task Get_StyleGuide_IsForStaff()
    {
        using var anonymous = portal.Host.Browser(followRedirects: false);
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var sentAway = await anonymous.GetAsync("/admin/estilo");
        await customer.PageAsync("/admin/estilo", 404);
        var page = await agent.PageAsync("/admin/estilo");

        Assert.Equal(302, (int)sentAway.StatusCode);
        Assert.StartsWith("/cuenta/entrar", sentAway.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.NotEmpty(page.QuerySelectorAll("main section h2"));
    }
}
