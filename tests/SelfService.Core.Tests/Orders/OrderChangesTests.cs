using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

public sealed class OrderChangesTests : OrderTest
{
    private static readonly GrantLimit Limit = new(10, 5_000, 15);

    [Fact]
    public async Task An_order_walks_from_placed_to_delivered_and_owes_a_dated_step_until_then()
    {
        var order = await PlacedAsync(Wants((await FilterAsync(), 2)));
        var stages = new List<NextStep?> { order.Stage };
        Action<OrderInHand>[] steps =
        [
            hand => hand.Order.Confirm(hand.Now),
            hand => hand.Order.Prepare(hand.Now),
            hand => hand.Order.Dispatch(null, "Paquetería", "1Z", "https://paqueteria.example/1Z", hand.Now),
            hand =>
            {
                hand.Order.HandOver(hand.Order.Parcels[0].Id, hand.Now);
                hand.Order.Pay(hand.Order.Balance, "efectivo", Guid.NewGuid(), hand.Actor, hand.Now);
            },
        ];
        foreach (var step in steps)
        {
            Clock.Now += TimeSpan.FromHours(1);
            Assert.Equal(StepResult.Done, (await ChangeAsync(order, Agent, step)).Result);
            order = await OrderAsync(order.TicketId);
            Adds(order);
            stages.Add(order.Stage);
        }

        Assert.Equal([NextStep.OrderConfirmation, NextStep.OrderPreparation, NextStep.OrderDispatch, NextStep.OrderDelivery, null], stages);
        Assert.Equal((OrderStatus.Delivered, TicketStatus.Solved, 0), (order.Status, order.Ticket.Status, order.Balance));
    }

    [Theory]
    [InlineData("transferencia", NextStep.Payment, TicketStatus.Pending)]
    [InlineData("enlace", NextStep.OrderConfirmation, TicketStatus.New)]
    [InlineData("entrega", NextStep.OrderConfirmation, TicketStatus.New)]
    public async Task Who_owes_the_first_step_follows_from_the_way_to_pay(string payment, NextStep stage, TicketStatus status)
    {
        var order = await PlacedAsync(Wants((await FilterAsync(), 1)) with { Payment = payment });

        Assert.Equal((stage, status), (order.Stage, order.Ticket.Status));
    }

    [Fact]
    public async Task A_link_to_pay_makes_it_the_customers_turn_and_the_payment_the_companys()
    {
        var order = await PlacedAsync(Wants((await FilterAsync(), 1)) with { Payment = "enlace" });

        await ChangeAsync(order, Agent, hand => hand.Order.OfferPayment("https://pagos.example/1", hand.Now));
        Assert.Equal(NextStep.Payment, (await OrderAsync(order.TicketId)).Stage);

        await ChangeAsync(order, Agent, hand => hand.Order.Pay(order.Total, "A1", Guid.NewGuid(), hand.Actor, hand.Now));
        Assert.Equal(NextStep.OrderConfirmation, (await OrderAsync(order.TicketId)).Stage);
    }

    [Fact]
    public async Task A_customer_cancels_before_it_is_prepared_and_the_pieces_come_back()
    {
        var filter = await FilterAsync();
        var order = await PlacedAsync(Wants((filter, 2)));

        Assert.Equal(StepResult.Done, (await ChangeAsync(order, Guest, hand => hand.Order.Cancel("", hand.Actor, hand.Now))).Result);

        order = await OrderAsync(order.TicketId);
        Assert.Equal((OrderStatus.Cancelled, 0, TicketStatus.Solved), (order.Status, order.Total, order.Ticket.Status));
        Assert.Equal(10, await StockAsync(filter));
        Adds(order);
    }

    [Fact]
    public async Task Once_it_is_prepared_only_the_company_cancels()
    {
        var order = await PreparingAsync(await FilterAsync(), 2);

        Assert.Equal(StepResult.NotPossible, (await ChangeAsync(order, Guest, hand => hand.Order.Cancel("", hand.Actor, hand.Now))).Result);
        Assert.Equal(StepResult.Done, (await ChangeAsync(order, Agent, hand => hand.Order.Cancel("Falta", hand.Actor, hand.Now))).Result);
    }

