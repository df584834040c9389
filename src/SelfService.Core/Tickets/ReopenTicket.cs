using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;

namespace SelfService.Core.Tickets;

/// <summary>The customer was not helped after all.</summary>
public sealed class ReopenTicket(PortalDbContext db, ServiceDesk desk, SlaClock sla, TimeProvider clock)
{
    /// <summary>Opens the ticket again with a new date and leaves the mail that tells it. Opened again changes nothing.</summary>
    /// <returns>False when it ended too long ago.</returns>
    public Task<bool> RunAsync(Guid ticketId, Actor actor, CancellationToken cancel) => db.ChangeTicketAsync(
        ticketId,
        ticket =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (ticket.IsUnresolved)
            {
                return true;
            }

            if (!ticket.CanReopen(now))
            {
                return false;
            }

            var policy = desk.Policy(ticket.Sla);
            ticket.Reopen(actor, sla.After(now, policy.Of(ticket.Priority).NextResponse, policy.Hours), now);
            db.Jobs.Add(new MailRequest(MailKind.CaseReopened, ticket.Language) { TicketId = ticket.Id }.ToJob(now));
            return true;
        },
        cancel);
}
