using SelfService.Core.KnowledgeBase;

namespace SelfService.Web.Tests.Pages;

/// <summary>What is for customers or for staff appears nowhere else; each place is also shown to work for whom it is for.</summary>
[Collection(TrialPortalCollection.Name)]
public sealed class AudienceTests(TrialPortal portal)
{
    private static readonly string[] CustomersWords = ["guayaba", "/articulos/para-clientes"];
    private static readonly string[] StaffWords = ["mamey", "tejocote", "/articulos/para-equipo", "/articulos/solo-equipo"];
    private static readonly string[] NobodysWords = ["chicozapote", "/articulos/borrador"];

    public static TheoryData<string> Everywhere => new(
        "/", "/temas", "/temas/variado", "/articulos/corto", "/articulos/todo", "/buscar?q=zarzamora", "/buscar?q=zarzamora&tema=variado",
        "/buscar", "/buscar?q=qwxkjzvbnm", "/sugerencias?q=ventajas", "/sugerencias?q=criterios", "/sugerencias?q=manual", "/articulos/todo/opinion",
        "/sitemap.xml", "/feed.xml", "/opensearch.xml", "/para-equipo-mamey", "/guayaba", "/health/ready");

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Get_Anonymous_NeverSeesWhatIsForOthers(string address)
    {
        using var browser = portal.Host.Browser();

        var answer = await SourceAsync(browser, address);

        Assert.All([.. CustomersWords, .. StaffWords, .. NobodysWords], word => Assert.DoesNotContain(word, Without(answer, address), StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Get_Customer_NeverSeesWhatIsForStaff(string address)
    {
        using var browser = await portal.Host.BrowserOfAsync(Steps.Customer);

        var answer = await SourceAsync(browser, address);

        Assert.All([.. StaffWords, .. NobodysWords], word => Assert.DoesNotContain(word, Without(answer, address), StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/articulos/para-clientes")]
    [InlineData("/temas/variado")]
    [InlineData("/articulos/corto")]
    [InlineData("/buscar?q=guayaba")]
    [InlineData("/sugerencias?q=ventajas")]
    [InlineData("/ventajas-guayaba")]
    public async Task Get_Customer_SeesWhatIsForCustomers(string address)
    {
        using var browser = await portal.Host.BrowserOfAsync(Steps.Customer);

        Assert.Contains("guayaba", Without(await SourceAsync(browser, address), address), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/articulos/para-equipo")]
    [InlineData("/articulos/para-clientes")]
    [InlineData("/temas/variado")]
    [InlineData("/temas")]
    [InlineData("/articulos/corto")]
    [InlineData("/buscar?q=zarzamora&tema=equipo")]
    [InlineData("/sugerencias?q=criterios")]
    [InlineData("/criterios-mamey")]
    public async Task Get_Agent_SeesWhatIsForStaff(string address)
    {
        using var browser = await portal.Host.BrowserOfAsync(Steps.Agent);

        var answer = Without(await SourceAsync(browser, address), address);

        Assert.Contains(["mamey", "tejocote", "guayaba", "Tema del equipo"], word => answer.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Get_Machines_ListOnlyWhatIsPublicAlsoForStaff()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        foreach (var address in new[] { "/sitemap.xml", "/feed.xml" })
        {
            var answer = await agent.GetStringAsync(address);
            Assert.All([.. CustomersWords, .. StaffWords], word => Assert.DoesNotContain(word, answer, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Contains(ArticleAddress.Of("corto"), await agent.GetStringAsync("/sitemap.xml"), StringComparison.Ordinal);
        Assert.Contains(ArticleAddress.Of("corto"), await agent.GetStringAsync("/feed.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SearchCounts_CountOnlyWhatThisPersonMaySee()
    {
        using var anonymous = portal.Host.Browser();
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Equal((49, 50, 52), (await CountAsync(anonymous), await CountAsync(customer), await CountAsync(agent)));

        static async Task<int> CountAsync(HttpClient browser)
        {
            var page = await browser.PageAsync("/buscar?q=zarzamora");
            return int.Parse(page.QuerySelector("[role=status]").Words().Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static async Task<string> SourceAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address);
        return await answer.Content.ReadAsStringAsync();
    }

    // A page repeats the address that was asked for; what counts is what it adds.
    private static string Without(string source, string address)
    {
        foreach (var word in address.Split('/', '?', '=', '-', '&').Where(w => w is "guayaba" or "mamey"))
        {
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(source);
            return string.Concat(page.QuerySelectorAll("ol.results").Select(e => e.OuterHtml)) is var hits && hits.Length > 0 ? hits : "";
        }

        return source;
    }
}
