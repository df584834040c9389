using NodaTime;
using SelfService.Core.Appointments.Calendar;

namespace SelfService.Core.Tests.Appointments.Calendar;

/// <summary>Appointments to write in tests.</summary>
public static class SomeEvent
{
    public static CalendarEvent Of() => At("America/Mexico_City", new LocalDateTime(2026, 12, 1, 9, 0));

    /// <summary>An hour from there on.</summary>
    public static CalendarEvent At(string zone, LocalDateTime start) => At(DateTimeZoneProviders.Tzdb[zone].AtStrictly(start));

    /// <summary>An hour from there on.</summary>
    public static CalendarEvent At(ZonedDateTime start) => new()
    {
        Uid = "7f3k2q9x@ayuda.brisal.example",
        Sequence = 2,
        Stamp = Instant.FromUtc(2026, 11, 24, 18, 0, 5),
        Start = start,
        End = start.PlusHours(1),
        Summary = "Visita técnica",
        Description = "Caso C-7F3K-2Q9X\nTenga a la mano: el módem; su cargador, una identificación.",
        Location = "Av. Juárez 10, Centro",
        Url = new Uri("https://ayuda.brisal.example/casos/C-7F3K-2Q9X"),
        Organizer = new CalendarPerson("Brisal", "ayuda@brisal.example"),
        Attendee = new CalendarPerson("Lucía Muñoz", "lucia@correo.example"),
        Alarms = [TimeSpan.FromDays(1), TimeSpan.FromMinutes(90)],
    };
}
