using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets;

/// <summary>
/// Somebody looks for a case by its number and an address or telephone. The page only leaves this, whatever was typed, and
/// answers before anybody looks: neither its words nor its time tell whether there is such a case.
/// </summary>
/// <param name="Number">In the form of <see cref="TicketNumber.Parse"/>.</param>
/// <param name="Reach">E-mail address or telephone as it was typed.</param>
public sealed record CaseSearch(string Number, string Reach)
{
    /// <summary>Kind of the job.</summary>
    public const string JobKind = "find-case";

    /// <summary>Longest address or telephone taken, in characters.</summary>
    public const int ReachMaxLength = EmailAddress.MaxLength;

    /// <summary>The job that looks.</summary>
    public Job ToJob(DateTime now) => Job.Of(JobKind, this, now);
}

/// <summary>Looks for the case and sends a link to the address that it has itself; a stranger learns and causes nothing.</summary>
public sealed class FindCase(PortalDbContext db, CompanyProfile company, TimeProvider clock) : IJobHandler
{
    /// <summary>Links that can be asked for in an hour for one case.</summary>
    public const int MaxAnHour = 3;

    public string Kind => CaseSearch.JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var search = job.Read<CaseSearch>();
        var ticket = await db.Tickets.AsNoTracking().Where(t => t.Number == search.Number)
            .Select(t => new { t.Id, t.ContactEmail, t.ContactPhone, t.Customer.PhoneKey }).SingleOrDefaultAsync(cancel);
        if (ticket is null)
        {
            return;
        }

        if (ticket.ContactEmail is not null)
        {
            if (EmailAddress.Parse(search.Reach) == ticket.ContactEmail)
            {
                await GiveAsync(ticket.Id, byMail: true, cancel);
            }
        }
        else if (PhoneNumber.Parse(search.Reach, company.Country)?.PersonKey is { } key
            && (key == ticket.PhoneKey || key == PhoneNumber.Parse(ticket.ContactPhone, company.Country)?.PersonKey))
        {
            await GiveAsync(ticket.Id, byMail: false, cancel);
        }
    }

    private Task GiveAsync(Guid ticketId, bool byMail, CancellationToken cancel) => db.ChangeTicketAsync(
        ticketId,
        async ticket =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var since = now.AddHours(-1);
            if (await db.TicketEvents.CountAsync(e => e.TicketId == ticketId && e.Kind == TicketEventKind.LinkRequested && e.At > since, cancel) >= MaxAnHour)
            {
                return false;
            }

            ticket.RequestLink(now, byMail ? "mail" : "phone");
            if (byMail)
            {
                db.Jobs.Add(new MailRequest(MailKind.CaseLink, ticket.Language) { TicketId = ticketId }.ToJob(now));
            }

            return true;
        },
        cancel);
}
