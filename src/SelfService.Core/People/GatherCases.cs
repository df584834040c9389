using Microsoft.EntityFrameworkCore;
using SelfService.Core.Deflection;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>
/// Gives an account the cases that were opened without one, by its confirmed address and by nothing else: not by an address that
/// a form claims, and not by a telephone, which families share.
/// </summary>
/// <remarks>
/// The keys of gathered cases are revoked. Whoever was sent a link earlier, or had it forwarded, is led to sign in; from then on
/// the account decides who sees them.
/// </remarks>
public sealed class GatherCases(PortalDbContext db)
{
    /// <summary>Makes the customer of the person's address the person's own; call it inside a transaction.</summary>
    /// <returns>The customer of the account. There is always one afterwards.</returns>
    /// <exception cref="InvalidOperationException">Outside a transaction, or the address is not confirmed.</exception>
    public async Task<Customer> RunAsync(Person person, DateTime now, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Cases move only inside a transaction.");
        }

        if (!person.EmailConfirmed || EmailAddress.Parse(person.Email) is not { } address)
        {
            throw new InvalidOperationException("Only a confirmed address gathers cases.");
        }

        // Another account had the address before and gave it up: the one that confirmed it last owns it.
        await db.Customers.Where(c => c.Email == address && c.PersonId != null && c.PersonId != person.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Email, (string?)null).SetProperty(c => c.Phone, (string?)null).SetProperty(c => c.PhoneKey, (string?)null), cancel);
        var own = await db.Customers.SingleOrDefaultAsync(c => c.PersonId == person.Id, cancel);
        var guest = await db.Customers.SingleOrDefaultAsync(c => c.Email == address && c.PersonId == null, cancel);
        if (guest is not null)
        {
            await RevokeKeysAsync(guest.Id, now, cancel);
            own = own is null ? guest : await MergeAsync(guest, own, cancel);
        }

        if (own is null)
        {
            own = new Customer { CreatedAt = now };
            db.Customers.Add(own);
        }

        own.PersonId = person.Id;
        own.Email = address;
        own.Name = person.Name.Length > 0 ? person.Name : own.Name;
        return own;
    }

    private Task<int> RevokeKeysAsync(Guid customerId, DateTime now, CancellationToken cancel) =>
        db.TicketKeys.Where(k => k.RevokedAt == null && db.Tickets.Any(t => t.Id == k.TicketId && t.CustomerId == customerId))
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancel);

    private async Task<Customer> MergeAsync(Customer guest, Customer own, CancellationToken cancel)
    {
        await db.Tickets.Where(t => t.CustomerId == guest.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.CustomerId, own.Id), cancel);
        await db.CreditEntries.Where(e => e.CustomerId == guest.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.CustomerId, own.Id), cancel);
        var credit = db.Customers.Where(c => c.Id == guest.Id).Select(c => c.StoreCredit);
        await db.Customers.Where(c => c.Id == own.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.StoreCredit, c => c.StoreCredit + credit.Single()), cancel);
        await db.MoveVisitorsAsync(guest.Id, own.Id, cancel);
        db.Customers.Remove(guest);
        // Now, because the address is unique and about to be the other row's.
        await db.SaveChangesAsync(cancel);
        return own;
    }
}
