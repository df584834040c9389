using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;

namespace SelfService.Core.Tickets;

/// <summary>What a customer writes to her case, already checked.</summary>
/// <param name="SubmissionKey">Key of the form: sent twice, one message.</param>
/// <param name="AuthorName">Name shown beside the message.</param>
/// <param name="Body">Cleaned by <see cref="PlainText.Body"/>; may be empty when files say it all.</param>
/// <param name="Attachments">Ids of files stored under <paramref name="SubmissionKey"/>.</param>
public sealed record TicketReply(Guid TicketId, Guid SubmissionKey, Actor Actor, string AuthorName, string Body, IReadOnlyList<Guid> Attachments);

/// <summary>What became of a reply.</summary>
public enum ReplyOutcome
{
    Stored,

    /// <summary>The same one had been stored before; nothing was added.</summary>
    StoredBefore,

    /// <summary>Its key had been sent with something else; nothing of this one is stored.</summary>
    KeyUsed,

    /// <summary>The ticket ended too long ago; nothing is stored.</summary>
    TooLate,
}

/// <summary>A customer answers in her case, whichever way it comes.</summary>
public sealed class ReplyToTicket(PortalDbContext db, ServiceDesk desk, SlaClock sla, TimeProvider clock)
{
    /// <summary>
    /// Stores the message with its files, once for each key. It is the company's turn then, and what was solved is open again
    /// while it may be; the new date is mailed in that case, and the reply itself to nobody.
    /// </summary>
    public Task<ReplyOutcome> RunAsync(TicketReply reply, CancellationToken cancel) => db.ChangeTicketAsync(
        reply.TicketId,
        async ticket =>
        {
            if (await EarlierAsync(ticket.Id, reply.SubmissionKey, reply.Body, cancel) is { } earlier)
            {
                return earlier;
            }

            var now = clock.GetUtcNow().UtcDateTime;
            var ended = !ticket.IsUnresolved;
            if (ended && !ticket.CanReopen(now))
            {
                return ReplyOutcome.TooLate;
            }

            var message = new Message
            {
                TicketId = ticket.Id,
                Author = reply.Actor.Kind,
                AuthorId = reply.Actor.PersonId,
                AuthorName = reply.AuthorName,
                Body = reply.Body,
                WrittenAt = now,
                SubmissionKey = reply.SubmissionKey,
            };
            var policy = desk.Policy(ticket.Sla);
            ticket.CustomerReplied(message, reply.Actor, sla.After(now, policy.Of(ticket.Priority).NextResponse, policy.Hours), now);
            await db.ClaimAttachmentsAsync(message, reply.Attachments, cancel);
            if (ended)
            {
                db.Jobs.Add(new MailRequest(MailKind.CaseReopened, ticket.Language) { TicketId = ticket.Id }.ToJob(now));
            }

            return ReplyOutcome.Stored;
        },
        cancel);

    /// <summary>What a form that was sent before has come to; null when its key is new.</summary>
    public async Task<ReplyOutcome?> EarlierAsync(Guid ticketId, Guid submissionKey, string body, CancellationToken cancel)
    {
        var earlier = await db.Messages.AsNoTracking().Where(m => m.SubmissionKey == submissionKey)
            .Select(m => new { m.TicketId, m.Body }).SingleOrDefaultAsync(cancel);
        return earlier is null ? null : earlier.TicketId == ticketId && earlier.Body == body ? ReplyOutcome.StoredBefore : ReplyOutcome.KeyUsed;
    }
}
