using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Calendar;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Cases;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Components;

/// <summary>An appointment as a calendar file, in the current language: the one a mail brings and the one a page offers are the same entry.</summary>
public sealed class AppointmentCalendar(AppointmentWords words, AgendaLoader agenda, CompanyProfile company, SelfServiceOptions options, IStringLocalizer<Texts> texts)
{
    /// <summary>The file of a mail: it puts the appointment into the calendar of whoever receives it, or takes it out.</summary>
    /// <param name="address">Who receives it.</param>
    /// <param name="mayBeQuoted">Whether it may say what the customer typed.</param>
    public MailCalendar Mail(Appointment appointment, Ticket ticket, string address, bool mayBeQuoted)
    {
        var method = appointment.Status == AppointmentStatus.Cancelled ? CalendarMethod.Cancel : CalendarMethod.Request;
        var entry = Entry(appointment, ticket, mayBeQuoted) with { Attendee = new CalendarPerson(mayBeQuoted ? ticket.ContactName : "", address) };
        return new MailCalendar(CalendarWriter.Write([entry], method, company.Name), method, NameOf(appointment));
    }

    /// <summary>The file to download. It invites nobody.</summary>
    public string File(Appointment appointment, Ticket ticket) => CalendarWriter.Write([Entry(appointment, ticket, mayBeQuoted: true)], CalendarMethod.Publish, company.Name);

    /// <summary>Name of the file.</summary>
    public static string NameOf(Appointment appointment) => $"cita-{appointment.Number}.ics";

    private CalendarEvent Entry(Appointment appointment, Ticket ticket, bool mayBeQuoted)
    {
        var start = AgreedTime.Of(appointment).Start;
        var sender = options.Mail.Sender(company);
        return new CalendarEvent
        {
            Uid = $"{appointment.Id:N}@{new Uri(options.PublicUrl).IdnHost}",
            Sequence = appointment.Sequence,
            Stamp = Instant.FromDateTimeUtc(ticket.UpdatedAt),
            Start = start,
            End = Instant.FromDateTimeUtc(appointment.EndsAt).InZone(start.Zone),
            Summary = texts["Appointment.CalendarTitle", words.Title(appointment), company.Name],
            Description = string.Join('\n', Lines(appointment)),
            Location = appointment is { Mode: ServiceMode.Video, MeetingLink.Length: > 0 } ? appointment.MeetingLink : words.Where(appointment, mayBeQuoted),
            Url = Page(appointment),
            Organizer = new CalendarPerson(sender.Name, sender.Address),
            IsCancelled = appointment.Status == AppointmentStatus.Cancelled,
        };
    }

    private IEnumerable<string> Lines(Appointment appointment)
    {
        var service = agenda.Agenda.Service(appointment.Service);
        yield return texts["Appointment.CalendarNumber", appointment.Number];
        if (appointment.Person is { } person)
        {
            yield return texts["Booking.With", person.Name];
        }

        if (appointment.MeetingLink.Length > 0)
        {
            yield return texts["Appointment.CalendarMeeting", appointment.MeetingLink];
        }

        if (service is { Bring.Count: > 0 })
        {
            yield return texts["Appointment.CalendarBring", string.Join("; ", service.Bring)];
        }

        yield return texts["Appointment.CalendarChange", words.Until(appointment), Page(appointment).AbsoluteUri];
    }

    // Without any key: calendars are shared.
    private Uri Page(Appointment appointment) => new(options.PublicUrl + CaseAddress.Of(appointment.Number));
}
