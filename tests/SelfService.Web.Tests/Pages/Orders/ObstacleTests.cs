using AngleSharp.Html.Dom;

namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>What changed between the page and the press: it is said, nothing typed is lost, and the next press accepts what is shown.</summary>
[Collection(OrderPortalCollection.Name)]
public sealed class ObstacleTests(OrderPortal portal)
{
    [Fact]
    public async Task Post_PriceChanged_IsSaidAndAskedOnce()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync(10_000, title: "Filtro"));
        await portal.AddAsync(browser, variant);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());
        await portal.ChangeAsync(variant, 12_000);

        var page = await sent.With(("notes", "Con cuidado")).RefusedAsync(browser, 409);

        Assert.Equal("El precio de Filtro cambió de $100.00 a $120.00.", page.QuerySelector(".checkout-news li").Words());
        Assert.Equal(("Hacer pedido por $319.00", "Con cuidado"), (Button(page), SentForm.Of(page).Value("notes")));
        Assert.Equal(0, await portal.OrdersAsync(variant));
        Assert.Equal(10, await portal.StockAsync(variant));
        Assert.Equal(31_900, (await portal.OrderAsync(await OrderPortal.PlacedAsync(SentForm.Of(page), browser))).Total);
    }

    [Fact]
    public async Task Post_FewerPiecesLeft_LeavesThoseAndAsks()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync(10_000, stock: 5, title: "Filtro"));
        await portal.AddAsync(browser, variant, 5);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());
        await portal.MoveAsync(variant, -3);

        var page = await sent.RefusedAsync(browser, 409);

        Assert.Equal("Solo quedan 2 piezas de Filtro; dejamos 2 en su carrito.", page.QuerySelector(".checkout-news li").Words());
        Assert.Equal("Hacer pedido por $399.00", Button(page));
        Assert.Equal(2, (await portal.OrderAsync(await OrderPortal.PlacedAsync(SentForm.Of(page), browser))).Lines.Single().Quantity);
        Assert.Equal(0, await portal.StockAsync(variant));
    }

    [Fact]
    public async Task Post_OneLineGone_AsksForTheOthersAndKeepsItInTheCart()
    {
        var browser = portal.Host.Browser();
        var (kept, gone) = (await portal.SellAsync(10_000, title: "Filtro"), await portal.SellAsync(20_000, title: "Manguera"));
        await portal.AddAsync(browser, kept);
        await portal.AddAsync(browser, gone);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());
        await portal.ChangeAsync(gone, onSale: false);

        var page = await sent.RefusedAsync(browser, 409);
        var order = await portal.OrderAsync(await OrderPortal.PlacedAsync(SentForm.Of(page), browser));

        Assert.Equal("Manguera ya no se vende y no va en su pedido.", page.QuerySelector(".checkout-news li").Words());
        Assert.Equal("Filtro", order.Lines.Single().Title);
        Assert.Equal("Manguera", (await browser.PageAsync(OrderPortal.Shop)).QuerySelector(".cart-title").Words());
    }

    [Fact]
    public async Task Post_LastPieceTakenByAnother_SaysSoAndKeepsWhatWasTyped()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync(stock: 1, title: "Filtro"));
        await portal.AddAsync(browser, variant);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());
        await portal.OrderAsync(portal.Host.Browser(), variant);

        var page = await sent.RefusedAsync(browser, 409);

        Assert.Equal("Filtro se agotó y no va en su pedido.", page.QuerySelector(".checkout-news li").Words());
        Assert.Null(page.QuerySelector("form#solicitud button.button-large"));
        Assert.Equal("Juárez", SentForm.Of(page).Value("address.street"));
        Assert.Equal(1, await portal.OrdersAsync(variant));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    [InlineData("-29900")]
    [InlineData("nada")]
    public async Task Post_TotalMadeUp_IsNotBelieved(string total)
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);

        var page = await OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).With(("SeenTotal", total)).RefusedAsync(browser, 409);

        Assert.Equal("Hacer pedido por $299.00", Button(page));
        Assert.Equal(0, await portal.OrdersAsync(variant));
    }

    [Fact]
    public async Task Post_PriceMadeUp_IsNotBelieved()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);

        var page = await OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).With(("Line", $"{variant.Id:N}.1.1"), ("SeenTotal", "19901")).RefusedAsync(browser, 409);

        Assert.Equal("Hacer pedido por $299.00", Button(page));
        Assert.Equal(0, await portal.OrdersAsync(variant));
    }

    [Theory]
    [InlineData("{0}.-5.10000")]
    [InlineData("{0}.0.10000")]
    [InlineData("{0}.100.10000")]
    [InlineData("{0}.7.10000")]
    [InlineData("no")]
    public async Task Post_LinesThatAreNotThoseOfTheCart_AreShownAsTheyAreInTheCart(string line)
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);

        var page = await OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).With(("Line", string.Format(null, line, variant.Id.ToString("N")))).RefusedAsync(browser, 409);

        Assert.Equal("Su carrito cambió en otra ventana. Esto es lo que hay ahora.", page.QuerySelector(".checkout-news li").Words());
        Assert.Equal(0, await portal.OrdersAsync(variant));
        await OrderPortal.PlacedAsync(SentForm.Of(page), browser);
    }

    [Fact]
    public async Task Post_CartChangedInAnotherWindow_ShowsWhatIsInItNow()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());
        await portal.AddAsync(browser, variant, 2);

        var page = await sent.RefusedAsync(browser, 409);

        Assert.Equal("Hacer pedido por $499.00", Button(page));
        Assert.Equal(3, (await portal.OrderAsync(await OrderPortal.PlacedAsync(SentForm.Of(page), browser))).Lines.Single().Quantity);
    }

    [Fact]
    public async Task Get_ChangedMeanwhile_SaysItBeforeAnythingIsSent()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync(10_000, title: "Filtro"));
        await portal.AddAsync(browser, variant);
        await portal.ChangeAsync(variant, 9_000);

        Assert.Equal("El precio de Filtro cambió de $100.00 a $90.00.", (await browser.PageAsync(OrderPortal.Checkout)).QuerySelector(".checkout-news li").Words());
        Assert.Null((await browser.PageAsync(OrderPortal.Checkout)).QuerySelector(".checkout-news"));
    }

    private static string Button(IHtmlDocument page) => page.QuerySelector("form#solicitud button.button-large").Words();
}
