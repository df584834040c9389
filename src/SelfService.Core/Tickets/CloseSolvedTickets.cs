using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>
/// Closes what was solved and not reopened in the days for it. No mail is sent: the one that said it was solved told until when.
/// </summary>
public sealed class CloseSolvedTickets(PortalDbContext db, ServiceDesk desk, TimeProvider clock)
{
    /// <summary>Closes everything whose days are over.</summary>
    /// <returns>Number of tickets closed.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.ChangeDueAsync(
            t => t.Status == TicketStatus.Solved && t.ReopenUntil <= now,
            ticket =>
            {
                if (ticket.Status != TicketStatus.Solved || ticket.CanReopen(now))
                {
                    return false;
                }

                ticket.Close(Actor.System, desk.ReopenWindow, now);
                return true;
            },
            cancel);
    }
}
