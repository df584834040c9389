namespace SelfService.Web.Tests.Pages.Contact;

[Collection(TrialPortalCollection.Name)]
public sealed class ContactTests(TrialPortal portal)
{
    [Fact]
    public async Task Get_EachErrand_HasItsOwnPageAlsoWhenKept()
    {
        using var browser = portal.Host.Browser();
        var titles = new List<string>();

        foreach (var address in new[] { "/contacto", "/contacto?para=pedir", "/contacto?para=agendar", "/contacto?para=solicitar", "/contacto?para=casos" })
        {
            await browser.PageAsync(address);
            var kept = await browser.PageAsync(address);
            titles.Add(kept.QuerySelector("h1").Words());
            Assert.NotNull(kept.QuerySelector("main a[href='tel:+528005550100']"));
        }

        Assert.Equal(5, titles.Distinct().Count());
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
}
