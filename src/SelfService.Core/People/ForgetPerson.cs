using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.People;

/// <summary>
/// Deletes an account at its owner's wish. Her cases stay, because the company must know what it promised and did, but without
/// her: no name, no address, no answers to forms, no files of hers. What is not finished is closed, since nobody can be told any
/// more.
/// </summary>
public sealed class ForgetPerson(PortalDbContext db, UserManager<Person> users, ServiceDesk desk, TimeProvider clock)
{
    private const int MaxAttempts = 3;

    /// <summary>Forgets the person; the last mail to her leaves with it.</summary>
    /// <param name="language">Language of that mail, where the person has chosen none.</param>
    public async Task RunAsync(Guid personId, string language, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await db.InTransactionAsync(() => ForgetAsync(personId, language, cancel), cancel);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < MaxAttempts)
            {
                // An agent worked on one of the cases meanwhile.
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task ForgetAsync(Guid personId, string language, CancellationToken cancel)
    {
        if (await PersonLock.FindAsync(db, personId, cancel) is not { } person)
        {
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.Customers.SingleOrDefaultAsync(c => c.PersonId == personId, cancel) is { } customer)
        {
            await ForgetCasesAsync(customer.Id, now, cancel);
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
    }

    private async Task ForgetCasesAsync(Guid customerId, DateTime now, CancellationToken cancel)
    {
        var tickets = await db.Tickets.Where(t => t.CustomerId == customerId).ToListAsync(cancel);
        foreach (var ticket in tickets)
        {
            ticket.Close(Actor.Customer(null), desk.ReopenWindow, now);
            ticket.Anonymize(now);
        }

        var hers = db.Messages.Where(m => m.Author == ActorKind.Customer && db.Tickets.Any(t => t.Id == m.TicketId && t.CustomerId == customerId));
        // Nobody's from now on, and older than a day: the next sweep removes the bytes.
        await db.Attachments.Where(a => hers.Any(m => m.Id == a.MessageId))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.MessageId, (Guid?)null).SetProperty(a => a.StoredAt, DateTime.UnixEpoch), cancel);
        await hers.ExecuteUpdateAsync(set => set.SetProperty(m => m.AuthorId, (Guid?)null).SetProperty(m => m.AuthorName, ""), cancel);
        await db.TicketKeys.Where(k => k.RevokedAt == null && db.Tickets.Any(t => t.Id == k.TicketId && t.CustomerId == customerId))
            .ExecuteUpdateAsync(set => set.SetProperty(k => k.RevokedAt, now), cancel);
    }
}
