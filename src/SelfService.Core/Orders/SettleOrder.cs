using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>An agent settles what an order owes, either way. No card passes through here: what was paid is entered.</summary>
public sealed class SettleOrder(PortalDbContext db, ChangeOrder orders)
{
    /// <summary>Money came in.</summary>
    /// <param name="key">Key of the form: sent twice, one payment.</param>
    /// <param name="amount">Minor units; not more than is owed.</param>
    /// <param name="reference">Of the bank or of the receipt.</param>
    public Task<StepOutcome> PayAsync(StaffStep step, Guid key, long amount, string reference, CancellationToken cancel) => OnceAsync(step, key, hand =>
    {
        hand.Order.Pay(amount, reference, key, hand.Actor, hand.Now);
        return new(TicketEventKind.OrderPaid, orders.Money(amount));
    }, cancel);

    /// <summary>Where the customer pays.</summary>
    /// <param name="link">As <see cref="SafeLink"/> reads it.</param>
    public Task<StepOutcome> OfferAsync(StaffStep step, string link, CancellationToken cancel) => orders.RunAsync(step, hand =>
    {
        if (hand.Order.PaymentLink == link)
        {
            return Task.FromResult<IReadOnlyList<OrderStep>>([]);
        }

        hand.Order.OfferPayment(link, hand.Now);
        return Task.FromResult<IReadOnlyList<OrderStep>>([new(TicketEventKind.OrderPaymentLink, orders.Money(hand.Order.Balance))]);
    }, cancel);

    /// <summary>Money that was owed back has left.</summary>
    /// <param name="amount">Minor units; not more than is owed back.</param>
    /// <inheritdoc cref="PayAsync" path="/param"/>
    public Task<StepOutcome> RefundAsync(StaffStep step, Guid key, long amount, string reference, CancellationToken cancel) => OnceAsync(step, key, hand =>
    {
        hand.Order.Refund(amount, reference, key, hand.Actor, hand.Now);
        return new(TicketEventKind.OrderRefunded, orders.Money(amount));
    }, cancel);

    /// <summary>What is owed back becomes store credit. Only an account can use it, so only an account gets it.</summary>
    /// <inheritdoc cref="RefundAsync" path="/param"/>
    public async Task<StepOutcome> RefundToCreditAsync(StaffStep step, Guid key, long amount, CancellationToken cancel) =>
        await db.Tickets.AnyAsync(t => t.Id == step.TicketId && t.Customer.PersonId != null, cancel)
            ? await OnceAsync(step, key, hand =>
            {
                hand.Order.RefundToCredit(amount, key, hand.Actor, hand.Now);
                return new(TicketEventKind.OrderCredited, orders.Money(amount));
            }, cancel)
            : StepOutcome.Of(StepResult.NotPossible);

    private Task<StepOutcome> OnceAsync(StaffStep step, Guid key, Func<OrderInHand, OrderStep> settle, CancellationToken cancel) =>
        orders.RunAsync(step, hand => Task.FromResult<IReadOnlyList<OrderStep>>(hand.Order.Has(key) ? [] : [settle(hand)]), cancel);
}
