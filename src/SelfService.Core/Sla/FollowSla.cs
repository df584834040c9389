using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Sla;

/// <summary>
/// Computes the targets of tickets that have changed. They follow from what happened, so they are computed from the beginning, after the
/// change and outside its transaction.
/// </summary>
public sealed class FollowSla(PortalDbContext db, ServiceDesk desk, SlaReckoning reckoning)
{
    private const int BatchSize = 200;

    /// <summary>Computes all that are behind.</summary>
    /// <returns>Number of tickets computed.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var done = 0;
        while (true)
        {
            var behind = await db.Tickets.AsNoTracking().Where(t => t.SlaVersion != t.Version).OrderBy(t => t.SlaVersion).Take(BatchSize)
                .Select(t => new { t.Id, t.Version, t.OpenedAt, t.FirstRespondedAt, t.PausedSince, t.Status, t.Sla, t.Priority }).ToListAsync(cancel);
            var ids = behind.Select(t => t.Id).ToList();
            var pauses = (await db.TicketPauses.AsNoTracking().Where(p => ids.Contains(p.TicketId)).OrderBy(p => p.From).ToListAsync(cancel)).ToLookup(p => p.TicketId, p => new SlaPause(p.From, p.To));
            await db.InTransactionAsync(
                async () =>
                {
                    foreach (var ticket in behind)
                    {
                        var policy = desk.Policy(ticket.Sla);
                        // Of what has ended the target stays, to be compared with.
                        var targets = reckoning.Of(
                            ticket.OpenedAt, ticket.FirstRespondedAt, [.. pauses[ticket.Id]], ticket.Status == TicketStatus.Pending ? ticket.PausedSince : null, policy.Of(ticket.Priority), policy);
                        await db.Tickets.Where(t => t.Id == ticket.Id && t.Version == ticket.Version).ExecuteUpdateAsync(
                            set => set.SetProperty(t => t.FirstResponseBy, targets.FirstResponseBy).SetProperty(t => t.SolutionBy, targets.SolutionBy)
                                .SetProperty(t => t.WarnAt, targets.WarnAt).SetProperty(t => t.SlaVersion, ticket.Version),
                            cancel);
                    }
                },
                cancel);
            done += behind.Count;
            if (behind.Count < BatchSize)
            {
                return done;
            }
        }
    }
}
