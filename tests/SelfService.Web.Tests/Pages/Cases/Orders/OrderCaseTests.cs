using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Tests.Pages.Cases.Orders;

[Collection(PlacedOrderPortalCollection.Name)]
public sealed class OrderCaseTests(PlacedOrderPortal portal)
{
    private PortalHost Host => portal.Host;

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public void Words_OfEveryStepAndEvent_AreThere(string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var texts = Host.Services.GetRequiredService<IStringLocalizer<Texts>>();
        var words = Host.Services.GetRequiredService<CaseWords>();
        var steps = Enum.GetValues<NextStep>().Where(OrderWords.IsStep).ToList();
        string[] keys =
        [
            .. Enum.GetNames<OrderStatus>().Select(n => "Order.Status" + n), .. Enum.GetNames<Receiving>().Select(n => "Order.Receiving" + n), .. Enum.GetNames<ReturnStatus>().Select(n => "Order.Return" + n),
            .. steps.SelectMany(s => new[] { "Order.What" + s, "Order.By" + s, (Order.IsCustomersTurn(s) ? "Order.Still" : "Order.Late") + s }), .. Enum.GetNames<NextStep>().Select(n => "Mail.Next" + n),
            .. steps.Where(Order.IsCustomersTurn).Select(s => "Mail.Late" + s),
        ];

        Assert.DoesNotContain(keys, key => texts[key].ResourceNotFound);
        Assert.All(
            from kind in TicketEvent.Public from detail in new[] { "", "2 × Filtro" } from actor in Enum.GetValues<ActorKind>() select words.Event(new TicketEvent { Kind = kind, Detail = detail, Actor = actor }, TicketKind.Order),
            said => Assert.DoesNotContain("Case.", said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Case_Order_ShowsWhatWasBoughtWhatItCostsAndWhatIsNext()
    {
        var colours = await Host.AddColoursAsync("Filtro <b>doble</b>", 54_900);
        var order = await Host.PlaceAsync([(colours[1], 2)], notes: "Tocar <i>fuerte</i>", invoice: [new TicketAnswer("rfc", "RFC", "XAXX010101000")], payment: "transferencia");
        var browser = await Host.OpenAsync(order);

        var page = await browser.PageAsync(order.Address());

        Assert.Equal("Esperamos su pago", page.QuerySelector(".case-line .status").Words());
        Assert.StartsWith("Esperamos su pago de $1,297.00. Páguelo ", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Equal(["Recibido", "Confirmado", "En preparación", "Enviado", "Entregado"], page.QuerySelectorAll(".case-steps .step > :not(small, svg)").Select(e => e.Words()));
        var line = page.QuerySelector(".order-line").Words();
        Assert.Contains("Filtro <b>doble</b>", line, StringComparison.Ordinal);
        Assert.Contains("Grafito · 2 piezas · $549.00 cada una", line, StringComparison.Ordinal);
        var totals = page.QuerySelector(".order-totals").Words();
        Assert.Contains("Productos $1,098.00 Entrega $199.00 Total $1,297.00 IVA incluido $178.90 Por pagar $1,297.00", totals, StringComparison.Ordinal);
        Assert.Contains($"Transfiera $1,297.00 a la CLABE 012345 con la referencia {order.Number}.", page.QuerySelector(".order-pay").Words(), StringComparison.Ordinal);
        var side = page.QuerySelector(".case-side").Words();
        Assert.Contains("Calle de la Prueba 5", side, StringComparison.Ordinal);
        Assert.Contains("Tocar <i>fuerte</i>", side, StringComparison.Ordinal);
        Assert.Contains("RFC XAXX010101000", side, StringComparison.Ordinal);
        Assert.Contains("Recibimos su pedido", page.QuerySelector(".timeline").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_OrderOnItsWay_ShowsTheParcelAndWhereItIs()
    {
        var order = await Host.WalkAsync(await Host.PlaceAsync(2), OrderStatus.Shipped);
        var browser = await Host.OpenAsync(order);

        var page = await browser.PageAsync(order.Address());

        Assert.Equal("Enviado", page.QuerySelector(".case-line .status").Words());
        Assert.StartsWith("Su pedido va en camino. Llega ", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        var link = page.QuerySelector(".order-parcels a")!;
        Assert.Equal(("https://envios.example/EV123", "noopener noreferrer"), (link.GetAttribute("href"), link.GetAttribute("rel")));
        Assert.Contains("Envíos del Valle · guía EV123", page.QuerySelector(".order-parcels").Words(), StringComparison.Ordinal);
        Assert.Contains("Enviamos: 2 × ", page.QuerySelector(".timeline").Words(), StringComparison.Ordinal);
        Assert.Equal("step", page.QuerySelectorAll(".case-steps .step")[3].GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Case_OrderToCollect_NamesTheBranch()
    {
        var order = await Host.WalkAsync(await Host.PlaceAsync(receiving: Receiving.Collection), OrderStatus.Ready);
        var browser = await Host.OpenAsync(order);

        var page = await browser.PageAsync(order.Address());

        Assert.Equal("Listo para recoger", page.QuerySelector(".case-line .status").Words());
        Assert.StartsWith("Lo esperamos en Sucursal Roma. Recójalo ", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Contains("Lunes a sábado", page.QuerySelector(".case-side").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_OrderThatIsLate_SaysSo()
    {
        var order = await Host.PlaceAsync();
        await Host.PastAsync(order.Ticket, TimeSpan.FromDays(9));
        var browser = await Host.OpenAsync(order);

        var promise = (await browser.PageAsync(order.Address())).QuerySelector(".promise").Words();

        Assert.StartsWith("Vamos con retraso. Quedamos en confirmarlo ", promise, StringComparison.Ordinal);
        Assert.Contains("Ayuda ya tiene su pedido", promise, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_PaymentLink_IsAButtonWhileSomethingIsOwed()
    {
        var order = await Host.PlaceAsync(payment: "enlace");
        var browser = await Host.OpenAsync(order);
        var before = await browser.PageAsync(order.Address());
        order = await Host.MoveAsync(order, TicketEventKind.OrderPaymentLink, h => h.Order.OfferPayment("https://pagos.example/1", h.Now));
        var offered = await browser.PageAsync(order.Address());
        await Host.PayAsync(order);
        var paid = await browser.PageAsync(order.Address());

        Assert.Contains("Le damos el enlace para pagarlo", before.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Equal("https://pagos.example/1", offered.QuerySelector(".order-pay a.button")!.GetAttribute("href"));
        Assert.Null(paid.QuerySelector(".order-pay"));
        Assert.Contains("Pagado $299.00", paid.QuerySelector(".order-totals").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_DeliveredOrder_OffersReturningAndTellsTheWarranty()
    {
        var order = await Host.WalkAsync(await Host.PayAsync(await Host.PlaceAsync()), OrderStatus.Delivered);
        var browser = await Host.OpenAsync(order);

        var page = await browser.PageAsync(order.Address());

        Assert.Equal("Entregado", page.QuerySelector(".case-line .status").Words());
        Assert.StartsWith("Este pedido está entregado.", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href$='/devolver']"));
        Assert.Null(page.QuerySelector("a[href$='/cancelar']"));
        var history = page.QuerySelectorAll(".timeline li > span").Select(e => e.Words()).ToList();
        Assert.Equal(("Entregamos su pedido", "No queda nada pendiente de su pedido"), (history[^2], history[^1]));
        Assert.Contains("Garantía hasta:", page.QuerySelector(".order-line").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Orders_ShowTheirStatusAndTotal()
    {
        var order = await Host.WalkAsync(await Host.PlaceAsync(2), OrderStatus.Preparing);
        var browser = await Host.OpenAsync(order);

        var card = (await browser.PageAsync("/casos")).QuerySelector(".case-card").Words();

        Assert.StartsWith("En preparación", card, StringComparison.Ordinal);
        Assert.Contains("$399.00", card, StringComparison.Ordinal);
        Assert.Contains("Preparamos su pedido. Sale ", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slip_Order_FitsOnPaperWithItsCode()
    {
        var order = await Host.PlaceAsync(3);
        var browser = await Host.OpenAsync(order);

        var page = await browser.PageAsync($"{order.Address()}/comprobante");

        Assert.Equal($"Pedido {order.Number}", page.QuerySelector("h1").Words());
        Assert.NotNull(page.QuerySelector("svg.qr[role=img][aria-label]"));
        var slip = page.QuerySelector(".slip").Words();
        Assert.Contains("Total $499.00 IVA incluido $68.83", slip, StringComparison.Ordinal);
        Assert.Contains("Ana Pérez", slip, StringComparison.Ordinal);
        Assert.Contains("800 555 0100", slip, StringComparison.Ordinal);
        // Paper is read another day.
        Assert.DoesNotContain("hoy", slip, StringComparison.Ordinal);
        Assert.Matches(@"\d+ de \w+", slip);
        Assert.DoesNotContain("clave=", page.Source.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_ToAnOrder_IsAnsweredBeforeItMovesOn()
    {
        var order = await Host.WalkAsync(await Host.PlaceAsync(), OrderStatus.Shipped);
        var browser = await Host.OpenAsync(order);

        using var answer = await browser.FillAsync(order.Address(), "#respuesta_nueva", ("Body", "¿Pueden traerlo por la tarde?"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal("Enviado", page.QuerySelector(".case-line .status").Words());
        Assert.Contains("Le respondemos", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
    }
}
