using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Mail;

/// <summary>
/// Notices that a share of the customers does without because of an experiment. The unit is the customer: her own id stands for a
/// browser that is known to be hers, so that what she writes afterwards counts.
/// </summary>
public sealed class NoticeTrials(Experiments experiments, PortalDbContext db, CompanyProfile company, StepLog log, TimeProvider clock)
{
    /// <summary>Whether the mail is left out; that she came into the experiment is written down either way.</summary>
    public async Task<bool> IsHeldAsync(MailKind kind, Addressee addressee, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (NameOf(kind, addressee) is not { } notice || addressee.Ticket is not { } ticket
            || experiments.OfNotice(Instant.FromDateTimeOffset(now).InZone(company.TimeZone).Date, notice) is not { } experiment)
        {
            return false;
        }

        var isHeld = experiment.IsHeld(ticket.CustomerId);
        await db.InTransactionAsync(() => db.LinkVisitorAsync(ticket.CustomerId, ticket.CustomerId, now.UtcDateTime, cancel), cancel);
        log.Add(VisitStep.Offer(ticket.CustomerId, isHeld, experiment.Key, notice, "", now.UtcDateTime));
        return isHeld;
    }

    /// <summary>The name that <see cref="ExperimentsFile.Notices"/> has for a mail; null for one that everybody gets.</summary>
    private static string? NameOf(MailKind kind, Addressee addressee) => (kind, addressee.Step?.Kind) switch
    {
        (MailKind.OrderMoved, TicketEventKind.OrderConfirmed) => ExperimentsFile.OrderConfirmed,
        (MailKind.OrderMoved, TicketEventKind.OrderPreparing) => ExperimentsFile.OrderPreparing,
        (MailKind.AppointmentFollowUp, _) => ExperimentsFile.AppointmentFollowUp,
        _ => null,
    };
}
