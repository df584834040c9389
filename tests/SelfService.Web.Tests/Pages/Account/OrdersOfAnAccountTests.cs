using System.IO.Compression;
using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;
using static SelfService.Web.Tests.Pages.Account.AccountSteps;

namespace SelfService.Web.Tests.Pages.Account;

[Collection(PlacedOrderPortalCollection.Name)]
public sealed class OrdersOfAnAccountTests(PlacedOrderPortal portal)
{
    private const string DeletePage = "/cuenta/datos/eliminar";

    private PortalHost Host => portal.Host;

    [Fact]
    public async Task Post_DeleteWithAnOpenOrder_NamesItAndDeletesNothing()
    {
        var (browser, order) = await OrderedAsync();

        var told = await browser.PageAsync(DeletePage);
        using var forced = await browser.SendFormAsync(DeletePage, [("Password", HerPassword), await browser.TokenAsync()]);

        Assert.Contains($"Su pedido {order.Number} todavía no termina.", told.QuerySelector("[role=alert]").Words(), StringComparison.Ordinal);
        Assert.Null(told.QuerySelector("main form"));
        Assert.NotNull(told.QuerySelector($"main a[href='{order.Address()}']"));
        Assert.Equal(HttpStatusCode.Conflict, forced.StatusCode);
        Assert.NotNull(await Host.FindPersonAsync(order.Ticket.ContactEmail!));
    }

    [Fact]
    public async Task Post_DeleteAfterTheOrderIsFinished_KeepsItWithoutHer()
    {
        var (browser, order) = await OrderedAsync();
        await Host.WalkAsync(await Host.PayAsync(order), OrderStatus.Delivered);

        using var answer = await browser.FillAsync(DeletePage, Form, ("Password", HerPassword));

        Assert.Equal("/cuenta/aviso/eliminada", answer.RequestMessage!.RequestUri!.AbsolutePath);
        var now = await Host.OrderAsync(order.Number);
        Assert.Equal(("", 0, 0), (now.Notes, now.Address.Count, now.Invoice.Count));
        Assert.Equal((order.Total, order.Total, 1), (now.Total, now.Paid, now.Lines.Count));
        Assert.Null(await Host.FindPersonAsync(order.Ticket.ContactEmail!));
    }

    [Fact]
    public async Task Post_DeleteAfterAReturn_KeepsItWithoutWhatSheWrote()
    {
        var (browser, order) = await OrderedAsync();
        order = await Host.WalkAsync(await Host.PayAsync(order), OrderStatus.Delivered);
        await Host.MoveAsync(order, TicketEventKind.ReturnRequested, h => h.Order.RequestReturn(order.Lines[0].Id, 1, ReturnKind.Return, null, "Mi vecina Rosa lo rompió", Guid.NewGuid(), h.Now));
        var asked = Assert.Single((await Host.OrderAsync(order.Number)).Returns);
        await Host.MoveAsync(order, TicketEventKind.ReturnWithdrawn, h => h.Order.WithdrawReturn(asked.Id, h.Now));

        using var answer = await browser.FillAsync(DeletePage, Form, ("Password", HerPassword));

        Assert.Equal("/cuenta/aviso/eliminada", answer.RequestMessage!.RequestUri!.AbsolutePath);
        var kept = Assert.Single((await Host.OrderAsync(order.Number)).Returns);
        Assert.Equal("Mi vecina Rosa lo rompió", asked.Reason);
        Assert.Equal(("", 1, ReturnStatus.Withdrawn), (kept.Reason, kept.Quantity, kept.Status));
    }

    [Fact]
    public async Task Post_DeleteWithStoreCredit_AsksToGiveUpExactlyThat()
    {
        var (browser, order) = await OrderedAsync();
        order = await Host.WalkAsync(await Host.PayAsync(order), OrderStatus.Delivered);
        await CreditAsync(order, 12_300);
        var before = await browser.PageAsync(DeletePage);
        await CreditAsync(order, 4_500);

        using var unseen = await browser.FillAsync(DeletePage, Form, ("Password", HerPassword));
        using var less = await browser.SendFormAsync(DeletePage, [("Password", HerPassword), ("GivenUp", "12300"), await browser.TokenAsync()]);

        Assert.Contains("$123.00", before.QuerySelector(".notice-warning").Words(), StringComparison.Ordinal);
        Assert.False(before.QuerySelector<IHtmlInputElement>("#GivenUp")!.IsChecked);
        foreach (var refused in new[] { unseen, less })
        {
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            var page = await refused.PageAsync();
            Assert.Equal("#GivenUp", page.QuerySelector("[role=alert] a")!.GetAttribute("href"));
            Assert.Contains("$168.00", page.QuerySelector("label:has(#GivenUp)").Words(), StringComparison.Ordinal);
            Assert.False(page.QuerySelector<IHtmlInputElement>("#GivenUp")!.IsChecked);
        }

        Assert.NotNull(await Host.FindPersonAsync(order.Ticket.ContactEmail!));

        using var accepted = await browser.FillAsync(DeletePage, Form, ("Password", HerPassword), ("GivenUp", "16800"));

        Assert.Equal("/cuenta/aviso/eliminada", accepted.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Null(await Host.FindPersonAsync(order.Ticket.ContactEmail!));
    }

    [Fact]
    public async Task Get_DeleteWithoutStoreCredit_AsksForNothingMore()
    {
        using var browser = await Host.RegisterAsync(NewAddress());

        Assert.Null((await browser.PageAsync(DeletePage)).QuerySelector("#GivenUp, main .notice-warning"));
    }

    [Fact]
    public async Task Post_Copy_HoldsHerOrders()
    {
        var (browser, order) = await OrderedAsync();
        var foreign = await Host.PlaceAsync();

        using var answer = await browser.FillAsync("/cuenta/datos", "main form[method=post]");

        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var reader = new StreamReader(zip.GetEntry("data.json")!.Open());
        var text = await reader.ReadToEndAsync();
        using var data = JsonDocument.Parse(text);
        var copy = Assert.Single(data.RootElement.GetProperty("cases").EnumerateArray()).GetProperty("order");
        Assert.Equal(order.Total, copy.GetProperty("total").GetInt64());
        Assert.Equal(order.Lines[0].Title, Assert.Single(copy.GetProperty("lines").EnumerateArray()).GetProperty("title").GetString());
        Assert.All(["Calle de la Prueba 5", "XAXX010101000", "Tocar fuerte"], word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.DoesNotContain(foreign.Lines[0].Title, text, StringComparison.Ordinal);
    }

    private Task CreditAsync(Order order, long amount) => Host.StoreAsync(db => db.InTransactionAsync(async () =>
    {
        Assert.True(await db.MoveCreditAsync(new CreditEntry { CustomerId = order.Ticket.CustomerId, Amount = amount, OrderId = order.Id, At = DateTime.UtcNow }, CancellationToken.None));
        return 0;
    }, CancellationToken.None));

    private async Task<(HttpClient Browser, Order Order)> OrderedAsync()
    {
        var address = NewAddress();
        var browser = await Host.RegisterAsync(address);
        var person = (await Host.FindPersonAsync(address))!;
        return (browser, await Host.PlaceAsync(
            [(await Host.AddProductAsync(), 1)], address, person.Id, notes: "Tocar fuerte", invoice: [new TicketAnswer("rfc", "RFC", "XAXX010101000")]));
    }
}
