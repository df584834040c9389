using System.Net;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases.Orders;

[Collection(PlacedOrderPortalCollection.Name)]
public sealed class CancelTests(PlacedOrderPortal portal)
{
    private const string Form = "main form[method=post]";

    private PortalHost Host => portal.Host;

    [Fact]
    public async Task Cancel_WholeOrder_SaysWhatChangesAndGivesThePiecesBack()
    {
        var variant = await Host.AddProductAsync(price: 30_000);
        var order = await Host.PayAsync(await Host.PlaceAsync([(variant, 2)], payment: "transferencia"));
        var browser = await Host.OpenAsync(order);

        var page = await browser.PageAsync($"{order.Address()}/cancelar?que=todo");
        Assert.Contains($"2 × {order.Lines[0].Title}", page.QuerySelector(".order-chosen").Words(), StringComparison.Ordinal);
        Assert.Contains("Le devolvemos $799.00", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        using var answer = await browser.FillAsync($"{order.Address()}/cancelar?que=todo", Form);

        var shown = await answer.PageAsync();
        Assert.Contains("Listo: lo que canceló", shown.QuerySelector(".notice-success").Words(), StringComparison.Ordinal);
        Assert.Equal("Cancelado", shown.QuerySelector(".case-line .status").Words());
        Assert.Contains("Le debemos $799.00", shown.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Contains("Usted canceló el pedido", shown.QuerySelector(".timeline").Words(), StringComparison.Ordinal);
        var now = await Host.OrderAsync(order.Number);
        Assert.Equal((OrderStatus.Cancelled, 0L, -79_900L, NextStep.Refund), (now.Status, now.Total, now.Balance, now.Stage));
        Assert.Equal(10, await Host.StockAsync(variant.Id));
    }

    [Fact]
    public async Task Cancel_PiecesOfALine_TellsThatTheDeliveryCostsAgain()
    {
        var order = await Host.PlaceAsync([(await Host.AddProductAsync(price: 300_000), 2)]);
        Assert.Equal(0, order.DeliveryPrice);
        var browser = await Host.OpenAsync(order);
        var address = $"{order.Address()}/cancelar?que={order.Lines[0].Id}&piezas=1";

        var means = (await browser.PageAsync(address)).QuerySelector(".account-means").Words();
        using var answer = await browser.FillAsync(address, Form);

        Assert.Contains("la entrega cuesta $199.00", means, StringComparison.Ordinal);
        Assert.Contains("Su pedido cuesta $3,199.00 en lugar de $6,000.00", means, StringComparison.Ordinal);
        Assert.Contains("Canceladas: 1", (await answer.PageAsync()).QuerySelector(".order-line").Words(), StringComparison.Ordinal);
        var now = await Host.OrderAsync(order.Number);
        Assert.Equal((OrderStatus.Placed, 319_900L, 19_900L), (now.Status, now.Total, now.DeliveryPrice));
    }

    [Fact]
    public async Task Cancel_SameFormTwentyTimesAtOnce_CancelsOnce()
    {
        var variant = await Host.AddProductAsync();
        var order = await Host.PlaceAsync([(variant, 5)]);
        var browser = await Host.OpenAsync(order);

        var token = await browser.TokenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.SendFormAsync($"{order.Address()}/cancelar", [("que", order.Lines[0].Id.ToString()), ("InAll", "2"), token])));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var now = await Host.OrderAsync(order.Number);
        Assert.Equal(2, now.Lines[0].Cancelled);
        Assert.Single(now.Ticket.Events, e => e.Kind == TicketEventKind.OrderLineCancelled);
        Assert.Equal(7, await Host.StockAsync(variant.Id));
    }

