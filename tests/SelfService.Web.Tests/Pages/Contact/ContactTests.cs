namespace SelfService.Web.Tests.Pages.Contact;

[Collection(TrialPortalCollection.Name)]
public sealed class ContactTests(TrialPortal portal)
{
    [Fact]
    public async Task Get_EachErrand_HasItsOwnPageAlsoWhenKept()
    {
        using var browser = portal.Host.Browser();
        var titles = new List<string>();

        foreach (var address in new[] { "/contacto", "/contacto?para=pedir", "/contacto?para=agendar" })
        {
            await browser.PageAsync(address);
            var kept = await browser.PageAsync(address);
            titles.Add(kept.QuerySelector("h1").Words());
            Assert.NotNull(kept.QuerySelector("main a[href='tel:+528005550100']"));
        }

        Assert.Equal(3, titles.Distinct().Count());
    }

    [Theory]
    [InlineData("otra-cosa")]
    [InlineData("%3Cscript%3E")]
    [InlineData("pedir&para=agendar")]
    public async Task Get_UnknownErrand_ShowsEveryWay(string errand)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/contacto?para=" + errand);

        Assert.NotNull(page.QuerySelector("main a[href='tel:+528005550100']"));
        Assert.Null(page.QuerySelector("main script"));
    }

    [Fact]
    public async Task Get_Contact_TellsTheHours()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/contacto");

        Assert.Contains("Lunes9:00 a 18:00", page.QuerySelector("table.hours").Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/contacto?para=solicitar", "/solicitudes")]
    [InlineData("/contacto?para=casos", "/casos")]
    public async Task Get_ErrandThatHasAPageOfItsOwn_LeadsThere(string address, string page)
    {
        using var browser = portal.Host.Browser(followRedirects: false);

        for (var time = 0; time < 2; time++)
        {
            using var answer = await browser.GetAsync(address);

            Assert.Equal(302, (int)answer.StatusCode);
            Assert.Equal(page, answer.Headers.Location?.ToString());
        }
    }

    [Fact]
    public async Task Get_CompanyWithoutTheForm_OffersNoCallBack()
    {
        using var browser = portal.Host.Browser();

        foreach (var address in new[] { "/", "/contacto", "/temas" })
        {
            Assert.Null((await browser.PageAsync(address)).QuerySelector("a[href='/solicitudes/llamada']"));
        }
    }
}

/// <summary>A person is two clicks away from every page.</summary>
[Collection(DemonstrationPortalCollection.Name)]
public sealed class PersonTests(DemonstrationPortal portal)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/temas")]
    [InlineData("/temas/internet-problemas")]
    [InlineData("/articulos/luces-del-nodo-6")]
    [InlineData("/buscar?q=internet")]
    [InlineData("/buscar?q=qwxkjzvbnm")]
    [InlineData("/contacto")]
    [InlineData("/contacto?para=pedir")]
    [InlineData("/solicitudes")]
    [InlineData("/solicitudes/reparacion-en-garantia")]
    [InlineData("/solicitudes/gracias")]
    [InlineData("/casos")]
    [InlineData("/cuenta/entrar")]
    public async Task Get_AnyPage_HasTelephoneHoursWhetherOpenAndTheCallBack(string address)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(address);

        Assert.NotNull(page.QuerySelector("header a[href='/contacto']"));
        Assert.NotNull(page.QuerySelector("footer a[href^='tel:']"));
        Assert.NotNull(page.QuerySelector("footer .open-state"));
        Assert.NotNull(page.QuerySelector("footer a[href='/solicitudes/llamada']"));
    }

    [Fact]
    public async Task Get_HomeAndContact_OfferTheCallBackWhereAPersonIsOffered()
    {
        using var browser = portal.Host.Browser();

        Assert.NotNull((await browser.PageAsync("/")).QuerySelector("main .person a[href='/solicitudes/llamada']"));
        Assert.NotNull((await browser.PageAsync("/contacto")).QuerySelector("main .ways a[href='/solicitudes/llamada']"));
        await browser.PageAsync("/solicitudes/llamada");
    }
}
