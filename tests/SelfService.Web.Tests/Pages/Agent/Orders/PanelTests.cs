using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Tests.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent.Orders;

/// <summary>What a ticket's page shows of its order, and what is answered to whoever ordered.</summary>
[Collection(DeskOrderPortalCollection.Name)]
public sealed class PanelTests(DeskOrderPortal portal)
{
    [Fact]
    public async Task Get_ShowsWhatWasOrderedWhatItCostsAndTheOneNextStep()
    {
        var order = await portal.PlaceAsync(notes: "Tercer piso");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var panel = (await agent.PageAsync(DeskOrderPortal.Address(order))).QuerySelector(".desk-order-panel")!;

        Assert.Equal("Recibido", panel.QuerySelector(".desk-order-head .status").Words());
        Assert.Equal("Confirmar pedido", panel.QuerySelector(".desk-order-actions form .button").Words());
        Assert.Single(panel.QuerySelectorAll(".desk-order-actions .button:not(.button-quiet)"));
        Assert.Contains("Filtro", panel.QuerySelector(".desk-order-lines").Words(), StringComparison.Ordinal);
        Assert.Contains("$299.00", panel.QuerySelector(".totals .total + .total").Words(), StringComparison.Ordinal);
        Assert.Equal(["Artículos: 2 × Filtro", "Envío"], panel.QuerySelectorAll(".desk-order-ledger tbody td:first-child").Select(c => c.Words()));
        Assert.Equal(["$299.00", "$0.00", "$299.00"], panel.QuerySelectorAll(".desk-order-ledger tfoot td").Select(c => c.Words()));
        Assert.Contains("Calle Uno 5", panel.TextContent, StringComparison.Ordinal);
        Assert.Contains("Tercer piso", panel.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("puerta", OrderStatus.Confirmed, Receiving.Delivery, "Empezar preparación")]
    [InlineData("puerta", OrderStatus.Preparing, Receiving.Delivery, "Marcar enviado")]
    [InlineData("puerta", OrderStatus.Preparing, Receiving.Collection, "Marcar listo para recoger")]
    [InlineData("puerta", OrderStatus.Shipped, Receiving.Delivery, "Marcar entregado")]
    [InlineData("antes", OrderStatus.Delivered, Receiving.Delivery, "Registrar un pago")]
    public async Task Get_EachStep_OffersWhatFollowsFirst(string payment, OrderStatus status, Receiving receiving, string next)
    {
        var order = await portal.WalkAsync(await portal.PlaceAsync(payment: payment, receiving: receiving), status);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync(DeskOrderPortal.Address(order));

        Assert.Equal(next, page.QuerySelectorAll(".desk-order-actions .button:not(.button-quiet)").Single().Words());
    }

    [Fact]
    public async Task Get_UnpaidByLink_OffersTheLinkFirst()
    {
        var order = await portal.PlaceAsync(payment: "enlace");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Equal("Dar enlace de pago", (await agent.PageAsync(DeskOrderPortal.Address(order))).QuerySelector(".desk-order-actions .button:not(.button-quiet)").Words());
    }

    [Fact]
    public async Task Post_NextStepTwice_TakesOneStepOnly()
    {
        var order = await portal.PlaceAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var form = (await agent.PageAsync(DeskOrderPortal.Address(order))).QuerySelector<IHtmlFormElement>(".desk-order-actions form")!;
        (string, string)[] fields = [.. form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)), ("Move", form.QuerySelector("button")!.GetAttribute("value")!)];

        using var first = await agent.SendFormAsync(form.GetAttribute("action")!, fields);
        using var second = await agent.SendFormAsync(form.GetAttribute("action")!, fields);

        Assert.Contains("Confirmó el pedido", (await first.PageAsync()).QuerySelector("main [role=status]").Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(OrderStatus.Confirmed, (await portal.OrderAsync(order.TicketId)).Status);
        Assert.Single((await portal.TicketAsync(order.TicketId)).Events, e => e.Kind == TicketEventKind.OrderConfirmed);
    }

    [Fact]
    public async Task Get_RelatedProducts_AreOfferedAndLeadIntoTheForm()
    {
        var (filter, hose) = (await portal.ProductAsync(), await portal.ProductAsync("Manguera", price: 5_000, stock: 3));
        await portal.AskAsync(async db =>
        {
            (await db.Products.SingleAsync(p => p.Id == filter.ProductId)).GoesWith = [hose.Product.Slug];
            return await db.SaveChangesAsync();
        });
        var order = await portal.PlaceAsync([(filter, 1)]);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var offer = (await agent.PageAsync(DeskOrderPortal.Address(order))).QuerySelector(".desk-order-offers a")!;
        Assert.Contains("Manguera", offer.Words(), StringComparison.Ordinal);
        Assert.Contains("$50.00", offer.ParentElement.Words(), StringComparison.Ordinal);
        Assert.Contains("hay 3", offer.ParentElement.Words(), StringComparison.Ordinal);
        using var answer = await agent.FillAsync(offer.GetAttribute("href")!, "main form", ("Quantity", "2"), ("Sku", hose.Sku));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains((await portal.OrderAsync(order.TicketId)).Lines, l => l.Sku == hose.Sku && l.Quantity == 2);
        Assert.Equal(1, await portal.StockAsync(hose));
    }

