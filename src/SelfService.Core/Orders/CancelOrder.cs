using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>A customer or an agent does not want an order any more, or pieces of one of its lines.</summary>
public sealed class CancelOrder(ChangeOrder change, OrderRules rules)
{
    /// <summary>Cancels on behalf of the customer, who can until something is prepared.</summary>
    /// <param name="pieces">Which; null for everything that has not left.</param>
    /// <param name="reason">Why; may be empty.</param>
    public Task<StepOutcome> RunAsync(Guid ticketId, Actor actor, CancelledPieces? pieces, string reason, CancellationToken cancel) =>
        change.RunAsync(ticketId, actor, inHand => Task.FromResult(Cancel(inHand, pieces, reason)), cancel);

    /// <summary>Cancels on behalf of an agent, who can until it has left.</summary>
    /// <inheritdoc cref="RunAsync(Guid, Actor, CancelledPieces?, string, CancellationToken)" path="/param"/>
    public Task<StepOutcome> RunAsync(StaffStep step, CancelledPieces? pieces, string reason, CancellationToken cancel) =>
        change.RunAsync(step, inHand => Task.FromResult(Cancel(inHand, pieces, reason)), cancel);

    private IReadOnlyList<OrderStep> Cancel(OrderInHand inHand, CancelledPieces? pieces, string reason)
    {
        var (order, actor, now) = (inHand.Order, inHand.Actor, inHand.Now);
        if (order.Status == OrderStatus.Cancelled)
        {
            return [];
        }

        if (pieces is null)
        {
            order.Cancel(reason, actor, now);
            return [new OrderStep(TicketEventKind.OrderCancelled)];
        }

        var line = order.Lines.FirstOrDefault(l => l.Id == pieces.LineId) ?? throw new OrderStateException();
        var quantity = pieces.InAll - line.Cancelled;
        if (quantity <= 0)
        {
            return [];
        }

        order.CancelLine(line.Id, quantity, reason, rules, actor, now);
        return [order.Status == OrderStatus.Cancelled ? new OrderStep(TicketEventKind.OrderCancelled) : new OrderStep(TicketEventKind.OrderLineCancelled, line.Pieces(quantity))];
    }
}

/// <summary>Pieces of a line that are not wanted.</summary>
/// <param name="InAll">
/// How many of the line are cancelled afterwards, with those that were before: so said, the same form sent twice cancels once.
/// </param>
public sealed record CancelledPieces(Guid LineId, int InAll);
