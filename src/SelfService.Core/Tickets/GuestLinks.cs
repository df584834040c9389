using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>An agent ends every link to a ticket that was ever mailed, and what browsers opened with them.</summary>
public sealed class RevokeLinks(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Revokes every key that is not revoked yet; the audit log tells who did it.</summary>
    /// <returns>Number of keys revoked.</returns>
    public Task<int> RunAsync(Guid ticketId, Guid agentId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return db.InTransactionAsync(
            async () =>
            {
                var revoked = await db.TicketKeys.Where(k => k.TicketId == ticketId && k.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancel);
                if (revoked > 0)
                {
                    var number = await db.Tickets.Where(t => t.Id == ticketId).Select(t => t.Number).SingleAsync(cancel);
                    db.Audit(AuditKind.KeysRevoked, now, agentId, detail: number);
                }

                return revoked;
            },
            cancel);
    }
}

/// <summary>An agent sends the customer a new link to her ticket.</summary>
public sealed class SendLink(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Leaves the mail, once for each key; the key is also the id of its job.</summary>
    /// <returns>False when the ticket has no address to send it to.</returns>
    public async Task<bool> RunAsync(Guid ticketId, Guid key, CancellationToken cancel)
    {
        var ticket = await db.Tickets.AsNoTracking().Where(t => t.Id == ticketId).Select(t => new { t.ContactEmail, t.Language }).SingleAsync(cancel);
        if (ticket.ContactEmail is null)
        {
            return false;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var job = new MailRequest(MailKind.CaseLink, ticket.Language) { TicketId = ticketId }.ToJob(now);
        db.Jobs.Add(new Job { Id = key, Kind = job.Kind, Payload = job.Payload, CreatedAt = now, DueAt = now });
        await db.SaveOnceAsync(cancel);
        return true;
    }
}
