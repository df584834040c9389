using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>Changes of one account one after the other, where "the last one" has to be known.</summary>
internal static class PersonLock
{
    /// <summary>The person as she stands now; nobody else changes her until the transaction ends.</summary>
    /// <exception cref="InvalidOperationException">There is no such person any more.</exception>
    public static async Task<Person> TakeAsync(PortalDbContext db, Guid personId, CancellationToken cancel) =>
        await FindAsync(db, personId, cancel) ?? throw new InvalidOperationException("The account was deleted.");

    /// <summary>The same, or null when there is no such person any more.</summary>
    public static async Task<Person?> FindAsync(PortalDbContext db, Guid personId, CancellationToken cancel)
    {
        // An update that changes nothing holds the row on PostgreSQL; on SQLite the writer gate does.
        if (await db.Users.Where(p => p.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(p => p.AccessFailedCount, p => p.AccessFailedCount), cancel) == 0)
        {
            return null;
        }

        var person = await db.Users.SingleAsync(p => p.Id == personId, cancel);
        await db.Entry(person).ReloadAsync(cancel);
        return person;
    }
}
