using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>Changes of one ticket stand in a row, whoever makes them: of two at once, the second sees what the first did.</summary>
public static class ChangeTicket
{
    /// <summary>Reads the ticket as it stands, changes it and commits, in one transaction.</summary>
    /// <param name="change">Run again when somebody else changed the ticket meanwhile, so it keeps no state of its own.</param>
    public static Task<T> ChangeTicketAsync<T>(this PortalDbContext db, Guid ticketId, Func<Ticket, Task<T>> change, CancellationToken cancel)
    {
        // A ticket read earlier would hide what others have done since.
        db.ChangeTracker.Clear();
        // Somebody who does not wait for the row may be faster.
        return db.RetriedAsync(() => db.InTransactionAsync(
            async () =>
            {
                // Holds the row until commit; on PostgreSQL two changes at once would otherwise both be tried.
                await db.Tickets.Where(t => t.Id == ticketId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Version, t => t.Version), cancel);
                return await change(await db.Tickets.SingleAsync(t => t.Id == ticketId, cancel));
            },
            cancel));
    }

    /// <inheritdoc cref="ChangeTicketAsync{T}(PortalDbContext, Guid, Func{Ticket, Task{T}}, CancellationToken)"/>
    public static Task<T> ChangeTicketAsync<T>(this PortalDbContext db, Guid ticketId, Func<Ticket, T> change, CancellationToken cancel) =>
        db.ChangeTicketAsync(ticketId, ticket => Task.FromResult(change(ticket)), cancel);
}
