using Microsoft.Extensions.Localization;
using SelfService.Core.Appointments;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Pages.Agent;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Mail;

/// <summary>What a mail says of this case and this person, in the current language.</summary>
public sealed class MailWords(
    IStringLocalizer<Texts> texts, SpokenMoment moments, OrderMailWords orders, AppointmentMailWords appointments, AppointmentWords appointmentWords, ServiceDesk desk, DeskWords deskWords, CompanyProfile company, SelfServiceOptions options, TimeProvider clock)
{
    /// <summary>Value of every placeholder the kind knows; empty for what this mail has not.</summary>
    /// <param name="link">Address the mail is for.</param>
    /// <param name="happenedAt">When what it tells of happened, UTC.</param>
    public IReadOnlyDictionary<string, string> Values(MailKind kind, Addressee addressee, string link, DateTime happenedAt) =>
        MailPlaceholders.Of(kind).ToDictionary(name => name, name => Value(name, kind, addressee, link, happenedAt));

    /// <summary>Who wrote and how to reach a person.</summary>
    public MailFoot Foot(Addressee addressee)
    {
        var lines = new List<(string Text, string? Address, string? Link)> { (company.Name, null, null) };
        if (company.Contact.Phone is { } phone)
        {
            lines.Add((texts["Mail.Foot.Phone"], phone, company.Contact.PhoneLink is { } number ? $"tel:{number}" : null));
        }

        lines.Add((texts["Mail.Foot.Ways"], $"{options.PublicUrl}/contacto", $"{options.PublicUrl}/contacto"));
        if (addressee is { Ticket: not null, IsConfirmed: true })
        {
            lines.Add((texts["Mail.Foot.Notices"], $"{options.PublicUrl}/cuenta", $"{options.PublicUrl}/cuenta"));
        }

        return new MailFoot(
            string.Join('\n', lines.Select(line => string.Format(null, line.Text, line.Address))),
            [.. lines.Select(line => string.Format(null, MailBody.Escape(line.Text), Linked(line.Address, line.Link)))]);
    }

    private string Value(string name, MailKind kind, Addressee addressee, string link, DateTime happenedAt) => (name, addressee.Ticket) switch
    {
        (MailPlaceholders.Who, _) when addressee.Aside is { } aside => PlainText.Line(aside.AskerName),
        (MailPlaceholders.Note, _) when addressee.Aside is { } aside => PlainText.Body(aside.Question),
        (MailPlaceholders.Valid, _) when addressee.Aside is { } aside => moments.Written(aside.DueAt),
        (MailPlaceholders.Company, _) => company.Name,
        (MailPlaceholders.Greeting, _) => Greeting(addressee),
        (MailPlaceholders.Link, _) => link,
        (MailPlaceholders.Valid, _) => Hours(kind == MailKind.ConfirmRegistration ? AccountLinks.RegistrationLife : AccountLinks.TokenLife),
        (MailPlaceholders.When, _) => moments.Written(happenedAt),
        (MailPlaceholders.Step, _) when kind == MailKind.DeskNotice => addressee.Step is { } step ? deskWords.Event(step) : "",
        (MailPlaceholders.Lines, null) => Due(addressee.Due),
        (MailPlaceholders.Number, { } ticket) => ticket.Number,
        (MailPlaceholders.About, { } ticket) => About(ticket, addressee.MayBeQuoted),
        (MailPlaceholders.Queue, { } ticket) => desk.Queue(ticket.Queue).Name,
        (MailPlaceholders.Next, { Commitment: { } next } ticket) => Next(next, addressee, desk.Queue(ticket.Queue).Name),
        (MailPlaceholders.Until, { ReopenUntil: { } until }) => moments.Written(until),
        (MailPlaceholders.Answer, _) => MessageMarkdown.Plain(PlainText.Body(addressee.Answer?.Body)),
        _ => addressee.Order is null ? appointments.Value(name, addressee) : orders.Value(name, addressee),
    };

    // A mail that was long on its way must not promise yesterday.
    private string Next(Commitment next, Addressee addressee, string queue) =>
        next.DueAt > clock.GetUtcNow().UtcDateTime ? texts[$"Mail.Next{next.Step}{Variant(next.Step, addressee.Order)}", queue, Date(next, addressee.Appointment), Sentence(next.Text)]
        : AppointmentWords.IsStep(next.Step) ? texts["Mail.LateAppointment"]
        : next.Step == NextStep.CustomerAnswer ? texts["Mail.LateCustomer"]
        : Order.IsCustomersTurn(next.Step) ? texts[$"Mail.Late{next.Step}"]
        : texts[OrderWords.IsStep(next.Step) ? "Mail.LateOrder" : "Mail.LateQueue", queue];

    // An hour of the place is said on its clock, all others on the company's.
    private string Date(Commitment next, Appointment? appointment) =>
        next.Step == NextStep.Appointment && appointment is not null ? appointmentWords.Written(appointment) : moments.Written(next.DueAt);

    private static string Variant(NextStep step, Order? order) => (step, order?.Receiving) switch
    {
        (NextStep.OrderDispatch, Receiving.Collection) => "Collection",
        (NextStep.OrderDelivery, Receiving.AtHome) => "AtHome",
        _ => "",
    };

    private string Greeting(Addressee addressee)
    {
        var name = addressee.IsConfirmed && (addressee.Ticket is null || addressee.MayBeQuoted) ? PlainText.Line(addressee.Person!.Name) : "";
        return name.Length > 0 ? texts["Mail.GreetingName", name] : texts["Mail.Greeting"];
    }

    // The title of a form is the company's; a subject may be a stranger's.
    private string About(Ticket ticket, bool mayBeQuoted) =>
        mayBeQuoted && ticket.Subject.Length > 0 ? PlainText.Line(ticket.Subject)
        : ticket.FormTitle.Length > 0 ? PlainText.Line(ticket.FormTitle)
        : texts[$"Mail.About{ticket.Kind}"];

    private string Due(DueArticles? due) => due is null ? "" : string.Join('\n', due.Titles.Select(title => "- " + PlainText.Line(title))
        .Concat(due.Total > due.Titles.Count ? ["- " + texts["Mail.MoreArticles", due.Total - due.Titles.Count]] : []));

    private string Hours(TimeSpan time) => time.TotalHours > 1 ? texts["Mail.Hours", time.TotalHours] : texts["Mail.Hour"];

    private static string Sentence(string promise)
    {
        var line = PlainText.Line(promise);
        return line.Length == 0 || line[^1] is '.' or '!' or '?' or '…' ? line : line + ".";
    }

    private static string Linked(string? shown, string? link) => shown is null ? ""
        : link is null ? MailBody.Escape(shown)
        : $"<a class=\"quiet\" style=\"{MailLook.Link}\" href=\"{MailBody.Escape(link)}\">{MailBody.Escape(shown)}</a>";
}

/// <summary>The lines under a mail.</summary>
/// <param name="Html">The same lines, each as HTML.</param>
public sealed record MailFoot(string Text, IReadOnlyList<string> Html);