    [Fact]
    public async Task What_was_paid_for_a_cancelled_order_is_owed_back_with_a_date()
    {
        var order = await PlacedAsync(Wants((await FilterAsync(), 1)) with { Payment = "transferencia" });
        await ChangeAsync(order, Agent, hand => hand.Order.Pay(order.Total, "A1", Guid.NewGuid(), hand.Actor, hand.Now));
        await ChangeAsync(order, Guest, hand => hand.Order.Cancel("", hand.Actor, hand.Now));

        var cancelled = await OrderAsync(order.TicketId);
        Assert.Equal((NextStep.Refund, -order.Total), (cancelled.Stage, cancelled.Balance));
        Assert.True(cancelled.Ticket.IsUnresolved);

        await ChangeAsync(order, Agent, hand => hand.Order.Refund(order.Total, "R1", Guid.NewGuid(), hand.Actor, hand.Now));
        Adds(await OrderAsync(order.TicketId));
        Assert.False((await OrderAsync(order.TicketId)).Ticket.IsUnresolved);
    }

    [Fact]
    public async Task Cancelling_a_line_may_make_bringing_it_cost_again()
    {
        var (large, small) = await InAsync(async db => (await db.AddProductAsync("grande", 480_000), await db.AddProductAsync("chico", 30_000)));
        var order = await PlacedAsync(Wants((large, 1), (small, 1)));
        Assert.Equal(0, order.DeliveryPrice);

        await ChangeAsync(order, Guest, hand => hand.Order.CancelLine(order.Lines[1].Id, 1, "", Rules, hand.Actor, hand.Now));

        order = await OrderAsync(order.TicketId);
        Assert.Equal((480_000 + DeliveryPrice, OrderStatus.Placed), (order.Total, order.Status));
        Adds(order);
    }

    [Fact]
    public async Task A_discount_goes_with_the_pieces_it_was_granted_on()
    {
        var order = await PlacedAsync(Wants((await FilterAsync(price: 3_333), 3)));
        await ChangeAsync(order, Agent, hand => hand.Order.Grant(LedgerKind.Discount, 999, "Cortesía", Limit, Guid.NewGuid(), hand.Actor, hand.Now));
        for (var piece = 0; piece < 3; piece++)
        {
            await ChangeAsync(order, Agent, hand => hand.Order.CancelLine(hand.Order.Lines[0].Id, 1, "", Rules, hand.Actor, hand.Now));
            Adds(await OrderAsync(order.TicketId));
        }

        order = await OrderAsync(order.TicketId);
        Assert.Equal((0L, OrderStatus.Cancelled, 0L), (order.Total, order.Status, order.Granted));
    }

