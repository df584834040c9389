using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Tests.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent.Orders;

/// <summary>Pieces that come back, and what an agent decides about them.</summary>
[Collection(DeskOrderPortalCollection.Name)]
public sealed class ReturnTests(DeskOrderPortal portal)
{
    [Theory]
    [InlineData("vender", 9)]
    [InlineData("apartar", 8)]
    public async Task Post_Received_OwesTheMoneyAndKnowsWhetherItCanBeSold(string decision, int stock)
    {
        var filter = await portal.ProductAsync();
        var (order, asked) = await ReturningAsync([(filter, 2)]);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        Assert.Equal("Recibir la devolución", (await agent.PageAsync(DeskOrderPortal.Address(order))).QuerySelector(".desk-order-actions .button:not(.button-quiet)").Words());

        using var undecided = await StepTests.SendAsync(agent, order, $"devolucion/{asked}");
        using var done = await StepTests.SendAsync(agent, order, $"devolucion/{asked}", ("Decision", decision));

        Assert.Equal(HttpStatusCode.BadRequest, undecided.StatusCode);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(stock, await portal.StockAsync(filter));
        var now = await portal.OrderAsync(order.TicketId);
        Assert.Equal((-10_000L, NextStep.Refund), (now.Balance, now.Stage));
        Assert.Equal("Devolver dinero", (await done.PageAsync()).QuerySelector(".desk-order-actions .button:not(.button-quiet)").Words());
    }

    [Fact]
    public async Task Post_NotTaken_NeedsTheReasonThatTheCustomerReads()
    {
        var (order, asked) = await ReturningAsync([(await portal.ProductAsync(), 1)]);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var wordless = await StepTests.SendAsync(agent, order, $"devolucion/{asked}", ("Decision", "rechazar"), ("Note", ""));
        using var done = await StepTests.SendAsync(agent, order, $"devolucion/{asked}", ("Decision", "rechazar"), ("Note", "Llegó sin su caja"));

        Assert.Equal(HttpStatusCode.BadRequest, wordless.StatusCode);
        Assert.True((await wordless.PageAsync()).QuerySelector<IHtmlInputElement>("input[name=Decision][value=rechazar]")!.IsChecked);
        Assert.Contains("Llegó sin su caja", (await done.PageAsync()).QuerySelector(".desk-order-panel").Words(), StringComparison.Ordinal);
        Assert.Equal(ReturnStatus.Refused, (await portal.OrderAsync(order.TicketId)).Returns.Single().Status);
    }

    [Fact]
    public async Task Post_Exchange_PreparesTheOtherPieceOrGivesTheMoneyWhenThereIsNone()
    {
        var colours = await portal.AskAsync(db => db.AddProductAsync($"c{Guid.NewGuid():N}"[..12], [("rojo", "Rojo", 10_000, 5), ("azul", "Azul", 12_000, 1)], title: "Funda"));
        var (first, askedFirst) = await ReturningAsync([(colours[0], 1)], colours[1]);
        var (second, askedSecond) = await ReturningAsync([(colours[0], 1)], colours[1]);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var swapped = await StepTests.SendAsync(agent, first, $"devolucion/{askedFirst}", ("Decision", "vender"), ("Instead", "cambiar"));
        using var none = await StepTests.SendAsync(agent, second, $"devolucion/{askedSecond}", ("Decision", "vender"), ("Instead", "cambiar"));
        using var money = await StepTests.SendAsync(agent, second, $"devolucion/{askedSecond}", ("Decision", "vender"), ("Instead", "dinero"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK], new[] { swapped, none, money }.Select(a => a.StatusCode));
        Assert.NotNull((await none.PageAsync()).QuerySelector("#Instead-error"));
        var exchanged = await portal.OrderAsync(first.TicketId);
        Assert.Equal((OrderStatus.Preparing, "Azul", 2_000L), (exchanged.Status, exchanged.Lines[^1].Options, exchanged.Balance));
        Assert.Equal(-10_000, (await portal.OrderAsync(second.TicketId)).Balance);
        Assert.Equal((5, 0), (await portal.StockAsync(colours[0]), await portal.StockAsync(colours[1])));
    }

    [Fact]
    public async Task Get_ReturnOfAnotherOrder_IsNotFound()
    {
        var (_, asked) = await ReturningAsync([(await portal.ProductAsync(), 1)]);
        var other = await portal.PlaceAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        await agent.PageAsync(DeskOrderPortal.Address(other, $"devolucion/{asked}"), 404);
        await agent.PageAsync(DeskOrderPortal.Address(other, "devolucion/nada"), 404);
    }

    private async Task<(Order Order, Guid Asked)> ReturningAsync(IReadOnlyList<(Variant, int)> wanted, Variant? instead = null)
    {
        var order = await portal.WalkAsync(await portal.PlaceAsync(wanted), OrderStatus.Delivered);
        var outcome = await portal.UseAsync<ReturnGoods, StepOutcome>(returns => returns.RequestAsync(
            order.TicketId, Actor.Customer(null), new WantedReturn(order.Lines[0].Id, 1, instead?.Id, "No me queda", Guid.NewGuid()), CancellationToken.None));
        Assert.Equal(StepResult.Done, outcome.Result);
        return (order, (await portal.OrderAsync(order.TicketId)).Returns.Single().Id);
    }
}
