using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Journeys;
using SelfService.Core.Mail;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.People;

/// <summary>
/// Deletes an account at its owner's wish. Her cases stay, because the company must know what it promised and did, but without
/// her: no name, no address, no answers to forms, no files of hers. What is not finished is closed, since nobody can be told any
/// more; an order that is not finished has to be first, and store credit that is left has to be given up in so many words.
/// </summary>
public sealed class ForgetPerson(PortalDbContext db, UserManager<Person> users, ServiceDesk desk, TimeProvider clock)
{
    /// <summary>Forgets the person; the last mail to her leaves with it.</summary>
    /// <param name="language">Language of that mail, where the person has chosen none.</param>
    /// <param name="givenUp">Store credit that she knows she loses, in minor units.</param>
    /// <returns>Why nothing was deleted; null when she is forgotten.</returns>
    public async Task<ForgetObstacle?> RunAsync(Guid personId, string language, long givenUp, CancellationToken cancel)
    {
        await db.SortInAsync(most: null, cancel);
        // An agent may work on one of the cases meanwhile.
        return await db.RetriedAsync(() => db.InTransactionAsync(() => ForgetAsync(personId, language, givenUp, cancel), cancel));
    }

    private async Task<ForgetObstacle?> ForgetAsync(Guid personId, string language, long givenUp, CancellationToken cancel)
    {
        if (await PersonLock.FindAsync(db, personId, cancel) is not { } person)
        {
            return null;
        }

        if (await db.OpenRecordAsync(personId, cancel) is { } open)
        {
            return new ForgetObstacle(open, 0);
        }

        // What came since she was told is not hers to lose unseen.
        if (await db.StoreCreditAsync(personId, cancel) is var credit && credit > givenUp)
        {
            return new ForgetObstacle(null, credit);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.Customers.SingleOrDefaultAsync(c => c.PersonId == personId, cancel) is { } customer)
        {
            await ForgetCasesAsync(customer.Id, personId, now, cancel);
            customer.Anonymize(now);
        }

        await db.Messages.Where(m => m.AuthorId == personId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.AuthorId, (Guid?)null).SetProperty(m => m.AuthorName, ""), cancel);
        db.Jobs.Add(new MailRequest(MailKind.AccountDeleted, person.Language ?? language) { To = person.Email }.ToJob(now));
        db.Audit(AuditKind.AccountDeleted, now, personId);
        if (!(await users.DeleteAsync(person)).Succeeded)
        {
            throw new DbUpdateConcurrencyException();
        }

        return null;
    }

    private async Task ForgetCasesAsync(Guid customerId, Guid personId, DateTime now, CancellationToken cancel)
    {
        var tickets = await db.Tickets.Where(t => t.CustomerId == customerId).ToListAsync(cancel);
        foreach (var ticket in tickets)
        {
            await ForgetElsewhereAsync(ticket, personId, cancel);
            ticket.Close(Actor.Customer(null), desk.ReopenWindow, now);
            ticket.Anonymize(now);
        }

        foreach (var order in await db.Orders.Include(o => o.Returns).Where(o => o.Ticket.CustomerId == customerId).ToListAsync(cancel))
        {
            order.Anonymize();
        }

        foreach (var appointment in await db.Appointments.Where(a => a.Ticket.CustomerId == customerId).ToListAsync(cancel))
        {
            appointment.Anonymize();
        }

        foreach (var entry in await db.WaitingEntries.Where(w => w.Ticket.CustomerId == customerId).ToListAsync(cancel))
        {
            entry.Anonymize();
        }

        await db.ForgetStepsAsync(db.Customers.Where(c => c.Id == customerId).Select(c => c.Id), cancel);
        await ForgetAuthorAsync(db.Messages.Where(m => m.Author == ActorKind.Customer && db.Tickets.Any(t => t.Id == m.TicketId && t.CustomerId == customerId)), cancel);
        await db.TicketKeys.Where(k => k.RevokedAt == null && db.Tickets.Any(t => t.Id == k.TicketId && t.CustomerId == customerId))
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancel);
    }

    /// <summary>What she wrote went on as notes in tickets of others when hers was merged into them, however often they were merged again.</summary>
    private async Task ForgetElsewhereAsync(Ticket hers, Guid personId, CancellationToken cancel)
    {
        for (var next = hers.MergedIntoId; next is { } id; next = await db.Tickets.Where(t => t.Id == id).Select(t => t.MergedIntoId).SingleAsync(cancel))
        {
            await ForgetAuthorAsync(db.Messages.Where(m => m.TicketId == id && m.IsNote && m.Author == ActorKind.Customer && (m.AuthorId == personId || m.AuthorName == hers.ContactName)), cancel);
        }
    }

    private async Task ForgetAuthorAsync(IQueryable<Message> messages, CancellationToken cancel)
    {
        // Nobody's from now on, and older than a day: the next sweep removes the bytes.
        await db.Attachments.Where(a => messages.Any(m => m.Id == a.MessageId))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.MessageId, (Guid?)null).SetProperty(a => a.StoredAt, DateTime.UnixEpoch), cancel);
        await messages.ExecuteUpdateAsync(set => set.SetProperty(m => m.AuthorId, (Guid?)null).SetProperty(m => m.AuthorName, ""), cancel);
    }
}

/// <summary>Why a person was not forgotten.</summary>
/// <param name="Open">An order or appointment of hers that is not finished.</param>
/// <param name="StoreCredit">What she has with the company, in minor units, and has not said to give up; 0 when it is the order.</param>
public sealed record ForgetObstacle(OpenRecord? Open, long StoreCredit);

/// <summary>An order or appointment that is not finished.</summary>
/// <param name="Number">Number of its case.</param>
public sealed record OpenRecord(string Number, TicketKind Kind);

/// <summary>What keeps a person from being forgotten.</summary>
public static class OpenRecords
{
    /// <summary>The oldest case of hers whose order or appointment still owes something; null for none.</summary>
    public static Task<OpenRecord?> OpenRecordAsync(this PortalDbContext db, Guid personId, CancellationToken cancel) =>
        db.Tickets.Where(t => t.Customer.PersonId == personId && t.HasOpenRecord).OrderBy(t => t.OpenedAt).Select(t => new OpenRecord(t.Number, t.Kind)).FirstOrDefaultAsync(cancel);
}
