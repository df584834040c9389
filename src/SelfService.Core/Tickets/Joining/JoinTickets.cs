using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;

namespace SelfService.Core.Tickets.Joining;

/// <summary>What became of joining two tickets.</summary>
public enum JoinResult
{
    Done,

    /// <summary>It was so already.</summary>
    DoneBefore,

    /// <summary>The state of one of them does not allow it.</summary>
    NotPossible,

    /// <summary>They are of different people, and nobody has said that this is meant.</summary>
    OtherCustomer,
}

/// <summary>Links two tickets, merges one into another, and splits a part off.</summary>
public sealed class JoinTickets(PortalDbContext db, ServiceDesk desk, SlaClock sla, OpenTicket open, CompanyProfile company, TimeProvider clock)
{
    /// <summary>Links two tickets, or takes their link away.</summary>
    public Task<JoinResult> LinkAsync(Guid one, Guid other, bool isLinked, Guid agentId, CancellationToken cancel) => BothAsync(one, other, async (first, second, now) =>
    {
        var link = TicketLink.Of(one, other);
        var stored = await db.TicketLinks.SingleOrDefaultAsync(l => l.LowId == link.LowId && l.HighId == link.HighId, cancel);
        if (one == other || isLinked == (stored is not null))
        {
            return one == other ? JoinResult.NotPossible : JoinResult.DoneBefore;
        }

        if (stored is null)
        {
            db.TicketLinks.Add(link);
        }
        else
        {
            db.TicketLinks.Remove(stored);
        }

        var kind = isLinked ? TicketEventKind.Linked : TicketEventKind.Unlinked;
        first.Joined(kind, second.Number, Actor.Staff(agentId), now);
        second.Joined(kind, first.Number, Actor.Staff(agentId), now);
        return JoinResult.Done;
    }, cancel);

    /// <summary>
    /// Merges a request into another ticket: everything that was written goes there, and the request ends. What another person wrote becomes
    /// notes there, for the customer must never read it.
    /// </summary>
    /// <param name="from">The request that ends.</param>
    /// <param name="into">The ticket that goes on.</param>
    /// <param name="evenOfOthers">Whether it is meant although they are of different people.</param>
    public Task<JoinResult> MergeAsync(Guid from, Guid into, bool evenOfOthers, Guid agentId, CancellationToken cancel) => BothAsync(from, into, async (source, target, now) =>
    {
        if (source.MergedIntoId == into)
        {
            return JoinResult.DoneBefore;
        }

        var isSame = source.CustomerId == target.CustomerId;
        if (!isSame && !evenOfOthers)
        {
            return JoinResult.OtherCustomer;
        }

        var actor = Actor.Staff(agentId);
        try
        {
            source.MergeInto(target, actor, now);
        }
        catch (TicketStateException)
        {
            return JoinResult.NotPossible;
        }

        var policy = desk.Policy(target.Sla);
        target.TakeOver(source, sla.After(now, policy.Of(target.Priority).NextResponse, policy.Hours), actor, now);
        await db.Messages.Where(m => m.TicketId == from).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.TicketId, into).SetProperty(m => m.IsNote, m => m.IsNote || !isSame), cancel);
        await db.SideQuestions.Where(q => q.TicketId == from).ExecuteUpdateAsync(set => set.SetProperty(q => q.TicketId, into), cancel);
        if (isSame && target.ContactEmail is not null)
        {
            // The way into the case in which it goes on.
            db.Jobs.Add(new MailRequest(MailKind.CaseLink, target.Language) { TicketId = into }.ToJob(now));
        }

        return JoinResult.Done;
    }, cancel);

    /// <summary>Opens a ticket of its own for a part of what a customer wrote, linked with the one it comes from.</summary>
    /// <param name="key">Of the form: sent twice, one ticket.</param>
    /// <param name="messages">Ids of messages of the customer; their text begins the new ticket.</param>
    /// <returns>The new ticket; null when none of the messages is the customer's.</returns>
    public async Task<OpenedTicket?> SplitAsync(Guid ticketId, Guid key, string subject, string queue, IReadOnlyCollection<Guid> messages, Guid agentId, string agentName, CancellationToken cancel)
    {
        var ticket = await db.Tickets.AsNoTracking().Include(t => t.Customer).SingleAsync(t => t.Id == ticketId, cancel);
        var parts = await db.Messages.AsNoTracking().Where(m => m.TicketId == ticketId && messages.Contains(m.Id) && !m.IsNote && m.Author == ActorKind.Customer)
            .OrderBy(m => m.WrittenAt).Select(m => m.Body).ToListAsync(cancel);
        if (parts.Count == 0)
        {
            return null;
        }

        var text = string.Join("\n\n", parts);
        return await open.RunAsync(
            new TicketRequest
            {
                SubmissionKey = key,
                Channel = ticket.Channel,
                Queue = queue,
                Sla = desk.Queue(queue).SlaOf(TicketKind.Request).Key,
                Subject = subject,
                Message = text[..Math.Min(text.Length, Message.BodyMaxLength)],
                Contact = new Contact(ticket.ContactName, ticket.ContactEmail, ticket.ContactPhone, PhoneNumber.Parse(ticket.ContactPhone, company.Country)?.PersonKey),
                PersonId = ticket.Customer.PersonId,
                Language = ticket.Language,
                Actor = Actor.Staff(agentId),
                StaffName = agentName,
            },
            cancel,
            async (split, now) =>
            {
                var origin = await db.Tickets.SingleAsync(t => t.Id == ticketId, cancel);
                origin.Joined(TicketEventKind.SplitInto, split.Number, Actor.Staff(agentId), now);
                split.Joined(TicketEventKind.SplitFrom, origin.Number, Actor.Staff(agentId), now);
                db.TicketLinks.Add(TicketLink.Of(split.Id, ticketId));
            });
    }

    // Of two who do it at once in opposite directions the second waits, and finds what the first did.
    private async Task<JoinResult> BothAsync(Guid one, Guid other, Func<Ticket, Ticket, DateTime, Task<JoinResult>> join, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        return await db.InTransactionAsync(
            async () =>
            {
                foreach (var id in new[] { one, other }.Distinct().Order())
                {
                    await db.Tickets.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Version, t => t.Version), cancel);
                }

                return await join(await db.Tickets.SingleAsync(t => t.Id == one, cancel), await db.Tickets.SingleAsync(t => t.Id == other, cancel), clock.GetUtcNow().UtcDateTime);
            },
            cancel);
    }
}
