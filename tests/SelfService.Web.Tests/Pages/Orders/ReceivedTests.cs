
namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>The confirmation of an order: only for who may see it.</summary>
[Collection(OrderPortalCollection.Name)]
public sealed class ReceivedTests(OrderPortal portal)
{
    [Fact]
    public async Task Get_OtherPeople_Get404AndTheOwnBrowserAndTheDeskSeeIt()
    {
        var browser = portal.Host.Browser();
        var number = await portal.OrderAsync(browser, await portal.SellAsync());
        var address = $"/pedido/recibido/{number}";

        Assert.Contains(number, (await browser.PageAsync(address)).QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Contains(number, (await (await portal.Host.BrowserOfAsync(Steps.Agent)).PageAsync(address)).QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(number, (await portal.Host.Browser().PageAsync(address, 404)).QuerySelector("main").Words(), StringComparison.Ordinal);
        await (await portal.Host.BrowserOfAsync(Steps.Customer)).PageAsync(address, 404);
    }

    [Theory]
    [InlineData("C-0000-0000")]
    [InlineData("nada")]
    [InlineData("%E2%80%8B")]
    public async Task Get_NumberThatIsNone_Answers404(string number) => await portal.Host.Browser().PageAsync($"/pedido/recibido/{number}", 404);

    [Fact]
    public async Task Get_ACaseThatIsNoOrder_Answers404()
    {
        var browser = portal.Host.Browser();
        using var form = await browser.GetAsync("/solicitudes/simple");
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        var number = await Requests.OnceTests.Simple(SentForm.Of(await form.PageAsync()), RequestPortal.NewEmail()).AcceptedAsync(browser);

        await browser.PageAsync($"/casos/{number}");
        await browser.PageAsync($"/pedido/recibido/{number}", 404);
    }

    [Fact]
    public async Task Get_Confirmation_IsNeitherKeptNorListed()
    {
        var browser = portal.Host.Browser();
        var number = await portal.OrderAsync(browser, await portal.SellAsync());

        using var answer = await browser.GetAsync($"/pedido/recibido/{number.ToLowerInvariant()}");

        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("noindex", (await answer.PageAsync()).QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Theory]
    [InlineData("transferencia", "Esperamos su pago.", "^Apartamos su pedido; páguelo .*antes de")]
    [InlineData("enlace", "Preparamos su enlace de pago.", "^Se lo enviamos .*antes de")]
    [InlineData("entrega", "Revisamos su pedido.", "^Se lo confirmamos .*antes de")]
    public async Task Get_EachWayToPay_SaysWhatIsNextAndByWhen(string payment, string what, string next)
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());
        var number = await OrderPortal.PlacedAsync(OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail(), payment), browser);

        var page = await browser.PageAsync($"/pedido/recibido/{number}");

        Assert.Equal(what, page.QuerySelector(".promise strong").Words());
        Assert.Matches(next, page.QuerySelector(".promise time").Words());
        Assert.Equal(["Recibido", "Confirmado", "En preparación", "En camino", "Entregado"], page.QuerySelectorAll(".step > strong, .step > span").Select(s => s.Words()));
        Assert.Equal("Recibido", page.QuerySelector(".step[aria-current=step] strong").Words());
    }

    [Fact]
    public async Task Get_OnlyATelephone_SaysToKeepTheNumber()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());
        var number = await OrderPortal.PlacedAsync(OrderPortal.Filled(await portal.CheckoutAsync(browser), "").With(("contact-phone", $"55 {Random.Shared.Next(1000, 9999)} 5678")), browser);

        Assert.Contains($"Anote su número, {number}.", (await browser.PageAsync($"/pedido/recibido/{number}")).QuerySelector(".received-follow").Words(), StringComparison.Ordinal);
    }
}
