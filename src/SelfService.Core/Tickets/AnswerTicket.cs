using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>What an agent writes, already checked.</summary>
/// <param name="SubmissionKey">Key of the form: sent twice, one message.</param>
/// <param name="AuthorName">Name shown beside the message.</param>
/// <param name="Body">Markdown, cleaned by <see cref="PlainText.Body"/>.</param>
/// <param name="Attachments">Ids of files stored under <paramref name="SubmissionKey"/>.</param>
public sealed record StaffText(Guid SubmissionKey, string AuthorName, string Body, IReadOnlyList<Guid> Attachments);

/// <summary>An agent writes: to the customer, always with what happens next, or to her colleagues.</summary>
public sealed class AnswerTicket(PortalDbContext db, ServiceDesk desk, TimeProvider clock)
{
    /// <summary>
    /// Stores the answer with its files, what happens next and the mail that carries it, once for each key and only when she has
    /// seen what others did.
    /// </summary>
    /// <param name="next">What happens next; null when this solves it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The next step's date has passed already.</exception>
    public Task<StepOutcome> AnswerAsync(StaffStep step, StaffText text, Commitment? next, CancellationToken cancel) => WriteAsync(
        step,
        text,
        isNote: false,
        (ticket, message, now) =>
        {
            Answer(ticket, message, step.Actor, next, now);
            return Task.CompletedTask;
        },
        cancel);

    /// <summary>
    /// Stores an answer after which the order goes on: what its record owes next stays what the customer is told. Not possible when
    /// that date has passed, or nothing is owed any more; then she has to say what happens next.
    /// </summary>
    public Task<StepOutcome> AnswerOnRecordAsync(StaffStep step, StaffText text, CancellationToken cancel) => WriteAsync(
        step,
        text,
        isNote: false,
        async (ticket, message, now) =>
        {
            var next = await db.RecordNextAsync(ticket.Id, cancel);
            Answer(ticket, message, step.Actor, next is not null && next.DueAt > now ? next : throw new TicketStateException(), now);
        },
        cancel);

    /// <summary>Stores a note that only staff see; nothing changes for the customer and nobody is mailed.</summary>
    public Task<StepOutcome> NoteAsync(StaffStep step, StaffText text, CancellationToken cancel) =>
        WriteAsync(
            step,
            text,
            isNote: true,
            (ticket, message, now) =>
            {
                ticket.Note(message, step.Actor, now);
                return Task.CompletedTask;
            },
            cancel);

    /// <summary>What a form that was sent before has come to; null when its key is new.</summary>
    public async Task<StepResult?> EarlierAsync(Guid ticketId, StaffText text, CancellationToken cancel)
    {
        var earlier = await db.Messages.AsNoTracking().Where(m => m.SubmissionKey == text.SubmissionKey).Select(m => new { m.TicketId, m.Body }).SingleOrDefaultAsync(cancel);
        return earlier is null ? null : earlier.TicketId == ticketId && earlier.Body == text.Body ? StepResult.DoneBefore : StepResult.Overtaken;
    }

    private void Answer(Ticket ticket, Message message, Actor actor, Commitment? next, DateTime now)
    {
        if (next is null)
        {
            ticket.StaffSolved(message, actor, desk.ReopenWindow, now);
        }
        else
        {
            ticket.StaffReplied(message, actor, next, now);
        }

        var kind = next is null ? MailKind.CaseSolved : MailKind.CaseAnswered;
        db.Jobs.Add(new MailRequest(kind, ticket.Language) { TicketId = ticket.Id, MessageId = message.Id }.ToJob(now));
    }

    private Task<StepOutcome> WriteAsync(StaffStep step, StaffText text, bool isNote, Func<Ticket, Message, DateTime, Task> write, CancellationToken cancel)
    {
        // Before anybody waits for the ticket's row.
        var html = MessageMarkdown.Html(text.Body);
        return db.ChangeTicketAsync(
            step.TicketId,
            async ticket =>
            {
                var earlier = await EarlierAsync(ticket.Id, text, cancel);
                if (earlier == StepResult.DoneBefore)
                {
                    return StepOutcome.Of(StepResult.DoneBefore);
                }

                var news = await step.NewsAsync(db, cancel);
                if (earlier is not null || news.Count > 0)
                {
                    return new StepOutcome(StepResult.Overtaken, news);
                }

                var now = clock.GetUtcNow().UtcDateTime;
                var message = new Message
                {
                    TicketId = ticket.Id,
                    Author = ActorKind.Staff,
                    AuthorId = step.AgentId,
                    AuthorName = text.AuthorName,
                    Body = text.Body,
                    Html = html,
                    IsNote = isNote,
                    WrittenAt = now,
                    SubmissionKey = text.SubmissionKey,
                };
                try
                {
                    await write(ticket, message, now);
                }
                catch (TicketStateException)
                {
                    db.ChangeTracker.Clear();
                    return StepOutcome.Of(StepResult.NotPossible);
                }

                await db.ClaimAttachmentsAsync(message, text.Attachments, cancel);
                return StepOutcome.Of(StepResult.Done);
            },
            cancel);
    }
}
