using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>What an agent does with a ticket apart from writing: takes it, moves it, promises, solves, opens it again.</summary>
public sealed class HandleTicket(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Changes the ticket unless others have done something she has not seen.</summary>
    /// <param name="change">A change of <see cref="Ticket"/>, given the moment.</param>
    /// <param name="mail">Mail the customer gets if the ticket changed; null for none.</param>
    public Task<StepOutcome> RunAsync(StaffStep step, Action<Ticket, DateTime> change, MailKind? mail, CancellationToken cancel) => db.ChangeTicketAsync(
        step.TicketId,
        async ticket =>
        {
            if (await step.NewsAsync(db, cancel) is { Count: > 0 } news)
            {
                return new StepOutcome(StepResult.Overtaken, news);
            }

            var now = clock.GetUtcNow().UtcDateTime;
            try
            {
                change(ticket, now);
            }
            catch (TicketStateException)
            {
                return StepOutcome.Of(StepResult.NotPossible);
            }

            db.ChangeTracker.DetectChanges();
            if (db.Entry(ticket).State != EntityState.Modified)
            {
                return StepOutcome.Of(StepResult.DoneBefore);
            }

            if (mail is { } kind)
            {
                db.Jobs.Add(new MailRequest(kind, ticket.Language) { TicketId = ticket.Id }.ToJob(now));
            }

            return StepOutcome.Of(StepResult.Done);
        },
        cancel);
}
