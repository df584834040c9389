using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>What leaves, or waits at the branch from now on.</summary>
/// <param name="Key">Key of the form: sent twice, one parcel.</param>
/// <param name="Pieces">Which; null for all that have not left.</param>
/// <param name="TrackingUrl">Address of the carrier's page, https; empty for none.</param>
public sealed record Shipment(Guid Key, IReadOnlyList<ParcelLine>? Pieces, string Carrier = "", string Tracking = "", string TrackingUrl = "");

/// <summary>What was paid when it was handed over.</summary>
/// <param name="Key">Key of the form: sent twice, one payment.</param>
/// <param name="Amount">Minor units; null for all that was still owed.</param>
public sealed record Collected(Guid Key, long? Amount, string Reference = "");

/// <summary>An agent takes an order from one step to the next. What is so already is left as it is.</summary>
public sealed class MoveOrder(ChangeOrder orders)
{
    /// <summary>The company takes it on.</summary>
    /// <param name="evenUnpaid">Whether also before it is paid, where it should be paid before.</param>
    public Task<StepOutcome> ConfirmAsync(StaffStep step, bool evenUnpaid, CancellationToken cancel) => RunAsync(step, (order, hand) =>
    {
        if (order.Status == OrderStatus.Confirmed)
        {
            return [];
        }

        if (!evenUnpaid && order.Stage == NextStep.Payment)
        {
            throw new OrderStateException();
        }

        order.Confirm(hand.Now);
        return [new(TicketEventKind.OrderConfirmed)];
    }, cancel);

    /// <summary>Its pieces are being put together.</summary>
    public Task<StepOutcome> PrepareAsync(StaffStep step, CancellationToken cancel) => RunAsync(step, (order, hand) =>
    {
        if (order.Status == OrderStatus.Preparing)
        {
            return [];
        }

        order.Prepare(hand.Now);
        return [new(TicketEventKind.OrderPreparing)];
    }, cancel);

    /// <summary>Pieces leave, or wait at the branch.</summary>
    public Task<StepOutcome> DispatchAsync(StaffStep step, Shipment shipment, CancellationToken cancel) => RunAsync(step, (order, hand) =>
    {
        var hasLeft = order.Status is OrderStatus.Ready or OrderStatus.Shipped && shipment.Pieces is null;
        if (hasLeft || order.Parcels.Any(p => p.Id == shipment.Key))
        {
            return [];
        }

        // Work at home is not sent: it is done.
        Require(order.Receiving != Receiving.AtHome);
        var parcel = order.Dispatch(shipment.Pieces, shipment.Carrier, shipment.Tracking, shipment.TrackingUrl, hand.Now, shipment.Key);
        return [new(order.Receiving == Receiving.Collection ? TicketEventKind.OrderReady : TicketEventKind.OrderShipped, ParcelLine.Text(order, parcel.Lines))];
    }, cancel);

    /// <summary>A parcel is with the customer, or work at her home is done; with what she paid then.</summary>
    /// <param name="parcelId">Which; null for everything that is on its way.</param>
    /// <param name="collected">What was paid at the door or at the branch; null for nothing.</param>
    public Task<StepOutcome> HandOverAsync(StaffStep step, Guid? parcelId, Collected? collected, CancellationToken cancel) => RunAsync(step, (order, hand) =>
    {
        if (order.Parcels.Any(p => p.Id == parcelId && p.DeliveredAt is not null) || (parcelId is null && order.Status == OrderStatus.Delivered))
        {
            return [];
        }

        if (order.Receiving == Receiving.AtHome && order.Status == OrderStatus.Preparing)
        {
            order.Dispatch(null, "", "", "", hand.Now);
        }

        var arrived = order.Parcels.Where(p => p.DeliveredAt is null && (parcelId is null || p.Id == parcelId)).ToList();
        Require(arrived.Count > 0);
        foreach (var parcel in arrived)
        {
            order.HandOver(parcel.Id, hand.Now);
        }

        List<OrderStep> steps = [new(TicketEventKind.OrderDelivered, ParcelLine.Text(order, arrived.SelectMany(p => p.Lines)))];
        if (collected is not null && order.PaymentWhen == PaymentWhen.OnDelivery && (collected.Amount ?? order.Balance) is var amount and not 0)
        {
            order.Pay(amount, collected.Reference, collected.Key, hand.Actor, hand.Now);
            steps.Add(new(TicketEventKind.OrderPaid, orders.Money(amount)));
        }

        return steps;
    }, cancel);

    private Task<StepOutcome> RunAsync(StaffStep step, Func<Order, OrderInHand, IReadOnlyList<OrderStep>> move, CancellationToken cancel) =>
        orders.RunAsync(step, hand => Task.FromResult(move(hand.Order, hand)), cancel);

    private static void Require(bool isPossible)
    {
        if (!isPossible)
        {
            throw new OrderStateException();
        }
    }
}
