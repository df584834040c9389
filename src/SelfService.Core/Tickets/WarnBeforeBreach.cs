using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>Tells whoever answers that a target of the policy is near.</summary>
public sealed class WarnBeforeBreach(PortalDbContext db, CompanyProfile company, TimeProvider clock)
{
    /// <summary>Warns of every target that is near, once.</summary>
    /// <returns>Number of tickets warned of.</returns>
    public Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.ChangeDueAsync(
            t => t.DueAt != null && t.WarnAt <= now && (t.WarnedAt == null || t.WarnedAt < t.WarnAt),
            ticket =>
            {
                var before = ticket.WarnedAt;
                ticket.Warn(now);
                if (ticket.WarnedAt == before)
                {
                    return false;
                }

                db.NotifyDesk(ticket, ticket.OwnerId, company, now);
                return true;
            },
            cancel);
    }
}

/// <summary>Mail to those who answer.</summary>
internal static class DeskNotices
{
    /// <summary>Tells a member of staff what has just happened to a ticket; nobody where there is none.</summary>
    public static void NotifyDesk(this PortalDbContext db, Ticket ticket, Guid? personId, CompanyProfile company, DateTime now)
    {
        if (personId is { } person)
        {
            db.Jobs.Add(new MailRequest(MailKind.DeskNotice, company.Languages[0]) { TicketId = ticket.Id, PersonId = person, EventId = ticket.Events[^1].Id }.ToJob(now));
        }
    }
}
