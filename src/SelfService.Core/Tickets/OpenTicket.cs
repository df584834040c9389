using Microsoft.EntityFrameworkCore;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;

namespace SelfService.Core.Tickets;

/// <summary>Opens a ticket, whatever it is about and whichever way it came.</summary>
public sealed class OpenTicket(PortalDbContext db, ServiceDesk desk, SlaClock sla, Trails trails, GatherCases gather, TimeProvider clock)
{
    /// <summary>
    /// Opens the ticket, claims its files and leaves the mail that confirms it, all in one transaction. The same key gives the
    /// ticket it gave before.
    /// </summary>
    /// <param name="record">
    /// What else is stored with a new ticket, in the same transaction; what it throws undoes everything. Null for a request.
    /// </param>
    public async Task<OpenedTicket> RunAsync(TicketRequest request, CancellationToken cancel, Func<Ticket, DateTime, Task>? record = null) =>
        (await RunAsync([new TicketOpening(request, record)], cancel))[0];

    /// <summary>Opens several tickets of one customer, all or none.</summary>
    /// <inheritdoc cref="RunAsync(TicketRequest, CancellationToken, Func{Ticket, DateTime, Task}?)"/>
    public async Task<IReadOnlyList<OpenedTicket>> RunAsync(IReadOnlyList<TicketOpening> openings, CancellationToken cancel)
    {
        using var span = Signals.Spans.StartActivity("open ticket");
        var now = clock.GetUtcNow().UtcDateTime;
        // Before the transaction: reading what the visitor did need not hold up other writers.
        var trail = await trails.OfAsync(openings[0].Request.VisitorId, now, cancel);
        var hashed = new List<(TicketOpening Opening, byte[] Hash)>();
        foreach (var opening in openings)
        {
            hashed.Add((opening, opening.Request.Hash(await FilesAsync(opening.Request, cancel))));
        }

        // The other of two equal requests, or of two first requests of one customer, may win the insert.
        return await db.RetriedAsync(() => db.InTransactionAsync(
            async () =>
            {
                var opened = new List<OpenedTicket>();
                foreach (var (opening, hash) in hashed)
                {
                    opened.Add(await OpenAsync(opening.Request, opening.Record, hash, trail, now, cancel));
                    // The next one finds this one's customer.
                    await db.SaveChangesAsync(cancel);
                    if (!opened[^1].IsSame)
                    {
                        // That form was sent before with something else; nothing of this one is stored.
                        break;
                    }
                }

                return opened;
            },
            cancel));
    }

    private async Task<OpenedTicket> OpenAsync(
        TicketRequest request, Func<Ticket, DateTime, Task>? record, byte[] hash, IReadOnlyList<TrailStep> trail, DateTime now, CancellationToken cancel)
    {
        var earlier = await db.Tickets.AsNoTracking().Where(t => t.SubmissionKey == request.SubmissionKey)
            .Select(t => new { t.Id, t.Number, t.SubmissionHash }).SingleOrDefaultAsync(cancel);
        if (earlier is not null)
        {
            return new OpenedTicket(earlier.Id, earlier.Number, IsNew: false, IsSame: earlier.SubmissionHash.AsSpan().SequenceEqual(hash));
        }

        if (request.PersonId is { } personId && !await db.Users.AnyAsync(p => p.Id == personId, cancel))
        {
            // The account was deleted in another window a moment ago; what she asks is a guest's.
            request = request with { PersonId = null, Actor = Actor.Customer(null) };
        }

        var customer = await CustomerAsync(request, now, cancel);
        var policy = desk.Policy(request.Sla);
        if (request.VisitorId is { } visitor && request.Actor.Kind == ActorKind.Customer)
        {
            // A new customer has no row to point to yet.
            await db.SaveChangesAsync(cancel);
            await db.LinkVisitorAsync(visitor, customer.Id, now, cancel);
        }

        var ticket = Ticket.Open(request, hash, customer.Id, sla.After(now, policy.Of(request.Priority).FirstResponse, policy.Hours), trail, now);
        db.Tickets.Add(ticket);
        if (request.Message.Length > 0 || request.Attachments.Count > 0)
        {
            var message = new Message
            {
                TicketId = ticket.Id,
                Author = request.Actor.Kind,
                AuthorId = request.Actor.PersonId,
                AuthorName = request.StaffName.Length > 0 ? request.StaffName : request.Contact.Name,
                Body = request.Message,
                WrittenAt = now,
                SubmissionKey = request.SubmissionKey,
            };
            ticket.Messages.Add(message);
            await db.ClaimAttachmentsAsync(message, request.Attachments, cancel);
        }

        if (record is not null)
        {
            await record(ticket, now);
        }

        db.Jobs.Add(new MailRequest(request.Confirmation, ticket.Language) { TicketId = ticket.Id }.ToJob(now));
        return new OpenedTicket(ticket.Id, ticket.Number, IsNew: true, IsSame: true);
    }

    private async Task<IReadOnlyList<(string Name, long Size)>> FilesAsync(TicketRequest request, CancellationToken cancel)
    {
        if (request.Attachments.Count == 0)
        {
            return [];
        }

        var files = await db.Attachments.AsNoTracking().Where(a => request.Attachments.Contains(a.Id) && a.SubmissionKey == request.SubmissionKey)
            .Select(a => new { a.Name, a.Size }).ToListAsync(cancel);
        return [.. files.Select(f => (f.Name, f.Size)).Order()];
    }

    private async Task<Customer> CustomerAsync(TicketRequest request, DateTime now, CancellationToken cancel)
    {
        if (request.PersonId is { } personId)
        {
            // The account's own address, not the one in the form, which may be anybody's.
            return await OwnAsync(personId, request.Contact.Name, now, cancel);
        }

        var contact = request.Contact;
        var customer = contact.Email is { } email ? await db.Customers.SingleOrDefaultAsync(c => c.Email == email, cancel)
            : await db.Customers.SingleOrDefaultAsync(c => c.Email == null && c.PhoneKey == contact.PhoneKey, cancel);
        if (customer is null)
        {
            customer = new Customer { Name = contact.Name, Email = contact.Email, Phone = contact.Phone, PhoneKey = contact.PhoneKey, CreatedAt = now };
            db.Customers.Add(customer);
        }

        return customer;
    }

    private async Task<Customer> OwnAsync(Guid personId, string name, DateTime now, CancellationToken cancel)
    {
        var own = await db.Customers.SingleOrDefaultAsync(c => c.PersonId == personId, cancel);
        if (own is null)
        {
            var person = await db.Users.SingleAsync(p => p.Id == personId, cancel);
            own = person.EmailConfirmed ? await gather.RunAsync(person, now, cancel) : db.Customers.Add(new Customer { PersonId = personId, CreatedAt = now }).Entity;
        }

        own.Name = own.Name.Length > 0 ? own.Name : name;
        return own;
    }
}

/// <summary>A ticket to be opened.</summary>
/// <param name="Record">What else is stored with it, in the same transaction; null for nothing.</param>
public sealed record TicketOpening(TicketRequest Request, Func<Ticket, DateTime, Task>? Record);

/// <summary>The ticket that a request gave.</summary>
/// <param name="IsNew">False when the same key had opened it before.</param>
/// <param name="IsSame">False when that key had been sent with something else; nothing of the later one is stored.</param>
public sealed record OpenedTicket(Guid Id, string Number, bool IsNew, bool IsSame);
