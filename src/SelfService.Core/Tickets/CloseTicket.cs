using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>The customer needs nothing more.</summary>
public sealed class CloseTicket(PortalDbContext db, ServiceDesk desk, TimeProvider clock)
{
    /// <summary>Closes the ticket and leaves the mail that says so. Closed again changes nothing.</summary>
    /// <returns>Whether it was open until now.</returns>
    public Task<bool> RunAsync(Guid ticketId, Actor actor, CancellationToken cancel) => db.ChangeTicketAsync(
        ticketId,
        ticket =>
        {
            if (ticket.Status == TicketStatus.Closed)
            {
                return false;
            }

            var now = clock.GetUtcNow().UtcDateTime;
            ticket.Close(actor, desk.ReopenWindow, now);
            db.Jobs.Add(new MailRequest(MailKind.CaseClosed, ticket.Language) { TicketId = ticket.Id }.ToJob(now));
            return true;
        },
        cancel);
}
