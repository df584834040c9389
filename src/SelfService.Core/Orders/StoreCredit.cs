using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>One change of what a customer has with the company. The sum of all of hers is her store credit.</summary>
public sealed class CreditEntry
{
    public Guid Id { get; init; } = OrderedId.New();

    public Guid CustomerId { get; set; }

    /// <summary>In minor units: came (positive) or was used.</summary>
    public long Amount { get; init; }

    public Guid OrderId { get; init; }

    public ActorKind Actor { get; init; }

    public Guid? ActorId { get; init; }

    public DateTime At { get; init; }
}

/// <summary>The only way in which store credit changes: one conditional update and its entry, inside a transaction.</summary>
public static class StoreCredit
{
    /// <summary>Adds or uses store credit.</summary>
    /// <returns>False when there is not enough; nothing has changed then.</returns>
    /// <exception cref="InvalidOperationException">Outside a transaction.</exception>
    public static async Task<bool> MoveCreditAsync(this PortalDbContext db, CreditEntry entry, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Store credit moves only inside a transaction.");
        }

        var amount = entry.Amount;
        var moved = await db.Customers.Where(c => c.Id == entry.CustomerId && c.StoreCredit + amount >= 0)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.StoreCredit, c => c.StoreCredit + amount), cancel);
        if (moved > 0)
        {
            db.CreditEntries.Add(entry);
        }

        return moved > 0;
    }

    /// <summary>What an account has with the company, in minor units.</summary>
    public static Task<long> StoreCreditAsync(this PortalDbContext db, Guid? personId, CancellationToken cancel) =>
        db.Customers.Where(c => personId != null && c.PersonId == personId).Select(c => c.StoreCredit).SingleOrDefaultAsync(cancel);
}