    [Fact]
    public async Task Split_discounts_do_not_exceed_the_limit_and_concurrent_ones_neither()
    {
        var order = await PlacedAsync(Wants((await FilterAsync(price: 100_000), 1)));

        var granted = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await ChangeAsync(order, Agent, hand => hand.Order.Grant(LedgerKind.Discount, 3_000, "Cortesía", Limit, Guid.NewGuid(), hand.Actor, hand.Now))).Result == StepResult.Done;
            }
            catch (GrantLimitException exception)
            {
                Assert.InRange(exception.Left, 0, 2_999);
                return false;
            }
        })));

        Assert.Equal(3, granted.Count(g => g));
        order = await OrderAsync(order.TicketId);
        Assert.Equal(100_000 + DeliveryPrice - 9_000, order.Total);
        Adds(order);
    }

    [Fact]
    public async Task Credit_notes_and_extensions_have_their_limits_too()
    {
        var order = await PlacedAsync(Wants((await FilterAsync(price: 100_000), 1)));

        await ChangeAsync(order, Agent, hand => hand.Order.Grant(LedgerKind.CreditNote, 5_000, "Rayón", Limit, Guid.NewGuid(), hand.Actor, hand.Now));
        await ChangeAsync(order, Agent, hand => hand.Order.Extend(10, "Viaje", Limit, Guid.NewGuid(), hand.Actor, hand.Now));

        await Assert.ThrowsAsync<GrantLimitException>(() => ChangeAsync(order, Agent, hand => hand.Order.Grant(LedgerKind.CreditNote, 1, "Otro", Limit, Guid.NewGuid(), hand.Actor, hand.Now)));
        var refused = await Assert.ThrowsAsync<GrantLimitException>(() => ChangeAsync(order, Agent, hand => hand.Order.Extend(6, "Más", Limit, Guid.NewGuid(), hand.Actor, hand.Now)));
        Assert.Equal(5, refused.Left);
        Assert.Equal(10, (await OrderAsync(order.TicketId)).ExtensionDays);
    }

    [Fact]
    public async Task An_order_in_parts_is_delivered_with_the_last_parcel()
    {
        var order = await PreparingAsync(await FilterAsync(), 3);
        var line = order.Lines[0].Id;
        await ChangeAsync(order, Agent, hand => hand.Order.Dispatch([new ParcelLine(line, 1)], "", "", "", hand.Now));
        await ChangeAsync(order, Agent, hand => hand.Order.HandOver(hand.Order.Parcels[0].Id, hand.Now));
        Assert.Equal((OrderStatus.Preparing, NextStep.OrderDispatch), ((await OrderAsync(order.TicketId)).Status, (await OrderAsync(order.TicketId)).Stage));

        Assert.Equal(StepResult.NotPossible, (await ChangeAsync(order, Agent, hand => hand.Order.Dispatch([new ParcelLine(line, 3)], "", "", "", hand.Now))).Result);
        await ChangeAsync(order, Agent, hand => hand.Order.Dispatch(null, "", "", "", hand.Now));
        Assert.Equal(OrderStatus.Shipped, (await OrderAsync(order.TicketId)).Status);
        await ChangeAsync(order, Agent, hand => hand.Order.HandOver(hand.Order.Parcels[1].Id, hand.Now));
        Assert.Equal((OrderStatus.Delivered, NextStep.Payment), ((await OrderAsync(order.TicketId)).Status, (await OrderAsync(order.TicketId)).Stage));
    }

    [Theory]
    [InlineData(true, OrderStatus.Delivered, NextStep.Payment)]
    [InlineData(false, OrderStatus.Shipped, NextStep.OrderDelivery)]
    public async Task When_the_rest_is_cancelled_the_order_stands_where_its_parcels_do(bool isDelivered, OrderStatus status, NextStep next)
    {
        var order = await PreparingAsync(await FilterAsync(), 3);
        var line = order.Lines[0].Id;
        await ChangeAsync(order, Agent, hand => hand.Order.Dispatch([new ParcelLine(line, 1)], "", "", "", hand.Now));
        if (isDelivered)
        {
            await ChangeAsync(order, Agent, hand => hand.Order.HandOver(hand.Order.Parcels[0].Id, hand.Now));
        }

        await ChangeAsync(order, Agent, hand => hand.Order.CancelLine(line, 2, "Ya no hay", Rules, hand.Actor, hand.Now));

        var now = await OrderAsync(order.TicketId);
        Assert.Equal((status, next), (now.Status, now.Stage));
        Adds(now);
    }

    [Fact]
    public async Task A_return_gives_its_part_back_within_the_window_and_not_after_it()
    {
        var filter = await FilterAsync();
        var order = await DeliveredAsync(filter, 2);
        Clock.Now += TimeSpan.FromDays(29);
        await ReturnAsync(order, 1, ReturnKind.Return, null);
        Assert.Equal((NextStep.ReturnArrival, TicketStatus.Pending), ((await OrderAsync(order.TicketId)).Stage, (await OrderAsync(order.TicketId)).Ticket.Status));

        await ChangeAsync(order, Agent, hand => hand.Order.ReceiveReturn(hand.Order.Returns[0].Id, restock: true, null, hand.Actor, hand.Now));
        var back = await OrderAsync(order.TicketId);
        Assert.Equal((-54_900, NextStep.Refund), (back.Balance, back.Stage));
        Assert.Equal(9, await StockAsync(filter));
        Adds(back);

        Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal(StepResult.NotPossible, (await ReturnAsync(order, 1, ReturnKind.Return, null)).Result);
        await ChangeAsync(order, Agent, hand => hand.Order.Extend(5, "Viaje", Limit, Guid.NewGuid(), hand.Actor, hand.Now));
        Assert.Equal(StepResult.Done, (await ReturnAsync(order, 1, ReturnKind.Return, null)).Result);
        Assert.Equal(StepResult.NotPossible, (await ReturnAsync(order, 1, ReturnKind.Return, null)).Result);
    }

    [Fact]
    public async Task What_was_exchanged_is_prepared_again()
    {
        var colours = await InAsync(db => db.AddProductAsync("silla", [("rojo", "Rojo", 50_000, 5), ("azul", "Azul", 60_000, 5)]));
        var order = await DeliveredAsync(colours[0], 1);
        await ReturnAsync(order, 1, ReturnKind.Exchange, colours[1].Id);

        await ChangeAsync(order, Agent, hand => hand.Order.ReceiveReturn(hand.Order.Returns[0].Id, restock: false, colours[1], hand.Actor, hand.Now));

        order = await OrderAsync(order.TicketId);
        Assert.Equal((OrderStatus.Preparing, NextStep.OrderDispatch, 10_000), (order.Status, order.Stage, order.Balance));
        Assert.Equal((4, 4), (await StockAsync(colours[0]), await StockAsync(colours[1])));
        Adds(order);
    }

    [Fact]
    public async Task A_refused_return_owes_nothing_more()
    {
        var order = await DeliveredAsync(await FilterAsync(), 1);
        await ReturnAsync(order, 1, ReturnKind.Return, null);
        await ChangeAsync(order, Agent, hand => hand.Order.RefuseReturn(hand.Order.Returns[0].Id, "Está usado", hand.Now));

        order = await OrderAsync(order.TicketId);
        Assert.Equal((ReturnStatus.Refused, TicketStatus.Solved), (order.Returns[0].Status, order.Ticket.Status));
        Adds(order);
    }

    [Fact]
    public async Task A_ticket_does_not_end_while_its_order_owes_something()
    {
        var order = await PlacedAsync(Wants((await FilterAsync(), 1)));

        await Assert.ThrowsAsync<TicketStateException>(() => ChangeAsync(order.TicketId, ticket => ticket.Solve(Agent, TimeSpan.FromDays(14), Clock.Now)));
        await Assert.ThrowsAsync<TicketStateException>(() => ChangeAsync(order.TicketId, ticket => ticket.Close(Guest, TimeSpan.FromDays(14), Clock.Now)));
        await Assert.ThrowsAnyAsync<Exception>(() => InAsync(db => db.Tickets.ExecuteUpdateAsync(set => set.SetProperty(t => t.Status, TicketStatus.Closed))));
    }

    [Fact]
    public async Task The_database_itself_refuses_pieces_and_money_that_cannot_be()
    {
        var filter = await FilterAsync();
        await PlacedAsync(Wants((filter, 1)));

        await Assert.ThrowsAnyAsync<Exception>(() => InAsync(db => db.Variants.ExecuteUpdateAsync(set => set.SetProperty(v => v.InStock, -1))));
        await Assert.ThrowsAnyAsync<Exception>(() => InAsync(db => db.OrderLines.ExecuteUpdateAsync(set => set.SetProperty(l => l.Delivered, 1))));
        await Assert.ThrowsAnyAsync<Exception>(() => InAsync(db => db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.Total, -1))));
        await Assert.ThrowsAnyAsync<Exception>(() => InAsync(db => db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.StageDueAt, (DateTime?)null))));
        await Assert.ThrowsAnyAsync<Exception>(() => InAsync(db => db.Customers.ExecuteUpdateAsync(set => set.SetProperty(c => c.StoreCredit, -1))));
    }

    private Task<Variant> FilterAsync(long price = 54_900) => InAsync(db => db.AddProductAsync("filtro", price));

    private async Task<Order> PreparingAsync(Variant variant, int quantity)
    {
        var order = await PlacedAsync(Wants((variant, quantity)));
        await ChangeAsync(order, Agent, hand =>
        {
            hand.Order.Confirm(hand.Now);
            hand.Order.Prepare(hand.Now);
        });
        return await OrderAsync(order.TicketId);
    }

    private async Task<Order> DeliveredAsync(Variant variant, int quantity)
    {
        var order = await PreparingAsync(variant, quantity);
        await ChangeAsync(order, Agent, hand =>
        {
            hand.Order.HandOver(hand.Order.Dispatch(null, "", "", "", hand.Now).Id, hand.Now);
            hand.Order.Pay(hand.Order.Balance, "", Guid.NewGuid(), hand.Actor, hand.Now);
        });
        return await OrderAsync(order.TicketId);
    }

    private Task<StepOutcome> ReturnAsync(Order order, int quantity, ReturnKind kind, Guid? wanted) =>
        ChangeAsync(order, Guest, hand => hand.Order.RequestReturn(hand.Order.Lines[0].Id, quantity, kind, wanted, "No sirve", Guid.NewGuid(), hand.Now));
}
