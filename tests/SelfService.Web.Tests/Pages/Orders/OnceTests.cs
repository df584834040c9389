using System.Globalization;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>One press, one order; and no more of them than a person makes.</summary>
[Collection(OrderPortalCollection.Name)]
public sealed class OnceTests(OrderPortal portal)
{
    [Fact]
    public async Task Post_TwentyAtOnce_PlaceOneOrder()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync(stock: 30));
        await portal.AddAsync(browser, variant, 2);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());

        var numbers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OrderPortal.PlacedAsync(sent, browser)));

        Assert.Single(numbers.Distinct());
        Assert.Equal(1, await portal.OrdersAsync(variant));
        Assert.Equal(28, await portal.StockAsync(variant));
    }

    [Fact]
    public async Task Post_AgainAfterTheAnswerWasLost_GivesTheSameOrderThoughTheCartIsEmpty()
    {
        var (browser, variant) = (portal.Host.Browser(followRedirects: false), await portal.SellAsync());
        (await browser.SendFormAsync("/carrito/agregar", [("Sku", variant.Sku), ("Quantity", "1"), await OrderPortal.TokenAsync(browser)])).Dispose();
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());

        using var lost = await sent.SendAsync(browser);
        using var again = await sent.SendAsync(browser);

        Assert.Equal(302, (int)lost.StatusCode);
        Assert.StartsWith("/pedido/recibido/", lost.Header("Location"), StringComparison.Ordinal);
        Assert.Equal(lost.Header("Location"), again.Header("Location"));
        Assert.Equal(1, await portal.OrdersAsync(variant));
    }

    [Fact]
    public async Task Post_GoneBackAndChanged_SaysTheEarlierOneArrived()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());
        var number = await OrderPortal.PlacedAsync(sent, browser);

        var page = await sent.With(("address.street", "Reforma")).RefusedAsync(browser, 409);

        Assert.Contains(number, page.QuerySelector(".request-notice").Words(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($".request-notice a[href='/casos/{number}']"));
        Assert.Equal("Reforma", SentForm.Of(page).Value("address.street"));
        Assert.Equal(1, await portal.OrdersAsync(variant));
        Assert.Equal("Juárez", (await portal.OrderAsync(number)).Address[0].Text);
    }

    [Fact]
    public async Task Post_GoneBackAndChangedWithAFullCart_OffersAnotherOrder()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());
        var number = await OrderPortal.PlacedAsync(sent, browser);
        await portal.AddAsync(browser, variant, 3);

        var page = await sent.With(("address.street", "Reforma")).RefusedAsync(browser, 409);
        Assert.Equal("Hacer otro pedido por $499.00", page.QuerySelector("form#solicitud button.button-large").Words());
        var second = await OrderPortal.PlacedAsync(SentForm.Of(page), browser);

        Assert.NotEqual(number, second);
        Assert.Equal(("Reforma", 3), ((await portal.OrderAsync(second)).Address[0].Text, (await portal.OrderAsync(second)).Lines.Single().Quantity));
    }

    [Fact]
    public async Task Post_FieldForProgramsOrTooFast_ComesBackAndCanBeSentAgain()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());

        var trapped = await sent.With(("website", "https://spam.example")).RefusedAsync(browser);
        var fast = await OrderPortal.Filled(SentForm.Of(await browser.PageAsync(OrderPortal.Checkout)), RequestPortal.NewEmail()).RefusedAsync(browser);

        Assert.Contains("Todavía no hicimos su pedido", trapped.QuerySelector(".request-notice").Words(), StringComparison.Ordinal);
        Assert.Contains("demasiado rápido", fast.QuerySelector(".request-notice").Words(), StringComparison.Ordinal);
        Assert.Equal(0, await portal.OrdersAsync(variant));
        await OrderPortal.PlacedAsync(SentForm.Of(trapped), browser);
    }

    [Fact]
    public async Task Post_SixthOfAnHour_Answers429WithEverythingKept()
    {
        var (email, variant) = (RequestPortal.NewEmail(), await portal.SellAsync(stock: 100));
        for (var number = 0; number < 5; number++)
        {
            await portal.OrderAsync(portal.Host.Browser(), variant, email: email);
        }

        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, variant);
        using var answer = await OrderPortal.Filled(await portal.CheckoutAsync(browser), email).SendAsync(browser);

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 60, 3600);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector(".request-notice a[href='tel:+528005550100']"));
        Assert.Equal("Juárez", SentForm.Of(page).Value("address.street"));
        Assert.Equal(5, await portal.OrdersAsync(variant));
        portal.Clock.Advance(TimeSpan.FromHours(1));
        await OrderPortal.PlacedAsync(SentForm.Of(page), browser);
    }

    [Fact]
    public async Task Post_MoreThanANetworkMay_Answers429()
    {
        using var content = new TestFolder();
        OrderPortal.Fill(content);
        var clock = new AdvancingClock();
        await using var host = await RequestPortal.StartAsync(content, clock, new() { ["SelfService:Limits:RequestsPerHour"] = "1" });
        var variant = await Portals.SellAsync(host);
        var (first, second) = (host.Browser(), host.Browser());

        await OrderPortal.PlacedAsync(OrderPortal.Filled(await Portals.OpenAsync(host, clock, first, variant), RequestPortal.NewEmail()), first);
        using var answer = await OrderPortal.Filled(await Portals.OpenAsync(host, clock, second, variant), RequestPortal.NewEmail()).SendAsync(second);

        Assert.Equal(429, (int)answer.StatusCode);
    }
}
