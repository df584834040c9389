using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;

namespace SelfService.Core.Tickets;

/// <summary>Brings to the top what passed its date without anybody acting, and gives it to the next who answers in its queue.</summary>
public sealed class EscalateOverdueTickets(PortalDbContext db, ServiceDesk desk, SlaClock sla, CompanyProfile company, TimeProvider clock)
{
    /// <summary>Escalates every ticket whose date has passed; each once, until it has another date or nobody has touched it for long.</summary>
    /// <returns>Number of tickets escalated.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var people = await PeopleAsync(cancel);
        var escalated = await db.ChangeDueAsync(
            t => (t.Status == TicketStatus.New || t.Status == TicketStatus.Open || t.Status == TicketStatus.Pending) && t.DueAt <= now && t.EscalatedAt == null,
            ticket =>
            {
                var before = ticket.EscalatedAt;
                ticket.Escalate(now);
                if (ticket.EscalatedAt == before)
                {
                    return false;
                }

                HandOn(ticket, people, now);
                return true;
            },
            cancel);
        return escalated + await db.ChangeDueAsync(
            t => t.EscalatedAt != null && t.EscalateNextAt <= now,
            ticket => ticket.EscalatedAt is not null && ticket.EscalateNextAt <= now && HandOn(ticket, people, now),
            cancel);
    }

    // What the customer owes is not handed on: nobody of ours could do it.
    private bool HandOn(Ticket ticket, Dictionary<string, DeskPerson> people, DateTime now)
    {
        var queue = desk.Queue(ticket.Queue);
        var next = queue.EscalateTo.Select(address => people.GetValueOrDefault(address)).OfType<DeskPerson>().Skip(ticket.EscalationLevel).FirstOrDefault();
        if (next is null || ticket.Status == TicketStatus.Pending)
        {
            return false;
        }

        ticket.EscalateTo(next.Id, next.Name, sla.After(now, queue.EscalateEvery, SlaHours.Opening), now);
        db.NotifyDesk(ticket, next.Id, company, now);
        return true;
    }

    private async Task<Dictionary<string, DeskPerson>> PeopleAsync(CancellationToken cancel)
    {
        if (desk.Queues.All(q => q.EscalateTo.Count == 0))
        {
            return [];
        }

        var agents = await db.DeskPeopleAsync(cancel);
        var ids = agents.Select(a => a.Id).ToList();
        var addresses = await db.Users.Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Email }).ToListAsync(cancel);
        return addresses.Where(a => EmailAddress.Parse(a.Email) is not null).DistinctBy(a => EmailAddress.Parse(a.Email))
            .ToDictionary(a => EmailAddress.Parse(a.Email)!, a => agents.Single(p => p.Id == a.Id));
    }
}
