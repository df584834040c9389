
namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>Whatever is typed arrives clean, or comes back; nothing breaks.</summary>
[Collection(OrderPortalCollection.Name)]
public sealed class HostileTests(OrderPortal portal)
{
    [Fact]
    public async Task Post_DecomposedInvisibleAndEmoji_ArriveAsPeopleWriteThem()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());
        var family = "👨\u200D👩\u200D👧";

        var number = await OrderPortal.PlacedAsync(OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).With(
            ("contact-name", "Jose\u0301 \u202Ezerep"), ("address.street", "Ju\u200Ba\u0301rez\u0000"), ("notes", $"Timbre {family}\u0007\r\nsegundo piso")), browser);

        var order = await portal.OrderAsync(number);
        Assert.Equal(("José zerep", "Juárez", $"Timbre {family}\nsegundo piso"), (order.Ticket.ContactName, order.Address[0].Text, order.Notes));
    }

    [Fact]
    public async Task Post_TenThousandCharacters_ComeBackWithTheLimit()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);
        var longText = new string('ñ', 10_000);

        var page = await OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).With(("contact-name", longText), ("address.street", longText), ("notes", longText), ("invoice", "true"), ("rfc", longText)).RefusedAsync(browser);

        Assert.Superset(new HashSet<string> { "#campo-contact-name", "#campo-address-street", "#campo-notes", "#campo-rfc" }, page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")!).ToHashSet());
        Assert.Equal(longText, SentForm.Of(page).Value("notes"));
        Assert.Equal(0, await portal.OrdersAsync(variant));
    }

    [Fact]
    public async Task Post_OnlyInvisibleCharacters_AreNothing()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());

        var page = await OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).With(("contact-name", "\u200B\u2060"), ("address.city", "\u200B")).RefusedAsync(browser);

        Assert.Equal(["#campo-contact-name", "#campo-address-city"], page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Post_WithoutTheTokenOfThePage_IsRefused()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);

        using var answer = await OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).Without("__RequestVerificationToken").SendAsync(browser);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(0, await portal.OrdersAsync(variant));
    }

    [Fact]
    public async Task Post_WithACookieAndNoCart_LeadsToTheCart()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());
        await CartTests.PostAsync(browser, "update", (CartTests.Control(variant), "0"));

        using var answer = await sent.SendAsync(browser);

        Assert.NotNull((await answer.PageAsync()).QuerySelector(".empty"));
        Assert.Equal(0, await portal.OrdersAsync(variant));
    }

    [Fact]
    public async Task Post_OfAnotherBrowser_OrdersNothingOfTheFirst()
    {
        var (browser, other, variant) = (portal.Host.Browser(), portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail());

        using var answer = await sent.With(await OrderPortal.TokenAsync(other)).SendAsync(other);

        Assert.NotNull((await answer.PageAsync()).QuerySelector(".empty"));
        Assert.Equal(0, await portal.OrdersAsync(variant));
    }

    [Theory]
    [InlineData("/carrito")]
    [InlineData("/pedido")]
    public async Task Post_MoreFieldsThanAFormHas_ChangesNothing(string address)
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync(), 2);

        using var answer = await browser.SendFormAsync(address, [await OrderPortal.TokenAsync(browser), .. Enumerable.Range(0, 2000).Select(i => ($"x{i}", "1"))]);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector("main"));
        Assert.Equal(["2"], CartTests.Pieces(await browser.PageAsync(OrderPortal.Shop)));
    }

    [Fact]
    public async Task Post_WayToReceiveItThatIsNone_ChangesNothing()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync(), 2);
        await CartTests.PostAsync(browser, "update", ("receiving", "Collection"));

        var page = await CartTests.PostAsync(browser, "update", ("receiving", "7"));
        page = await CartTests.PostAsync(browser, "update", ("receiving", "volando"));

        Assert.NotNull(page.QuerySelector("[name=receiving][value=Collection][checked]"));
    }
}
