using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog;

/// <summary>The only way in which the number of pieces changes: one conditional update and its movement, inside a transaction.</summary>
public static class Stock
{
    /// <summary>Most pieces of one variant, and of one change.</summary>
    public const int MaxPieces = 1_000_000;

    /// <summary>
    /// Takes or gives back pieces, with the movement that says why. Two who take the last piece at once: the database lets one.
    /// </summary>
    /// <param name="db">Inside a transaction.</param>
    /// <returns>False when there are not enough pieces, or would be too many; nothing has changed then. True also where pieces are not counted.</returns>
    /// <exception cref="InvalidOperationException">Outside a transaction.</exception>
    public static async Task<bool> MoveStockAsync(this PortalDbContext db, StockMovement movement, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Pieces move only inside a transaction.");
        }

        var (variantId, delta) = (movement.VariantId, movement.Delta);
        if (delta == 0)
        {
            return true;
        }

        var moved = await db.Variants.Where(v => v.Id == variantId && v.InStock != null && v.InStock + delta >= 0 && v.InStock + delta <= MaxPieces)
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.InStock, v => v.InStock + delta), cancel);
        if (moved == 0)
        {
            return await db.Variants.AnyAsync(v => v.Id == variantId && v.InStock == null, cancel);
        }

        db.StockMovements.Add(movement);
        return true;
    }

    /// <summary>Begins to count the pieces of a variant, or gives up counting them; what was counted is in its movements.</summary>
    /// <param name="db">Inside a transaction.</param>
    /// <param name="pieces">Pieces there are; null to count no longer.</param>
    public static async Task CountFromNowAsync(this PortalDbContext db, Guid variantId, int? pieces, DateTime at, CancellationToken cancel)
    {
        // An order in between would change the number that is written off.
        int? before;
        do
        {
            before = await db.Variants.Where(v => v.Id == variantId).Select(v => v.InStock).SingleAsync(cancel);
        }
        while (await db.Variants.Where(v => v.Id == variantId && v.InStock == before).ExecuteUpdateAsync(set => set.SetProperty(v => v.InStock, pieces), cancel) == 0);

        if ((pieces ?? 0) - (before ?? 0) is not 0 and var delta)
        {
            db.StockMovements.Add(new StockMovement { VariantId = variantId, Delta = delta, Reason = StockReason.Imported, Actor = ActorKind.System, At = at });
        }
    }
}
