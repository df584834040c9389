using NodaTime;
using SelfService.Core.Appointments.Calendar;
using SelfService.Core.Mail;

namespace SelfService.Core.Tests.Mail;

/// <summary>A mail to send in tests.</summary>
public static class SomeMail
{
    public const string Text = "Buen día, Lucía:\n\n.Una línea que empieza con punto.\n\nVer mi caso:\nhttps://ayuda.example/casos/C-7F3K-2Q9X?clave=abc-_=";

    public const string Html = "<!doctype html><html lang=\"es\"><body><p>Buen día, Lucía:</p></body></html>";

    public static readonly MailSender Sender = new("ayuda@brisal.example", "Brisal");

    public static OutgoingMail Of() => new(
        "0123@ayuda.example", "lucia@correo.example", "Recibimos su caso", Text, Html,
        new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated", ["References"] = "<9876@ayuda.example>" });

    /// <summary>The same with an appointment, whose words are of more than ASCII.</summary>
    public static OutgoingMail WithCalendar(CalendarMethod method = CalendarMethod.Request)
    {
        var start = DateTimeZoneProviders.Tzdb["America/Mexico_City"].AtStrictly(new LocalDateTime(2026, 12, 1, 9, 0));
        var appointment = new CalendarEvent
        {
            Uid = "0123@ayuda.example",
            Stamp = Instant.FromUtc(2026, 11, 24, 18, 0),
            Start = start,
            End = start.PlusHours(1),
            Summary = "Visita técnica 🙂",
            Description = string.Join('\n', Enumerable.Repeat("Tenga a la mano el módem, su cargador y una identificación con fotografía.", 40)),
            Organizer = new CalendarPerson(Sender.Name, Sender.Address),
            Attendee = new CalendarPerson("Lucía", "lucia@correo.example"),
        };
        return Of() with { Calendar = new MailCalendar(CalendarWriter.Write([appointment], method, "Brisal"), method, "cita.ics") };
    }
}
