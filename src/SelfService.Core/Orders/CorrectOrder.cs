using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>An agent puts right what was ordered: where it goes, and what else it should contain.</summary>
public sealed class CorrectOrder(PortalDbContext db, ChangeOrder orders, OrderRules rules)
{
    /// <summary>It is brought to another address. The history does not repeat it: it would outlive a customer who is forgotten.</summary>
    public Task<StepOutcome> AddressAsync(StaffStep step, IReadOnlyList<AddressLine> address, CancellationToken cancel) => orders.RunAsync(step, hand =>
    {
        if (hand.Order.Address.SequenceEqual(address))
        {
            return Task.FromResult<IReadOnlyList<OrderStep>>([]);
        }

        hand.Order.CorrectAddress(address, hand.Now);
        return Task.FromResult<IReadOnlyList<OrderStep>>([new(TicketEventKind.OrderAddressCorrected)]);
    }, cancel);

    /// <summary>One more line at today's price, with its pieces.</summary>
    /// <param name="key">Key of the form: sent twice, one line.</param>
    /// <exception cref="OutOfStockException">There are not so many; nothing is stored.</exception>
    public Task<StepOutcome> AddLineAsync(StaffStep step, Guid key, Guid variantId, int quantity, CancellationToken cancel) => orders.RunAsync(step, async hand =>
    {
        if (hand.Order.Lines.Any(l => l.Id == key))
        {
            return (IReadOnlyList<OrderStep>)[];
        }

        var variant = await db.Variants.AsNoTracking().Include(v => v.Product).SingleOrDefaultAsync(v => v.Id == variantId && v.IsOnSale && v.Product.IsOnSale, cancel);
        if (variant is null || !Fits(hand.Order, variant.Product))
        {
            throw new OrderStateException();
        }

        var line = hand.Order.AddLine(variant, quantity, rules, hand.Actor, hand.Now, key);
        return [new(TicketEventKind.OrderLineAdded, line.Pieces(quantity))];
    }, cancel);

    /// <summary>Whether a product can go with this order: where somebody only comes to work, nothing is carried.</summary>
    public static bool Fits(Order order, Product product) => order.Receiving != Receiving.AtHome || product.Kind == ProductKind.Service;
}
