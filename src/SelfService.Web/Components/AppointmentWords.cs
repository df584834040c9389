using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Company;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Components;

/// <summary>Where an appointment stands, when and where it is. Hours are those of the place's clock, which is the one that was agreed.</summary>
public sealed class AppointmentWords(SpokenMoment spoken, ZoneWords zones, ServiceDesk desk, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts)
{
    /// <summary>The status in one word or two, with the sign that goes with it.</summary>
    public CaseStatus Status(Appointment appointment) => new(
        texts["Appointment.Status" + (IsBegun(appointment) ? AppointmentStatus.Arrived : appointment.Status)],
        appointment.Status switch { AppointmentStatus.Attended => "check-circle", AppointmentStatus.Missed or AppointmentStatus.Cancelled => "close", _ => "calendar" },
        appointment.Status switch { AppointmentStatus.Attended => "status-done", AppointmentStatus.Missed or AppointmentStatus.Cancelled => "status-closed", _ => "" });

    /// <summary>When it is and what can still be done about it; once it has begun, by when it is known how it went.</summary>
    /// <param name="next">A step of the appointment, see <see cref="IsStep"/>.</param>
    /// <param name="isLate">Whether its moment has passed.</param>
    public CaseSentence Sentence(Appointment appointment, Ticket ticket, Commitment next, bool isLate)
    {
        if (appointment.Status == AppointmentStatus.Booked && !IsBegun(appointment))
        {
            var until = The(Local(appointment, appointment.ChangeUntil));
            var what = texts["Appointment.What" + appointment.Mode, The(appointment), appointment.PlaceName];
            return new CaseSentence(
                what,
                !appointment.CanChange(Now()) ? texts[company.Contact.Phone is null ? "Appointment.TooLateWrite" : "Appointment.TooLateCall", until, company.Contact.Phone ?? ""]
                    : texts[appointment.ChangeMinutes == 0 ? "Appointment.ChangeUntilBegin" : "Appointment.ChangeUntil", until],
                appointment.ChangeMinutes == 0 ? appointment.StartsAt : appointment.ChangeUntil);
        }

        var by = spoken.Deadline(next.DueAt);
        return isLate && next.Step == NextStep.AppointmentOutcome
            ? new(texts["Case.Late"], texts["Appointment.LateOutcome", by, desk.Queue(ticket.Queue).Name], next.DueAt)
            : new(texts["Appointment.Begun", The(appointment)], next.Step == NextStep.AppointmentOutcome ? texts["Appointment.ByOutcome", by] : "", next.DueAt);
    }

    /// <summary>That it is over.</summary>
    public string Ended(Appointment appointment) => texts["Appointment.Ended" + appointment.Status];

    /// <summary>From booking it to the end, with the moments.</summary>
    public IReadOnlyList<CaseStep> Steps(Appointment appointment)
    {
        var booked = new CaseStep(texts["Appointment.StepBooked"], spoken.Moment(appointment.BookedAt), StepState.Done);
        var ended = appointment.EndedAt is { } end ? spoken.Moment(end) : "";
        return appointment.Status switch
        {
            AppointmentStatus.Missed or AppointmentStatus.Cancelled => [booked, new(texts["Appointment.Status" + appointment.Status], ended, StepState.Done)],
            AppointmentStatus.Attended => [booked, new(texts["Appointment.StepTime"], When(appointment), StepState.Done), new(texts["Appointment.StatusAttended"], ended, StepState.Done)],
            _ => [booked, new(texts["Appointment.StepTime"], When(appointment), StepState.Now), new(texts["Appointment.StatusAttended"], "", StepState.Ahead)],
        };
    }

    /// <summary>Whether a step belongs to an appointment, and not to its conversation.</summary>
    public static bool IsStep(NextStep step) => step is NextStep.Appointment or NextStep.AppointmentOutcome;

    /// <summary>Day and hour on the clock of the place: <c>hoy, martes 1 de diciembre, 10:00</c>.</summary>
    public string When(Appointment appointment) => When(Start(appointment), appointment);

    /// <summary>Day and hour with the clock they are of, for what is read later or elsewhere.</summary>
    public string Written(Appointment appointment)
    {
        var start = Start(appointment);
        return texts["Appointment.Written", texts["Moment.DayAndTime", spoken.FullDay(start.Date), Hours(appointment)], zones.Name(start.Zone, start.ToInstant())];
    }

    /// <summary>Until when the customer can move or cancel it herself, on the clock of the place.</summary>
    public string Until(Appointment appointment) => Said(new AgreedTime(Local(appointment, appointment.ChangeUntil)));

    /// <summary>The hour of a history, with its clock where it is not the company's.</summary>
    public string Said(AgreedTime agreed)
    {
        var (start, here) = (agreed.Start, agreed.Start.WithZone(company.TimeZone));
        var said = texts["Moment.DayAndTime", spoken.FullDay(start.Date), spoken.Time(start.TimeOfDay)];
        return start.Offset == here.Offset ? said : texts["Appointment.Written", said, zones.Name(start.Zone, start.ToInstant())];
    }

