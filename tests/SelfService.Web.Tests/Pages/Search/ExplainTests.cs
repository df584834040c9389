namespace SelfService.Web.Tests.Pages.Search;

[Collection(DemonstrationPortalCollection.Name)]
public sealed class ExplainTests(DemonstrationPortal portal)
{
    private const string Editor = "elena@brisal.example";
    private const string Admin = "julian@brisal.example";
    private const string Asked = "/buscar?q=cancelar+fatcura&explicar=1";

    [Theory]
    [InlineData(Steps.Agent)]
    [InlineData(Editor)]
    [InlineData(Admin)]
    public async Task Get_ExplainedForStaff_ShowsWhyOfEveryHit(string person)
    {
        using var staff = await portal.Host.BrowserOfAsync(person);

        var page = await staff.PageAsync(Asked);

        var hits = page.QuerySelectorAll("li.result");
        Assert.Equal(10, hits.Length);
        Assert.All(hits, hit => Assert.Contains("puntos", hit.QuerySelector("details.why > summary").Words(), StringComparison.Ordinal));
        Assert.All(hits, hit => Assert.Equal(hit.QuerySelector("summary").Words().Split(": ")[1], hit.QuerySelector("tfoot .amount").Words() + " puntos"));
        Assert.All(hits.Take(9), hit => Assert.Contains("Por qué está antes que el siguiente:", hit.QuerySelector("details.why").Words(), StringComparison.Ordinal));
        Assert.DoesNotContain("Por qué está antes que el siguiente:", hits[9].Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ExplainedForStaff_ShowsHowTheQuestionWasUnderstood()
    {
        using var staff = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await staff.PageAsync("/buscar?q=como+anular+una+fatcura&explicar=1");
        var understood = page.QuerySelectorAll(".understood tbody tr").Select(row => row.Words()).ToList();

        Assert.Equal(4, understood.Count);
        Assert.StartsWith("como (palabra vacía)", understood[0], StringComparison.Ordinal);
        Assert.Matches("cancelar.* sinónimo", understood[1]);
        Assert.Contains("factura corrección", understood[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WordsBesideThoseOfTheQuestion_AreNamed()
    {
        using var staff = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await staff.PageAsync("/buscar?q=está+tibio&explicar=1");

        Assert.Contains("suele estar al lado", page.QuerySelectorAll(".understood table")[1].Words(), StringComparison.Ordinal);
        var hit = page.QuerySelectorAll("li.result").Single(result => result.QuerySelector("h2 a")!.GetAttribute("href") == "/articulos/minisplit-no-enfria");
        Assert.Contains("No tiene las palabras de la pregunta", hit.Words(), StringComparison.Ordinal);
        Assert.NotNull(hit.QuerySelector("mark"));
    }

    [Fact]
    public async Task Get_ExplainedInEnglish_IsEnglish()
    {
        using var staff = await portal.Host.BrowserOfAsync(Steps.Agent, "en");

        var page = await staff.PageAsync(Asked);

        Assert.Contains("Why it is here", page.QuerySelector("details.why summary").Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Steps.Customer)]
    public async Task Get_ExplainedForOthers_IsAnOrdinaryPage(string? person)
    {
        using var browser = person is null ? portal.Host.Browser() : await portal.Host.BrowserOfAsync(person);

        var page = await browser.PageAsync(Asked);

        Assert.NotEmpty(page.QuerySelectorAll("li.result"));
        Assert.Null(page.QuerySelector(".why, .understood, .why-switch"));
        Assert.Null(page.QuerySelector("main a[href*=explicar]"));
    }

    [Theory]
    [InlineData("/buscar?q=cancelar")]
    [InlineData("/buscar?q=cancelar&explicar=0")]
    [InlineData("/buscar?q=cancelar&explicar=si")]
    public async Task Get_NotAskedByStaff_OffersIt(string address)
    {
        using var staff = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await staff.PageAsync(address);

        Assert.Null(page.QuerySelector(".why, .understood"));
        Assert.Equal("/buscar?q=cancelar&explicar=1", page.QuerySelector(".why-switch a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_Explained_StaysOnPagesAndTopics()
    {
        using var staff = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await staff.PageAsync("/buscar?q=cancelar&explicar=1");

        Assert.All(page.QuerySelectorAll("nav.filter a, a[rel=next]"), link => Assert.Contains("explicar=1", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal("/buscar?q=cancelar", page.QuerySelector(".why-switch a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_NothingFound_SaysHowItWasUnderstood()
    {
        using var staff = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await staff.PageAsync("/buscar?q=qwxkjzvbnm&explicar=1");

        Assert.Contains("Ningún artículo la tiene.", page.QuerySelector(".understood").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ExplainedMarkup_IsEscaped()
    {
        using var staff = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await staff.PageAsync("/buscar?q=" + Uri.EscapeDataString("<img src=x onerror=alert(1)> cancelar <b>") + "&explicar=1");

        Assert.NotEmpty(page.QuerySelectorAll("details.why"));
        Assert.Null(page.QuerySelector("main img, .understood b b, main [onerror]"));
    }
}