    [Fact]
    public async Task Get_TicketWithoutAnOrder_HasNoPanelAndNoPagesOfOne()
    {
        var ticket = await portal.UseAsync<OpenTicket, OpenedTicket>(open => open.RunAsync(
            new TicketRequest { SubmissionKey = Guid.NewGuid(), Queue = "pedidos", Sla = "estandar", Subject = "Otra cosa", Contact = new("Ana", "a@ensayo.example", null, null) }, CancellationToken.None));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Null((await agent.PageAsync($"/agente/casos/{ticket.Number}")).QuerySelector(".desk-order-panel"));
        foreach (var page in StepTests.Pages)
        {
            await agent.PageAsync($"/agente/casos/{ticket.Number}/pedido/{page}", 404);
        }
    }

    [Fact]
    public async Task Get_StoreCredit_IsShownBesideTheContact()
    {
        var order = await portal.PlaceAsync(personId: await portal.PersonAsync(DeskPortal.Editor), payment: "antes");
        var without = await portal.PlaceAsync();
        await portal.AskAsync(db => db.InTransactionAsync(() => db.MoveCreditAsync(
            new CreditEntry { CustomerId = db.Tickets.Where(t => t.Id == order.TicketId).Select(t => t.CustomerId).Single(), Amount = 12_345, OrderId = order.Id, At = DateTime.UtcNow }, CancellationToken.None)));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Contains("Saldo a favor: $123.45", (await agent.PageAsync(DeskOrderPortal.Address(order))).QuerySelector(".desk-contact").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Saldo a favor", (await agent.PageAsync(DeskOrderPortal.Address(without))).QuerySelector(".desk-contact").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reply_OrderGoesOn_KeepsWhatTheOrderOwes()
    {
        var order = await portal.PlaceAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var reply = (await agent.PageAsync(DeskOrderPortal.Address(order))).QuerySelector(".desk-reply")!;
        Assert.Equal("pedido", reply.QuerySelectorAll<IHtmlInputElement>("input[name=Next]").First().Value);
        Assert.True(reply.QuerySelector<IHtmlInputElement>("input[name=Next][value=pedido]")!.IsChecked);
        Assert.Null(reply.QuerySelector("input[name=Next][value=resolver]"));

        using var answer = await agent.FillAsync(DeskOrderPortal.Address(order), ".desk-reply", ("Body", "Va hoy mismo"), ("Next", "pedido"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var ticket = await portal.TicketAsync(order.TicketId);
        Assert.Equal(order.Next, ticket.Commitment);
        Assert.Single(ticket.Messages, m => m.Body == "Va hoy mismo");
    }

    [Fact]
    public async Task Reply_SolvingWhatTheOrderStillOwes_IsRefusedWithEverythingTyped()
    {
        var order = await portal.PlaceAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await agent.FillAsync(DeskOrderPortal.Address(order), ".desk-reply", ("Body", "Ya quedó"), ("Next", "resolver"));
        using var solved = await agent.FillAsync($"/agente/casos/{order.Number}/resolver", "main form");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("Ya quedó", (await answer.PageAsync()).QuerySelector<IHtmlTextAreaElement>("#Body")!.Value);
        Assert.Equal(HttpStatusCode.Conflict, solved.StatusCode);
        Assert.True((await portal.TicketAsync(order.TicketId)).IsUnresolved);
        Assert.Null((await agent.PageAsync(DeskOrderPortal.Address(order))).QuerySelector("a[href$='/resolver']"));
    }

    [Fact]
    public async Task Reply_DateOfTheOrderHasPassed_AsksForAnother()
    {
        var order = await portal.PlaceAsync();
        await portal.AskAsync(db => db.Orders.Where(o => o.Id == order.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.StageDueAt, DateTime.UtcNow.AddHours(-1))));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var choice = (await agent.PageAsync(DeskOrderPortal.Address(order))).QuerySelector<IHtmlInputElement>(".desk-reply input[name=Next][value=pedido]")!;
        using var answer = await agent.FillAsync(DeskOrderPortal.Address(order), ".desk-reply", ("Body", "Va hoy mismo"), ("Next", "pedido"));

        Assert.True(choice.IsDisabled && !choice.IsChecked);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("prometa otra", (await answer.PageAsync()).QuerySelector(".error-summary").Words(), StringComparison.Ordinal);
        Assert.Empty((await portal.TicketAsync(order.TicketId)).Messages);
    }

    [Fact]
    public async Task Reply_OrderIsDone_OffersToSolveAsEver()
    {
        var order = await portal.WalkAsync(await portal.PlaceAsync(), OrderStatus.Delivered);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync(DeskOrderPortal.Address(order));

        Assert.NotNull(page.QuerySelector("input[name=Next][value=resolver]"));
        Assert.Null(page.QuerySelector("input[name=Next][value=pedido]"));
    }

    [Fact]
    public async Task Get_MarkupInAnOrder_IsShownAsItWasWritten()
    {
        const string markup = "<script>alert(1)</script>&\"'";
        var product = await portal.AskAsync(db => db.AddProductAsync($"m{Guid.NewGuid():N}"[..12], title: markup, kind: ProductKind.Part));
        var order = await portal.PlaceAsync([(product, 1)], notes: markup, name: markup);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        foreach (var address in new[] { DeskOrderPortal.Address(order), DeskOrderPortal.Address(order, "cancelar"), $"/agente/pedidos?q={order.Number}" })
        {
            Assert.Contains(markup, (await agent.PageAsync(address)).Body!.TextContent, StringComparison.Ordinal);
        }
    }
}