    [Fact]
    public async Task Cancel_CrossedWithTheDesk_DoesOneOfBoth()
    {
        var variant = await Host.AddProductAsync();
        var order = await Host.WalkAsync(await Host.PlaceAsync([(variant, 1)]), OrderStatus.Confirmed);
        var browser = await Host.OpenAsync(order);

        var token = await browser.TokenAsync();
        var cancelling = browser.SendFormAsync($"{order.Address()}/cancelar", [("que", "todo"), token]);
        var preparing = Record.ExceptionAsync(() => Host.MoveAsync(order, TicketEventKind.OrderPreparing, h => h.Order.Prepare(h.Now)));
        using var answer = await cancelling;
        var failure = await preparing;

        var now = await Host.OrderAsync(order.Number);
        Assert.Equal(now.Status == OrderStatus.Cancelled, answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(now.Status == OrderStatus.Cancelled, failure is not null);
        Assert.Equal(now.Status == OrderStatus.Cancelled ? 10 : 9, await Host.StockAsync(variant.Id));
    }

    [Fact]
    public async Task Cancel_OrderThatIsPrepared_SaysWhatToDoInstead()
    {
        var order = await Host.WalkAsync(await Host.PlaceAsync(), OrderStatus.Preparing);
        var browser = await Host.OpenAsync(order);

        var page = await browser.PageAsync($"{order.Address()}/cancelar");
        using var forced = await browser.SendFormAsync($"{order.Address()}/cancelar", [("que", "todo"), await browser.TokenAsync()]);

        Assert.Null(page.QuerySelector(Form));
        Assert.Contains("Escríbanos", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, forced.StatusCode);
        Assert.Contains("ya no se puede cancelar aquí", (await forced.PageAsync()).QuerySelector("[role=alert]").Words(), StringComparison.Ordinal);
        Assert.Equal(OrderStatus.Preparing, (await Host.OrderAsync(order.Number)).Status);
        Assert.Null((await browser.PageAsync(order.Address())).QuerySelector("a[href$='/cancelar']"));
    }

    [Theory]
    [InlineData("cancelar", "que=todo")]
    [InlineData("devolver", "Instead=dinero")]
    [InlineData("comprobante", "")]
    public async Task Pages_OfSomebodyElse_AreNotThere(string page, string field)
    {
        var order = await Host.PlaceAsync();
        var mine = await Host.PlaceAsync();
        var stranger = await Host.OpenAsync(mine);

        using var read = await stranger.GetAsync($"{order.Address()}/{page}");
        using var sent = await stranger.SendFormAsync($"{order.Address()}/{page}", field.Length == 0 ? [await stranger.TokenAsync()] : [(field.Split('=')[0], field.Split('=')[1]), await stranger.TokenAsync()]);
        using var own = await stranger.GetAsync($"{mine.Address()}/{page}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK), (read.StatusCode, sent.StatusCode, own.StatusCode));
        Assert.Equal(OrderStatus.Placed, (await Host.OrderAsync(order.Number)).Status);
    }

    [Fact]
    public async Task Pages_OfACaseThatIsNoOrder_AreNotThere()
    {
        var ticket = await Host.OpenCaseAsync();
        var browser = Host.Browser();
        var (key, secret) = TicketKey.Issue(ticket.Id, portal.Clock.GetUtcNow().UtcDateTime);
        await Host.StoreAsync(db => Task.FromResult(db.TicketKeys.Add(key)));
        await browser.PageAsync($"/casos/{ticket.Number}?clave={secret}");

        foreach (var page in new[] { "cancelar", "devolver", "comprobante", "repetir" })
        {
            using var answer = await browser.GetAsync($"/casos/{ticket.Number}/{page}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Close_OrderThatIsNotFinished_IsNotOfferedAndAnswersWhatToDo()
    {
        var order = await Host.PlaceAsync();
        var browser = await Host.OpenAsync(order);

        var page = await browser.PageAsync(order.Address());
        using var forced = await browser.SendFormAsync($"{order.Address()}/cerrar", [await browser.TokenAsync()]);

        Assert.Null(page.QuerySelector("a[href$='/cerrar']"));
        Assert.Equal(HttpStatusCode.Conflict, forced.StatusCode);
        Assert.NotNull((await forced.PageAsync()).QuerySelector("main a[href$='/cancelar']"));
        Assert.True((await Host.OrderAsync(order.Number)).Ticket.IsUnresolved);
    }
}
