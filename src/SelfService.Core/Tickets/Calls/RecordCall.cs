using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;

namespace SelfService.Core.Tickets.Calls;

/// <summary>Writes down that a customer called about a case of hers.</summary>
public sealed class RecordCall(PortalDbContext db, ServiceDesk desk, SlaClock sla, TimeProvider clock)
{
    private const int MaxCases = 6;

    /// <summary>
    /// Stores what was said, once for each key. It is the company's turn then, with the policy's date unless a nearer one is promised; what
    /// had ended is open again.
    /// </summary>
    /// <param name="text">What was said, as the agent wrote it down.</param>
    public Task<StepOutcome> RunAsync(Guid ticketId, Guid agentId, StaffText text, CancellationToken cancel) => db.ChangeTicketAsync(
        ticketId,
        async ticket =>
        {
            if (await db.Messages.AsNoTracking().Where(m => m.SubmissionKey == text.SubmissionKey).Select(m => new { m.TicketId, m.Body }).SingleOrDefaultAsync(cancel) is { } earlier)
            {
                return StepOutcome.Of(earlier.TicketId == ticket.Id && earlier.Body == text.Body ? StepResult.DoneBefore : StepResult.Overtaken);
            }

            var (now, ended) = (clock.GetUtcNow().UtcDateTime, !ticket.IsUnresolved);
            var policy = desk.Policy(ticket.Sla);
            var message = new Message
            {
                TicketId = ticket.Id,
                Author = ActorKind.Staff,
                AuthorId = agentId,
                AuthorName = text.AuthorName,
                Body = text.Body,
                WrittenAt = now,
                SubmissionKey = text.SubmissionKey,
            };
            ticket.CustomerCalled(message, Actor.Staff(agentId), sla.After(now, policy.Of(ticket.Priority).NextResponse, policy.Hours), now);
            db.PhoneCalls.Add(new PhoneCall { TicketId = ticket.Id, CustomerId = ticket.CustomerId, At = now });
            if (ended)
            {
                db.Jobs.Add(new MailRequest(MailKind.CaseReopened, ticket.Language) { TicketId = ticket.Id }.ToJob(now));
            }

            return StepOutcome.Of(StepResult.Done);
        },
        cancel);

    /// <summary>The cases of who has this telephone or address: what is open first, then what ended last.</summary>
    /// <param name="tickets">The ones the agent may see.</param>
    public async Task<IReadOnlyList<TicketRow>> CasesOfAsync(IQueryable<Ticket> tickets, PhoneNumber? phone, string? email, CancellationToken cancel)
    {
        if (phone is null && email is null)
        {
            return [];
        }

        var (e164, key) = (phone?.E164, phone?.PersonKey);
        var found = tickets.Where(t => (e164 != null && (t.ContactPhone == e164 || t.Customer.PhoneKey == key)) || (email != null && (t.ContactEmail == email || t.Customer.Email == email)));
        return await db.Rows(found.OrderBy(t => t.DueAt == null).ThenByDescending(t => t.UpdatedAt).ThenBy(t => t.Id)).Take(MaxCases).ToListAsync(cancel);
    }
}
