using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog;

/// <summary>Somebody counted the pieces, or received some.</summary>
public sealed class AdjustStock(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Adds or takes pieces once for each key, with the reason.</summary>
    /// <param name="key">Key of the form.</param>
    /// <param name="note">Why; required.</param>
    /// <returns>False when fewer than none would be left, or too many; nothing has changed then.</returns>
    public Task<bool> RunAsync(Guid key, Guid variantId, int delta, string note, Guid personId, CancellationToken cancel) =>
        OnceAsync(key, () => MoveAsync(key, variantId, delta, note, personId, cancel), cancel);

    /// <summary>Says how many pieces there are, once for each key.</summary>
    /// <param name="seen">Pieces that were believed to be there when they were counted.</param>
    /// <returns>False when there are not so many any more: who counted has to look again. Nothing has changed then.</returns>
    public Task<bool> CountAsync(Guid key, Guid variantId, int seen, int counted, string note, Guid personId, CancellationToken cancel) => OnceAsync(
        key,
        async () =>
        {
            // Moved first: from then on nobody else can move them until this ends.
            var moved = await MoveAsync(key, variantId, counted - seen, note, personId, cancel);
            return moved && await db.Variants.AnyAsync(v => v.Id == variantId && v.InStock == counted, cancel) ? true : throw new MovedMeanwhileException();
        },
        cancel);

    private async Task<bool> OnceAsync(Guid key, Func<Task<bool>> move, CancellationToken cancel)
    {
        try
        {
            // Of the same form twice at the same moment, the second sees that the first has done it.
            return await db.RetriedAsync(() => db.InTransactionAsync(async () => await db.StockMovements.AnyAsync(m => m.SubmissionKey == key, cancel) || await move(), cancel));
        }
        catch (MovedMeanwhileException)
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private Task<bool> MoveAsync(Guid key, Guid variantId, int delta, string note, Guid personId, CancellationToken cancel) => db.MoveStockAsync(
        new StockMovement
        {
            VariantId = variantId,
            Delta = delta,
            Reason = StockReason.Adjusted,
            Note = note,
            SubmissionKey = key,
            Actor = ActorKind.Staff,
            ActorId = personId,
            At = clock.GetUtcNow().UtcDateTime,
        },
        cancel);

    // Takes the transaction back.
    private sealed class MovedMeanwhileException : Exception;
}
