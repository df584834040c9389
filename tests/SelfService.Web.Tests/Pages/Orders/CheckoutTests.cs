using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;
using SelfService.Web.Mail;

namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>From the cart to the order: what is asked, what is stored, and what comes back when something has to be mended.</summary>
[Collection(OrderPortalCollection.Name)]
public sealed class CheckoutTests(OrderPortal portal)
{
    [Fact]
    public async Task Get_EmptyCart_LeadsToTheCart()
    {
        using var answer = await portal.Host.Browser(followRedirects: false).GetAsync(OrderPortal.Checkout);

        Assert.Equal((302, "/carrito"), ((int)answer.StatusCode, answer.Header("Location")));
    }

    [Fact]
    public async Task Post_Guest_PlacesAnOrderInFiveScreensAndShowsWhatHappensNext()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var variant = await portal.SellAsync(54_900, stock: 5, title: "Filtro de agua");

        // Catalogue and product are the first two; here come the cart, the checkout and the confirmation.
        await portal.AddAsync(browser, variant, 2);
        using var continued = await browser.FillAsync(OrderPortal.Shop, "form.cart-form", ("act", "continue"), ("receiving", "Delivery"));
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        var sent = SentForm.Of(await continued.PageAsync());
        using var answer = await OrderPortal.Filled(sent, email).With(("notes", "Tocar el timbre")).SendAsync(browser);

