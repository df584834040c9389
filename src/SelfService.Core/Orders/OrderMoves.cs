using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>Carries out what changes of an order mean outside of it.</summary>
internal static class OrderMoves
{
    /// <summary>Moves the pieces and the store credit that an order's changes have taken or given back.</summary>
    /// <returns>The variant that has not enough pieces; <see cref="Guid.Empty"/> when it is the credit; null when all is done.</returns>
    public static async Task<Guid?> MoveAsync(this PortalDbContext db, Order order, Guid customerId, Actor actor, DateTime now, CancellationToken cancel)
    {
        // Always in the same order: two orders with the same variants wait for each other once, and not crosswise.
        foreach (var (variantId, delta, reason) in order.StockMoves.OrderBy(m => m.VariantId).ThenBy(m => m.Delta))
        {
            var movement = new StockMovement
            {
                VariantId = variantId,
                Delta = delta,
                Reason = reason,
                OrderId = order.Id,
                Actor = actor.Kind,
                ActorId = actor.PersonId,
                At = now,
            };
            if (!await db.MoveStockAsync(movement, cancel))
            {
                return variantId;
            }
        }

        foreach (var amount in order.CreditMoves)
        {
            var entry = new CreditEntry { CustomerId = customerId, Amount = amount, OrderId = order.Id, Actor = actor.Kind, ActorId = actor.PersonId, At = now };
            if (!await db.MoveCreditAsync(entry, cancel))
            {
                return Guid.Empty;
            }
        }

        order.StockMoves.Clear();
        order.CreditMoves.Clear();
        return null;
    }
}
