using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>Pieces go back to the company: asked for by the customer, decided by an agent when they are here.</summary>
public sealed class ReturnGoods(ChangeOrder change, PortalDbContext db)
{
    /// <summary>The customer wants to send pieces back, once for each key.</summary>
    public Task<StepOutcome> RequestAsync(Guid ticketId, Actor actor, WantedReturn wanted, CancellationToken cancel) => change.RunAsync(
        ticketId,
        actor,
        async inHand =>
        {
            var order = inHand.Order;
            if (order.Returns.Any(r => r.SubmissionKey == wanted.SubmissionKey))
            {
                return [];
            }

            var line = order.Lines.FirstOrDefault(l => l.Id == wanted.LineId) ?? throw new OrderStateException();
            // A key that came with another order is not this form's, and a wanted piece is one of the same product.
            if (await db.OrderReturns.AnyAsync(r => r.SubmissionKey == wanted.SubmissionKey, cancel)
                || (wanted.InsteadId is { } instead && !await Exchanges(line).AnyAsync(v => v.Id == instead, cancel)))
            {
                throw new OrderStateException();
            }

            order.RequestReturn(
                line.Id, wanted.Quantity, wanted.InsteadId is null ? ReturnKind.Return : ReturnKind.Exchange, wanted.InsteadId, wanted.Reason, wanted.SubmissionKey, inHand.Now);
            return [new OrderStep(TicketEventKind.ReturnRequested, line.Pieces(wanted.Quantity))];
        },
        cancel);

    /// <summary>Variants that a line may be exchanged for, whether or not there are pieces of them.</summary>
    public IQueryable<Variant> Exchanges(OrderLine line) =>
        db.Variants.AsNoTracking().Where(v => v.IsOnSale && v.Product.IsOnSale && v.Product.Variants.Any(bought => bought.Id == line.VariantId));

    /// <summary>The customer keeps it after all.</summary>
    public Task<StepOutcome> WithdrawAsync(Guid ticketId, Actor actor, Guid returnId, CancellationToken cancel) => change.RunAsync(
        ticketId,
        actor,
        inHand => Task.FromResult(Decide(inHand, returnId, ReturnStatus.Withdrawn, TicketEventKind.ReturnWithdrawn, () => inHand.Order.WithdrawReturn(returnId, inHand.Now))),
        cancel);

    /// <summary>The piece is not taken.</summary>
    /// <param name="note">Why, in words for the customer.</param>
    public Task<StepOutcome> RefuseAsync(StaffStep step, Guid returnId, string note, CancellationToken cancel) => change.RunAsync(
        step,
        inHand => Task.FromResult(Decide(inHand, returnId, ReturnStatus.Refused, TicketEventKind.ReturnRefused, () => inHand.Order.RefuseReturn(returnId, note, inHand.Now))),
        cancel);

    /// <summary>The piece is here and taken.</summary>
    /// <param name="restock">Whether it can be sold again.</param>
    /// <param name="exchange">Whether an exchange is carried out; the money goes back otherwise, as it does for a return.</param>
    /// <exception cref="OutOfStockException">There are no pieces left of the wanted variant; nothing is stored.</exception>
    public Task<StepOutcome> ReceiveAsync(StaffStep step, Guid returnId, bool restock, bool exchange, CancellationToken cancel) => change.RunAsync(
        step,
        async inHand =>
        {
            var asked = inHand.Order.Returns.FirstOrDefault(r => r.Id == returnId) ?? throw new OrderStateException();
            var wanted = exchange && asked.WantedVariantId is { } variantId
                ? await db.Variants.AsNoTracking().Include(v => v.Product).SingleOrDefaultAsync(v => v.Id == variantId, cancel)
                : null;
            return Decide(
                inHand, returnId, ReturnStatus.Received, TicketEventKind.ReturnReceived,
                () => inHand.Order.ReceiveReturn(returnId, restock, wanted, inHand.Actor, inHand.Now));
        },
        cancel);

    // Decided the same way before, nothing happens; decided otherwise, it is too late.
    private static IReadOnlyList<OrderStep> Decide(OrderInHand inHand, Guid returnId, ReturnStatus status, TicketEventKind kind, Action decide)
    {
        var asked = inHand.Order.Returns.FirstOrDefault(r => r.Id == returnId) ?? throw new OrderStateException();
        if (asked.Status == status)
        {
            return [];
        }

        decide();
        return [new OrderStep(kind, inHand.Order.Lines.Single(l => l.Id == asked.LineId).Pieces(asked.Quantity))];
    }
}

/// <summary>What a customer wants to send back.</summary>
/// <param name="InsteadId">The variant she wants instead, of the same product; null for her money.</param>
/// <param name="Reason">In her words.</param>
/// <param name="SubmissionKey">Key of the form: sent twice, one return.</param>
public sealed record WantedReturn(Guid LineId, int Quantity, Guid? InsteadId, string Reason, Guid SubmissionKey);