        var page = await answer.PageAsync();
        var number = page.QuerySelector(".received-number strong").Words();
        var order = await portal.OrderAsync(number);
        Assert.Equal((129_700, 19_900, 17_890, 0, "MXN", OrderStatus.Placed, Receiving.Delivery), (order.Total, order.DeliveryPrice, order.Tax, order.Paid, order.Currency, order.Status, order.Receiving));
        Assert.Equal(("transferencia", "Tocar el timbre", "Ana Pérez", email, "ayuda", TicketKind.Order, null), (order.PaymentKey, order.Notes, order.Ticket.ContactName, order.Ticket.ContactEmail, order.Ticket.Queue, order.Ticket.Kind, order.Ticket.OpenedById));
        Assert.Equal("street=Juárez number=12 neighbourhood=Centro postcode=72000 city=Puebla state=Puebla country=México", string.Join(' ', order.Address.Select(a => $"{a.Name}={a.Text}")));
        Assert.Equal(("Filtro de agua", 2, 54_900), (order.Lines.Single().Title, order.Lines.Single().Quantity, order.Lines.Single().UnitPrice));
        Assert.Equal(3, await portal.StockAsync(variant));
        Assert.Equal("Esperamos su pago.", page.QuerySelector(".promise strong").Words());
        Assert.Equal($"Transfiera $1,297.00 con la referencia {number}.", page.QuerySelector(".checkout-instructions").Words());
        Assert.Contains(email, page.QuerySelector(".received-follow").Words(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"a[href='/casos/{number}']"));
        Assert.Equal(200, (int)(await browser.GetAsync($"/casos/{number}")).StatusCode);
        Assert.Null(page.QuerySelector(".cart-count"));
        Assert.NotNull((await browser.PageAsync(OrderPortal.Shop)).QuerySelector(".empty"));
        Assert.Equal(MailTemplates.NameOf(MailKind.OrderPlaced), Assert.Single(await portal.Host.Mailbox.AllAsync(email))["X-SelfService-Mail"]);
    }

    [Fact]
    public async Task Post_Collection_KeepsTheBranchAndADayOnWhichItIsOpen()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync(leadDays: 2));
        await CartTests.PostAsync(browser, "update", ("receiving", "Collection"));
        var page = await browser.PageAsync(OrderPortal.Checkout);
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        var days = page.QuerySelectorAll("#campo-day option").Select(o => o.GetAttribute("value")!).Where(v => v.Length > 0).ToList();

        var number = await OrderPortal.PlacedAsync(Contact(SentForm.Of(page)).With(("branch", "centro"), ("day", days[1]), ("payment", "enlace")), browser);

        // Nine hours of opening and two business days later; no Saturday and no Sunday.
        Assert.InRange(days.Count, 10, 11);
        Assert.All(days, day => Assert.False(DateOnly.Parse(day, CultureInfo.InvariantCulture).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
        var order = await portal.OrderAsync(number);
        Assert.Equal(("centro", DateOnly.Parse(days[1], CultureInfo.InvariantCulture), 0, 10_000), (order.BranchKey, order.CollectOn, order.DeliveryPrice, order.Total));
        Assert.Empty(order.Address);
    }

    [Fact]
    public async Task Post_DayThatHasPassed_IsAskedAgain()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());
        await CartTests.PostAsync(browser, "update", ("receiving", "Collection"));
        var sent = Contact(await portal.CheckoutAsync(browser)).With(("branch", "roma"), ("payment", "enlace"));

        var page = await sent.With(("day", "2026-11-25")).RefusedAsync(browser);
        var other = await sent.With(("day", "nunca"), ("branch", "luna")).RefusedAsync(browser);

        Assert.Equal(["#campo-day"], page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
        Assert.Equal("roma", SentForm.Of(page).Value("branch"));
        Assert.Equal(["#campo-branch", "#campo-day"], other.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Post_NothingFilledIn_LinksToEveryQuestionInTheOrderOfThePage()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());

        var page = await (await portal.CheckoutAsync(browser)).With(("invoice", "true")).RefusedAsync(browser);

        Assert.Equal(
            ["campo-contact-name", "campo-contact-email", "campo-address-street", "campo-address-number", "campo-address-neighbourhood", "campo-address-postcode", "campo-address-city", "campo-address-state", "campo-payment", "campo-rfc", "campo-tax_name", "campo-tax_regime", "campo-cfdi_use", "campo-tax_postcode"],
            page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")![1..]));
        Assert.All(page.QuerySelectorAll(".error-summary a"), a => Assert.NotNull(page.QuerySelector(a.GetAttribute("href")!)));
    }

    [Fact]
    public async Task Post_Mistakes_ComeBackWithEverythingTyped()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());
        var sent = OrderPortal.Filled(await portal.CheckoutAsync(browser), "ana@", "enlace").With(
            ("address.street", "<b>Juárez</b> & \"Cía\""), ("notes", "\n  Primera\n</textarea><script>alert(1)</script>"), ("invoice", "true"), ("rfc", "GODE561231GR9"), ("tax_name", "Ana"), ("tax_regime", "626"), ("cfdi_use", "G03"), ("tax_postcode", ""));

        var page = await sent.RefusedAsync(browser);

        var again = SentForm.Of(page);
        Assert.All(new[] { "Key", "contact-name", "contact-email", "address.street", "address.city", "payment", "notes", "invoice", "rfc", "tax_regime", "cfdi_use" }, name => Assert.Equal(sent.Value(name), again.Value(name)));
        Assert.Equal(["campo-contact-email", "campo-tax_postcode"], page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")![1..]));
        Assert.NotNull(page.QuerySelector("#campo-rfc-doubt"));
        await OrderPortal.PlacedAsync(again.With(("contact-email", RequestPortal.NewEmail()), ("tax_postcode", "72000")), browser);
    }

    [Fact]
    public async Task Post_InvoiceWithAWrongCheckDigit_IsTakenAndShownAsADoubt()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());

        var number = await OrderPortal.PlacedAsync(
            OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).With(("invoice", "true"), ("rfc", "gode561231gr9"), ("tax_name", "Ana Pérez"), ("tax_regime", "626"), ("cfdi_use", "G03"), ("tax_postcode", "72000")), browser);

        var invoice = (await portal.OrderAsync(number)).Invoice;
        Assert.Equal(["RFC: GODE561231GR9", "Nombre o razón social, como en su constancia fiscal: Ana Pérez", "Régimen fiscal: 626 Régimen Simplificado de Confianza", "Uso del CFDI: G03 Gastos en general", "Código postal del domicilio fiscal: 72000"], invoice.Select(a => $"{a.Label}: {a.Value}"));
        Assert.True(invoice[0].Warning);
        Assert.Contains("GODE561231GR9", (await browser.PageAsync($"/pedido/recibido/{number}")).QuerySelector(".received-doubt").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_InvoiceNotWanted_DropsWhatWasTypedThere()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());

        var number = await OrderPortal.PlacedAsync(OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).With(("rfc", "GODE561231GR8"), ("tax_name", "Ana")), browser);

        Assert.Empty((await portal.OrderAsync(number)).Invoice);
    }

    [Fact]
    public async Task Get_WaysToPay_AreThoseOfferedForTheTotal()
    {
        var (cheap, dear) = (portal.Host.Browser(), portal.Host.Browser());
        await portal.AddAsync(cheap, await portal.SellAsync(10_000));
        await portal.AddAsync(dear, await portal.SellAsync(100_100));

        Assert.Equal(["transferencia", "enlace", "entrega"], (await cheap.PageAsync(OrderPortal.Checkout)).QuerySelectorAll("input[name=payment]").Select(i => i.GetAttribute("value")));
        var page = await dear.PageAsync(OrderPortal.Checkout);
        Assert.Equal(["transferencia", "enlace"], page.QuerySelectorAll("input[name=payment]").Select(i => i.GetAttribute("value")));
        portal.Clock.Advance(TimeSpan.FromSeconds(30));

        var refused = await OrderPortal.Filled(SentForm.Of(page), RequestPortal.NewEmail(), "entrega").RefusedAsync(dear, 409);

        Assert.Contains("no se ofrece", refused.QuerySelector(".checkout-news").Words(), StringComparison.Ordinal);
        await OrderPortal.PlacedAsync(SentForm.Of(refused).With(("payment", "enlace")), dear);
    }

    [Fact]
    public async Task Post_SignedIn_TakesTheAccountsMailAndKnowsTheAddressTheNextTime()
    {
        var browser = await portal.Host.BrowserOfAsync(Steps.Customer);
        var variant = await portal.SellAsync();
        await portal.AddAsync(browser, variant);
        var page = await browser.PageAsync(OrderPortal.Checkout);
        Assert.Equal("readonly", page.QuerySelector("#campo-contact-email")!.HasAttribute("readonly") ? "readonly" : "");
        portal.Clock.Advance(TimeSpan.FromSeconds(30));

        var number = await OrderPortal.PlacedAsync(
            OrderPortal.Filled(SentForm.Of(page), "victima@ensayo.example").With(("invoice", "true"), ("rfc", "GODE561231GR8"), ("tax_name", "Lucía"), ("tax_regime", "605"), ("cfdi_use", "S01"), ("tax_postcode", "72000")), browser);
        await portal.AddAsync(browser, variant);
        var next = SentForm.Of(await browser.PageAsync(OrderPortal.Checkout));

        Assert.Equal(Steps.Customer, (await portal.OrderAsync(number)).Ticket.ContactEmail);
        Assert.Equal(("Juárez", "Puebla", "GODE561231GR8", "605"), (next.Value("address.street"), next.Value("address.city"), next.Value("rfc"), next.Value("tax_regime")));
        Assert.DoesNotContain(next.Fields, f => f.Name == "invoice");
        await CartTests.PostAsync(browser, "update", (CartTests.Control(variant), "0"));
    }

    [Fact]
    public async Task Post_StoreCredit_PaysWhatItCan()
    {
        var browser = await portal.Host.BrowserOfAsync(Steps.Customer);
        // Whoever has ordered once is a customer of the company.
        await portal.AddAsync(browser, await portal.SellAsync(10_000));
        var before = await browser.PageAsync(OrderPortal.Checkout);
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        var order = await portal.OrderAsync(await OrderPortal.PlacedAsync(OrderPortal.Filled(SentForm.Of(before), ""), browser));
        await portal.InAsync(async db =>
        {
            await db.InTransactionAsync(async () => Assert.True(await db.MoveCreditAsync(new CreditEntry { CustomerId = order.Ticket.CustomerId, Amount = 50_000, OrderId = order.Id, At = DateTime.UtcNow }, CancellationToken.None)));
            return true;
        });

        await portal.AddAsync(browser, await portal.SellAsync(60_000));
        var page = await browser.PageAsync(OrderPortal.Checkout);
        portal.Clock.Advance(TimeSpan.FromSeconds(30));
        var sent = OrderPortal.Filled(SentForm.Of(page), "").With(("credit", "50000"));
        var refused = await sent.With(("contact-name", "")).RefusedAsync(browser);
        var number = await OrderPortal.PlacedAsync(sent, browser);

        Assert.Null(before.QuerySelector("[name=credit]"));
        Assert.Contains("$500.00", page.QuerySelector(".checkout-credit").Words(), StringComparison.Ordinal);
        Assert.Contains("Por pagar $299.00", string.Join(' ', refused.QuerySelectorAll(".totals dt, .totals dd").Select(e => e.Words())), StringComparison.Ordinal);
        var paid = await portal.OrderAsync(number);
        Assert.Equal((79_900, 50_000, 29_900), (paid.Total, paid.Paid, paid.Balance));
        Assert.Contains("Transfiera $299.00", (await browser.PageAsync($"/pedido/recibido/{number}")).QuerySelector(".checkout-instructions").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LessCreditThanShown_AsksFirst()
    {
        var browser = await portal.Host.BrowserOfAsync(Steps.Customer);
        await portal.AddAsync(browser, await portal.SellAsync());

        var refused = await OrderPortal.Filled(await portal.CheckoutAsync(browser), "").With(("credit", "90000000")).RefusedAsync(browser, 409);

        Assert.Contains("Su saldo a favor cambió mientras hacía el pedido.", refused.Body.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_CreditOfNobody_PaysNothing()
    {
        var browser = portal.Host.Browser();
        await portal.AddAsync(browser, await portal.SellAsync());

        var number = await OrderPortal.PlacedAsync(OrderPortal.Filled(await portal.CheckoutAsync(browser), RequestPortal.NewEmail()).With(("credit", "50000")), browser);

        Assert.Equal(0, (await portal.OrderAsync(number)).Paid);
    }

    [Fact]
    public async Task Get_InEnglish_SaysTheSameAndStaffReadTheAnswersInSpanish()
    {
        var browser = portal.Host.Browser(language: "en");
        await portal.AddAsync(browser, await portal.SellAsync());
        var page = await browser.PageAsync(OrderPortal.Checkout);
        portal.Clock.Advance(TimeSpan.FromSeconds(30));

        var number = await OrderPortal.PlacedAsync(
            OrderPortal.Filled(SentForm.Of(page), RequestPortal.NewEmail()).With(("invoice", "true"), ("rfc", "GODE561231GR8"), ("tax_name", "Ann"), ("tax_regime", "605"), ("cfdi_use", "S01"), ("tax_postcode", "72000")), browser);

        Assert.Equal("Your details and your order", page.QuerySelector("h1").Words());
        Assert.Equal("Place order for $299.00", page.QuerySelector("form#solicitud button.button-large").Words());
        var order = await portal.OrderAsync(number);
        Assert.Equal(("en", "Régimen fiscal"), (order.Ticket.Language, order.Invoice[2].Label));
        Assert.Equal("Thank you for your order", (await browser.PageAsync($"/pedido/recibido/{number}")).QuerySelector("h1").Words());
    }

    internal static SentForm Contact(SentForm sent) => sent.With(("contact-name", "Ana Pérez"), ("contact-email", RequestPortal.NewEmail()));
}
