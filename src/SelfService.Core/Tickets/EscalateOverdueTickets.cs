using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>Brings to the top what passed its date without anybody acting.</summary>
public sealed class EscalateOverdueTickets(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Escalates every ticket whose date has passed; each once, until it has another date.</summary>
    /// <returns>Number of tickets escalated.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.ChangeDueAsync(
            t => (t.Status == TicketStatus.New || t.Status == TicketStatus.Open || t.Status == TicketStatus.Pending) && t.DueAt <= now && t.EscalatedAt == null,
            ticket =>
            {
                var before = ticket.EscalatedAt;
                ticket.Escalate(now);
                return ticket.EscalatedAt != before;
            },
            cancel);
    }
}
