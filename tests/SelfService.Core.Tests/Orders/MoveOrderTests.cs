using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Mail;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

public sealed class MoveOrderTests : OrderDeskTest
{
    [Fact]
    public async Task An_order_goes_from_step_to_step_and_each_is_dated_and_mailed()
    {
        var filter = await ProductAsync();
        var id = await PlaceAsync([(filter, 2)]);

        Assert.Equal(StepResult.Done, (await ConfirmAsync(id)).Result);
        Assert.Equal(StepResult.Done, (await PrepareAsync(id)).Result);
        Assert.Equal(StepResult.Done, (await DispatchAsync(id, null)).Result);
        var underway = await OrderAsync(id);
        Assert.Equal((OrderStatus.Shipped, NextStep.OrderDelivery), (underway.Status, underway.Stage));
        Assert.Equal(StepResult.Done, (await HandOverAsync(id, null, new Collected(Guid.NewGuid(), null, "efectivo"))).Result);

        var order = await OrderAsync(id);
        Assert.Equal((OrderStatus.Delivered, (NextStep?)null, 0L), (order.Status, order.Stage, order.Balance));
        Assert.Equal("efectivo", order.Ledger[^1].Reference);
        Assert.Equal(
            [(TicketEventKind.OrderConfirmed, ""), (TicketEventKind.OrderPreparing, ""), (TicketEventKind.OrderShipped, "2 × Filtro"), (TicketEventKind.OrderDelivered, "2 × Filtro"), (TicketEventKind.OrderPaid, "$299.00")],
            await StepsAsync(id));
        Assert.Equal(5, await MovedMailsAsync(id));
        var ticket = await TicketAsync(id);
        Assert.Equal((TicketStatus.Solved, false), (ticket.Status, ticket.HasOpenRecord));
    }

