using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Mail;

/// <summary>
/// What a mail says of an appointment, in the current language. Where the customer is visited she typed herself, so that is said
/// only where she may be quoted.
/// </summary>
public sealed class AppointmentMailWords(IStringLocalizer<Texts> texts, AppointmentWords appointments, CaseWords cases, AgendaLoader agenda, SelfServiceOptions options, TimeProvider clock)
{
    /// <summary>Value of a placeholder that only mails of appointments know; empty for what this mail has not.</summary>
    public string Value(string name, Addressee addressee) => (name, addressee) switch
    {
        (MailPlaceholders.Step, { Step: { } step }) => cases.Event(step, TicketKind.Appointment) + ".",
        (_, { Appointment: null, Waiting: { } waiting }) => Waiting(name, waiting, addressee.Step),
        (MailPlaceholders.Service, { Appointment: { } appointment }) => appointments.Title(appointment),
        (MailPlaceholders.Again, { Appointment: { Status: AppointmentStatus.Missed or AppointmentStatus.Cancelled } appointment }) =>
            options.PublicUrl + (agenda.Agenda.Service(appointment.Service)?.Url ?? "/citas"),
        (MailPlaceholders.Note, { Step: { Kind: TicketEventKind.AppointmentCancelled, Actor: not ActorKind.Customer }, Appointment: { } appointment }) => PlainText.Body(appointment.CancelReason),
        (MailPlaceholders.Time, { Appointment: { } appointment }) => appointments.Written(appointment),
        // What is over has to be found nowhere any more.
        (_, { Appointment: { IsOpen: true } appointment }) => Fact(name, appointment, addressee.MayBeQuoted),
        _ => "",
    };

    // The hour belongs to the mail that offers it, and to no other.
    private string Waiting(string name, WaitingEntry waiting, TicketEvent? step) => (name, step?.Kind == TicketEventKind.WaitingOffered ? waiting.Offer : null) switch
    {
        (MailPlaceholders.Service, _) => waiting.Title,
        (MailPlaceholders.Where, _) => waiting.PlaceName,
        (MailPlaceholders.Time, { } offer) => appointments.Clocked(offer),
        (MailPlaceholders.Keep, { } offer) => appointments.Said(new AgreedTime(Instant.FromDateTimeUtc(waiting.OfferUntil!.Value).InZone(offer.Start.Zone))),
        _ => "",
    };

    private string Fact(string name, Appointment appointment, bool mayBeQuoted)
    {
        var service = agenda.Agenda.Service(appointment.Service);
        return name switch
        {
            MailPlaceholders.Yours => appointments.Yours(appointment),
            MailPlaceholders.Where => appointments.Where(appointment, mayBeQuoted),
            MailPlaceholders.Who => appointment.Person?.Name ?? "",
            MailPlaceholders.Meeting => Meeting(appointment),
            MailPlaceholders.Bring => string.Join('\n', service?.Bring ?? []),
            MailPlaceholders.Price => service?.Price ?? "",
            MailPlaceholders.Change when appointment.CanChange(clock.GetUtcNow().UtcDateTime) => appointments.Until(appointment),
            MailPlaceholders.Rule => service?.ChangeRule ?? "",
            _ => "",
        };
    }

    private string Meeting(Appointment appointment) => appointment.MeetingLink.Length > 0 ? texts["Mail.AppointmentMeeting", appointment.MeetingLink]
        : appointment.Mode == ServiceMode.Video ? texts["Mail.AppointmentMeetingLater"]
        : "";
}