    /// <summary>An hour with the clock it is of, for what is read later or elsewhere.</summary>
    public string Clocked(AgreedTime agreed) =>
        texts["Appointment.Written", texts["Moment.DayAndTime", spoken.FullDay(agreed.Start.Date), spoken.Time(agreed.Start.TimeOfDay)], zones.Name(agreed.Start.Zone, agreed.Start.ToInstant())];

    /// <summary>The hour of a line of the history; empty when it names none that can be read.</summary>
    public string Said(TicketEvent happened) => AgreedTime.Read(happened.Detail) is { } agreed ? Said(agreed) : "";

    /// <summary>The clock of the place; empty where nobody could take it for another.</summary>
    public string Clock(Appointment appointment)
    {
        var start = Start(appointment);
        return Yours(appointment).Length > 0 || start.Offset != start.WithZone(company.TimeZone).Offset ? texts["Appointment.Clock", zones.Name(start.Zone, start.ToInstant())] : "";
    }

    /// <summary>Day and hour on the customer's clock; empty where it shows the same.</summary>
    public string Yours(Appointment appointment)
    {
        var start = Start(appointment);
        return DateTimeZoneProviders.Tzdb.GetZoneOrNull(appointment.CustomerZone) is { } zone && start.WithZone(zone) is var hers && hers.Offset != start.Offset
            ? texts["Appointment.Yours", texts["Moment.DayAndTime", spoken.FullDay(hers.Date), zones.Hours(Slot(appointment), zone)], zones.Name(zone, hers.ToInstant())]
            : "";
    }

    /// <summary>Where it is, on one line.</summary>
    /// <param name="withAddress">Whether the address that the customer typed may be said.</param>
    public string Where(Appointment appointment, bool withAddress = true) => appointment.Mode switch
    {
        ServiceMode.AtPlace => appointment.PlaceAddress.Length > 0 ? $"{appointment.PlaceName}, {appointment.PlaceAddress}" : appointment.PlaceName,
        ServiceMode.AtHome when withAddress && appointment.Address.Count > 0 => Address(appointment),
        ServiceMode.AtHome => texts["Appointment.YourAddress"],
        _ => texts["Booking.ModeVideo"],
    };

    /// <summary>What is booked, with the number of seats where there are several.</summary>
    public string Title(Appointment appointment) => appointment.Seats > 1 ? texts["Appointment.TitleSeats", appointment.Title, appointment.Seats] : appointment.Title;

    /// <summary>Sign of where it happens.</summary>
    public static string Icon(ServiceMode mode) => mode switch { ServiceMode.AtHome => "home", ServiceMode.Video => "chat", _ => "pin" };

    private static string Address(Appointment appointment)
    {
        string Part(string name) => PlainText.Line(appointment.Address.FirstOrDefault(l => l.Name == name)?.Text);
        return AddressParts.Join(Part);
    }

    // "el martes 1 de diciembre a las 10:00": as it stands inside a sentence.
    private string The(Appointment appointment)
    {
        var start = Start(appointment);
        var end = start.PlusTicks((appointment.EndsAt - appointment.StartsAt).Ticks);
        var said = appointment.EndsAt - appointment.StartsAt >= ZoneWords.LongFrom
            ? texts["Appointment.TheFromTo", Day(start), spoken.Time(start.TimeOfDay), spoken.Time(end.TimeOfDay)].Value
            : The(start);
        return Clock(appointment).Length > 0 ? texts["Appointment.TheClock", said, zones.City(start.Zone)] : said;
    }

    private string The(ZonedDateTime at) => texts["Appointment.The", Day(at), spoken.Time(at.TimeOfDay)];

    private string Day(ZonedDateTime at) => Period.DaysBetween(Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(at.Zone).Date, at.Date) switch
    {
        0 => texts["Appointment.TheToday", spoken.FullDay(at.Date)],
        1 => texts["Appointment.TheTomorrow", spoken.FullDay(at.Date)],
        _ => texts["Appointment.TheDay", spoken.FullDay(at.Date)],
    };

    private string When(ZonedDateTime start, Appointment appointment)
    {
        var day = Period.DaysBetween(Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(start.Zone).Date, start.Date) switch
        {
            0 => texts["Appointment.Today", spoken.FullDay(start.Date)].Value,
            1 => texts["Appointment.Tomorrow", spoken.FullDay(start.Date)],
            _ => spoken.FullDay(start.Date),
        };
        return texts["Moment.DayAndTime", day, Hours(appointment)];
    }

    private string Hours(Appointment appointment) => zones.Hours(Slot(appointment), Start(appointment).Zone);

    private static Slot Slot(Appointment appointment) => new(Start(appointment), appointment.EndsAt - appointment.StartsAt, appointment.Seats);

    private static ZonedDateTime Start(Appointment appointment) => AgreedTime.Of(appointment).Start;

    private static ZonedDateTime Local(Appointment appointment, DateTime utc) => Instant.FromDateTimeUtc(utc).InZone(DateTimeZoneProviders.Tzdb[appointment.Zone]);

    private bool IsBegun(Appointment appointment) => appointment.Status == AppointmentStatus.Booked && appointment.StartsAt <= Now();

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