    [Fact]
    public async Task The_mail_of_a_last_step_tells_of_that_step()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)]);
        await ConfirmAsync(id);
        await PrepareAsync(id);
        await DispatchAsync(id, null);
        await HandOverAsync(id, null, new Collected(Guid.NewGuid(), null));

        var events = await InAsync(async db => (await db.Jobs.Where(j => j.Kind == MailRequest.JobKind && j.Payload != "").ToListAsync())
            .Select(j => j.Read<MailRequest>()).Where(m => m.Kind == MailKind.OrderMoved).Select(m => m.EventId).ToList());
        var kinds = await InAsync(db => db.TicketEvents.Where(e => events.Contains(e.Id)).Select(e => e.Kind).ToListAsync());

        Assert.Equal(5, kinds.Count);
        Assert.All(kinds, kind => Assert.True(TicketEvent.IsRecordStep(kind), $"{kind}"));
    }

    [Fact]
    public async Task What_was_done_before_is_not_done_again_and_what_comes_later_not_yet()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)]);

        Assert.Equal(StepResult.NotPossible, (await PrepareAsync(id)).Result);
        Assert.Equal(StepResult.NotPossible, (await DispatchAsync(id, null)).Result);
        Assert.Equal(StepResult.NotPossible, (await HandOverAsync(id, null, null)).Result);
        await ConfirmAsync(id);
        Assert.Equal(StepResult.DoneBefore, (await ConfirmAsync(id)).Result);
        await PrepareAsync(id);
        Assert.Equal(StepResult.DoneBefore, (await PrepareAsync(id)).Result);
        Assert.Equal(StepResult.NotPossible, (await ConfirmAsync(id)).Result);
        await DispatchAsync(id, null);
        Assert.Equal(StepResult.DoneBefore, (await DispatchAsync(id, null)).Result);
        await HandOverAsync(id, null, null);
        Assert.Equal(StepResult.DoneBefore, (await HandOverAsync(id, null, null)).Result);

        Assert.Equal(4, (await StepsAsync(id)).Count());
        Assert.Equal((OrderStatus.Delivered, NextStep.Payment), ((await OrderAsync(id)).Status, (await OrderAsync(id)).Stage));
    }

    [Fact]
    public async Task Many_at_once_are_not_confirmed_before_they_are_paid_and_one_by_one_they_may_be()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)], payment: "before");

        Assert.Equal(StepResult.NotPossible, (await MoveAsync(async m => await m.ConfirmAsync(await StepAsync(id), evenUnpaid: false, NoCancel))).Result);
        Assert.Equal(StepResult.Done, (await ConfirmAsync(id)).Result);
    }

    [Fact]
    public async Task A_part_leaves_first_and_the_form_sent_twice_makes_one_parcel()
    {
        var (filter, hose) = (await ProductAsync(), await ProductAsync("manguera"));
        var id = await PlaceAsync([(filter, 2), (hose, 1)]);
        await ConfirmAsync(id);
        await PrepareAsync(id);
        var line = (await OrderAsync(id)).Lines[0];
        var shipment = new Shipment(Guid.NewGuid(), [new ParcelLine(line.Id, 1)], "Paquetería", "G-1", "https://rastreo.example/G-1");

        Assert.Equal(StepResult.Done, (await DispatchAsync(id, shipment)).Result);
        Assert.Equal(StepResult.DoneBefore, (await DispatchAsync(id, shipment)).Result);

        var order = await OrderAsync(id);
        Assert.Equal((OrderStatus.Preparing, 1, 1), (order.Status, order.Lines[0].Dispatched, order.Parcels.Count));
        Assert.Equal(("Paquetería", "G-1"), (order.Parcels[0].Carrier, order.Parcels[0].Tracking));
        Assert.Equal(StepResult.NotPossible, (await DispatchAsync(id, shipment with { Key = Guid.NewGuid(), Pieces = [new ParcelLine(line.Id, 2)] })).Result);
        await DispatchAsync(id, null);
        var parcels = (await OrderAsync(id)).Parcels;
        await HandOverAsync(id, parcels[1].Id, null);
        Assert.Equal(OrderStatus.Shipped, (await OrderAsync(id)).Status);
        await HandOverAsync(id, parcels[0].Id, null);
        Assert.Equal(OrderStatus.Delivered, (await OrderAsync(id)).Status);
        Assert.Contains((TicketEventKind.OrderDelivered, "1 × Filtro, 1 × Manguera"), await StepsAsync(id));
    }

    [Fact]
    public async Task What_is_fetched_is_ready_and_not_sent()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)], receiving: Receiving.Collection);
        await ConfirmAsync(id);
        await PrepareAsync(id);
        await DispatchAsync(id, null);

        var order = await OrderAsync(id);
        Assert.Equal((OrderStatus.Ready, NextStep.OrderCollection), (order.Status, order.Stage));
        Assert.Equal(TicketEventKind.OrderReady, (await StepsAsync(id)).Last().Kind);
    }

    [Fact]
    public async Task Work_at_home_is_done_in_one_step_and_never_sent()
    {
        var work = await ProductAsync("instalacion", stock: null, kind: ProductKind.Service);
        var id = await PlaceAsync([(work, 1)], receiving: Receiving.AtHome);
        await ConfirmAsync(id);
        Assert.Equal(StepResult.NotPossible, (await HandOverAsync(id, null, null)).Result);
        await PrepareAsync(id);

        Assert.Equal(StepResult.NotPossible, (await DispatchAsync(id, null)).Result);
        Assert.Equal(StepResult.Done, (await HandOverAsync(id, null, new Collected(Guid.NewGuid(), null))).Result);

        Assert.Equal((OrderStatus.Delivered, 0L), ((await OrderAsync(id)).Status, (await OrderAsync(id)).Balance));
        Assert.DoesNotContain(await StepsAsync(id), s => s.Kind == TicketEventKind.OrderShipped);
    }

    [Fact]
    public async Task What_was_transferred_before_is_not_collected_at_the_door()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)], payment: "before");
        await ConfirmAsync(id);
        await PrepareAsync(id);
        await DispatchAsync(id, null);
        await HandOverAsync(id, null, new Collected(Guid.NewGuid(), null));

        Assert.Equal(0, (await OrderAsync(id)).Paid);
    }

    [Fact]
    public async Task More_than_is_owed_is_not_collected_and_then_nothing_is_handed_over()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)]);
        await ConfirmAsync(id);
        await PrepareAsync(id);
        await DispatchAsync(id, null);

        Assert.Equal(StepResult.NotPossible, (await HandOverAsync(id, null, new Collected(Guid.NewGuid(), 99_999_999))).Result);

        Assert.Equal((OrderStatus.Shipped, 0L), ((await OrderAsync(id)).Status, (await OrderAsync(id)).Paid));
    }

    [Fact]
    public async Task Who_has_not_seen_what_a_colleague_did_is_told_first()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)]);
        var step = await StepAsync(id);
        var colleague = await AgentAsync("elsa@ensayo.example", Core.People.Roles.Agent);
        await GrantAsync(await StepAsync(id, colleague), LedgerKind.Discount, 100);

        var outcome = await MoveAsync(m => m.ConfirmAsync(step, evenUnpaid: true, NoCancel));

        Assert.Equal(StepResult.Overtaken, outcome.Result);
        Assert.Equal(TicketEventKind.OrderDiscounted, Assert.Single(outcome.News).Kind);
        Assert.Equal(OrderStatus.Placed, (await OrderAsync(id)).Status);
    }

    [Fact]
    public async Task Of_many_those_that_can_are_moved_and_of_the_others_it_is_said_how_they_stand()
    {
        var filter = await ProductAsync(stock: 50);
        var (placed, unpaid, cancelled) = (await PlaceAsync([(filter, 1)]), await PlaceAsync([(filter, 1)], payment: "before"), await PlaceAsync([(filter, 1)]));
        await InAsync(db => new CancelOrder(Change(db), Rules).RunAsync(cancelled, Actor.Customer(null), null, "", NoCancel));
        var numbers = await Task.WhenAll(new[] { placed, unpaid, cancelled }.Select(async id => (await OrderAsync(id)).Number));

        var moved = await InAsync(db => new MoveOrders(db, new MoveOrder(Change(db))).RunAsync([.. numbers, "C-NADA", numbers[0]], OrderMove.Confirm, isCollected: false, Agent, NoCancel));
        var again = await InAsync(db => new MoveOrders(db, new MoveOrder(Change(db))).RunAsync(numbers, OrderMove.Confirm, isCollected: false, Agent, NoCancel));

        Assert.Equal([(numbers[0], StepResult.Done), (numbers[1], StepResult.NotPossible), (numbers[2], StepResult.NotPossible), ("C-NADA", null)], moved.Select(m => (m.Number, m.Result)));
        Assert.Equal([OrderStatus.Confirmed, OrderStatus.Placed, OrderStatus.Cancelled, null], moved.Select(m => m.Order?.Status));
        Assert.Equal(StepResult.DoneBefore, again[0].Result);
        Assert.Equal(1, await MovedMailsAsync(placed));
    }

    private Task<StepOutcome> ConfirmAsync(Guid id) => MoveAsync(async m => await m.ConfirmAsync(await StepAsync(id), evenUnpaid: true, NoCancel));

    private Task<StepOutcome> PrepareAsync(Guid id) => MoveAsync(async m => await m.PrepareAsync(await StepAsync(id), NoCancel));

    private Task<StepOutcome> DispatchAsync(Guid id, Shipment? shipment) => MoveAsync(async m => await m.DispatchAsync(await StepAsync(id), shipment ?? new Shipment(Guid.NewGuid(), null), NoCancel));

    private Task<StepOutcome> HandOverAsync(Guid id, Guid? parcel, Collected? collected) => MoveAsync(async m => await m.HandOverAsync(await StepAsync(id), parcel, collected, NoCancel));
}
