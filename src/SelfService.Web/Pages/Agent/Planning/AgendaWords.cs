using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>The agenda in the words of those who keep it.</summary>
public sealed class AgendaWords(SpokenMoment spoken, ZoneWords zones, TimeProvider clock, IStringLocalizer<Texts> texts)
{
    /// <summary>Where an appointment stands.</summary>
    public DeskSign Status(AgendaAppointment appointment) => appointment.Status switch
    {
        AppointmentStatus.Booked when appointment.EndsAt <= clock.GetUtcNow().UtcDateTime => new(texts["Desk.AgendaStatusUntold"], "alert", "status-late"),
        AppointmentStatus.Booked => new(texts["Desk.AgendaStatusBooked"], "calendar", ""),
        AppointmentStatus.Arrived => new(texts["Desk.AgendaStatusArrived"], "user", "status-waiting"),
        AppointmentStatus.Attended => new(texts["Desk.AgendaStatusAttended"], "check-circle", "status-done"),
        _ => new(texts["Desk.AgendaStatus" + appointment.Status], "close", "status-closed"),
    };

    /// <summary>Beginning and end on the clock of the column, such as <c>10:00 a 11:30</c>.</summary>
    public string Hours(AgendaEntry entry) => texts["Booking.FromTo", spoken.Time(entry.LocalFrom.TimeOfDay), spoken.Time(entry.LocalTo.TimeOfDay)];

    /// <summary>From when to when, on the clock of the block, with the days.</summary>
    public string Span(Block block) => block.LocalFrom.TimeOfDay == LocalTime.Midnight && block.LocalTo.TimeOfDay == LocalTime.Midnight
        ? Days(block.LocalFrom.Date, block.LocalTo.Date.PlusDays(-1))
        : block.LocalFrom.Date == block.LocalTo.Date
            ? texts["Moment.DayAndTime", spoken.Day(block.LocalFrom.Date), texts["Booking.FromTo", spoken.Time(block.LocalFrom.TimeOfDay), spoken.Time(block.LocalTo.TimeOfDay)].Value]
            : texts["Booking.FromTo", Moment(block.LocalFrom), Moment(block.LocalTo)];

    /// <summary>The clock of a block.</summary>
    public string Clock(Block block) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(block.Zone) is { } zone ? zones.City(zone) : block.Zone;

    /// <summary>What a block is for.</summary>
    public string Kind(Block block) => texts["Desk.AgendaKind" + block.Kind];

    /// <summary>When an appointment is, on the clock of its place.</summary>
    public string When(AgendaAppointment appointment)
    {
        var zone = DateTimeZoneProviders.Tzdb[appointment.Zone];
        return spoken.Moment(Instant.FromDateTimeUtc(appointment.StartsAt).InZone(zone));
    }

    /// <summary>Who has booked.</summary>
    public string Customer(AgendaAppointment appointment) => appointment.Customer.Length > 0 ? appointment.Customer : texts["Desk.Anonymous"];

    private string Days(LocalDate first, LocalDate last) => first == last ? texts["Desk.AgendaWholeDay", spoken.Day(first)] : texts["Booking.FromTo", spoken.Day(first), spoken.Day(last)];

    private string Moment(LocalDateTime local) => texts["Moment.DayAndTime", spoken.Day(local.Date), spoken.Time(local.TimeOfDay)];
}
