using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments;
using SelfService.Core.Company;
using SelfService.Core.Jobs;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.SideQuestions;
using SelfService.Web.Components;
using SelfService.Web.Pages.Agent;
using SelfService.Web.Startup;

namespace SelfService.Web.Mail;

/// <summary>
/// Writes one mail and hands it over. What it says is what is true when it leaves, and its links are made now: no key and no
/// token waits in the database. Done again, it is a mail with the same Message-ID.
/// </summary>
public sealed class SendMail(
    PortalDbContext db, MailTemplates templates, MailWords words, NoticeTrials trials, AppointmentCalendar calendar, AccountLinks accounts, IMailTransport transport,
    CompanyProfile company, SelfServiceOptions options, TimeProvider clock) : IJobHandler
{
    public string Kind => MailRequest.JobKind;

    public async Task RunAsync(Job job, CancellationToken cancel)
    {
        var request = job.Read<MailRequest>();
        if (await Addressee.FindAsync(db, request, clock.GetUtcNow().UtcDateTime, cancel) is not { } addressee || !addressee.Wants(request.Kind) || await trials.IsHeldAsync(request.Kind, addressee, cancel))
        {
            return;
        }

        var language = Language(addressee.Person?.Language ?? request.Language);
        // Nothing after this job sees it: a culture ends with the method that set it.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (LanguageChoice.Format(company.Locale, language), CultureInfo.GetCultureInfo(language));
        if (await LinkAsync(request.Kind, addressee, language, cancel) is not { } link)
        {
            return;
        }

        var values = words.Values(request.Kind, addressee, link, job.CreatedAt);
        var template = templates.Of(request.Kind, language);
        var subject = HeaderText.Line(MailPlaceholders.Fill(template.Subject, values), OutgoingMail.SubjectMaxLength);
        var body = MailBody.Of(template, values, company.Brand);
        var foot = words.Foot(addressee);
        await transport.SendAsync(
            new OutgoingMail(
                $"{job.Id:N}@{Host}", addressee.Address, subject, $"{body.Text}\n\n-- \n{foot.Text}\n",
                MailLook.Document(language, subject, body.Html, foot.Html, company), Headers(request, language), Calendar(request.Kind, addressee)),
            cancel);
    }

    // A reminder changes nothing, and what was missed stays where it was.
    private MailCalendar? Calendar(MailKind kind, Addressee addressee) =>
        kind is MailKind.AppointmentBooked or MailKind.AppointmentMoved && addressee is { Ticket: { } ticket, Appointment: { Status: not AppointmentStatus.Missed } appointment }
            ? calendar.Mail(appointment, ticket, addressee.Address, addressee.MayBeQuoted)
            : null;

    private string Host => new Uri(options.PublicUrl).IdnHost;

    private string Language(string wanted) => company.Languages.Contains(wanted) ? wanted : company.Languages[0];

    /// <summary>The address the mail is for; null when that is no longer wanted.</summary>
    private async Task<string?> LinkAsync(MailKind kind, Addressee addressee, string language, CancellationToken cancel) => kind switch
    {
        MailKind.ConfirmRegistration => await accounts.RegistrationAsync(addressee.Address, language),
        MailKind.ResetPassword => addressee.Person is { } person ? await accounts.ResetAsync(person.Id) : null,
        MailKind.ConfirmNewAddress => addressee.Person is { } person ? await accounts.NewAddressAsync(person.Id, addressee.Address) : null,
        // What was checked meanwhile is not asked for again.
        MailKind.ReviewDue => addressee.Due is { Total: > 0 } ? $"{options.PublicUrl}/editor?ver=por-revisar" : null,
        // What was answered or taken back meanwhile is not asked any more.
        MailKind.SideQuestion => addressee.Aside is { } aside ? await AsideLinkAsync(aside, cancel) : null,
        MailKind.DeskNotice => addressee.Ticket is { } ticket ? options.PublicUrl + DeskAddress.Of(ticket.Number) : null,
        MailKind.AlreadyRegistered => $"{options.PublicUrl}/cuenta/entrar",
        _ when addressee.Ticket is { } ticket => await CaseLinkAsync(ticket, cancel),
        _ => $"{options.PublicUrl}/contacto",
    };

    // A colleague signs in; for everybody else the link is the key.
    private async Task<string?> AsideLinkAsync(SideQuestion aside, CancellationToken cancel)
    {
        if (aside.ExpertId is not null)
        {
            return $"{options.PublicUrl}/agente/consultas/{aside.Id}";
        }

        var secret = aside.IssueLink();
        var changed = await db.SideQuestions.Where(q => q.Id == aside.Id && q.State == SideQuestionState.Asked).ExecuteUpdateAsync(set => set.SetProperty(q => q.KeyHash, aside.KeyHash), cancel);
        return changed == 0 ? null : $"{options.PublicUrl}/consulta/{secret}";
    }

    // A case of an account opens by signing in; for everybody else the link is the key.
    private async Task<string> CaseLinkAsync(Ticket ticket, CancellationToken cancel)
    {
        var address = $"{options.PublicUrl}/casos/{ticket.Number}";
        if (ticket.OpenedById is not null || ticket.Customer.PersonId is not null)
        {
            return address;
        }

        var (key, secret) = TicketKey.Issue(ticket.Id, clock.GetUtcNow().UtcDateTime);
        db.TicketKeys.Add(key);
        await db.SaveChangesAsync(cancel);
        return $"{address}?clave={secret}";
    }

    // Machines must not answer, and a mailbox keeps the mails of a case together.
    private Dictionary<string, string> Headers(MailRequest request, string language)
    {
        var headers = new Dictionary<string, string>
        {
            ["Auto-Submitted"] = "auto-generated",
            ["X-Auto-Response-Suppress"] = "All",
            ["Content-Language"] = language,
            ["X-SelfService-Mail"] = MailTemplates.NameOf(request.Kind),
        };
        if (request.TicketId is { } ticket)
        {
            headers["In-Reply-To"] = headers["References"] = $"<{ticket:N}@{Host}>";
        }

        return headers;
    }
}
