using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace SelfService.Core.Appointments.Calendar;

/// <summary>
/// Appointments as a calendar file (RFC 5545, RFC 5546). Moments are hours of their zone, whose rules the file brings along: it
/// reads back to the very second, and a calendar that knows the zone keeps the hour when its rules change.
/// </summary>
public static class CalendarWriter
{
    private const string RefreshInterval = "PT15M";

    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>The file, to be written in UTF-8.</summary>
    /// <param name="events">One only, and with an attendee, where something is asked of whoever receives it by mail.</param>
    /// <param name="name">Name of the calendar; calendars show it for a feed.</param>
    /// <param name="isFollowed">Whether it stands at an address that programs read again and again.</param>
    /// <exception cref="ArgumentException">An event does not end after it begins or has an alarm after its beginning, or the method does not allow the events.</exception>
    public static string Write(IReadOnlyList<CalendarEvent> events, CalendarMethod method, string name, bool isFollowed = false)
    {
        Check(events, method);
        var lines = new CalendarLines();
        lines.Component("VCALENDAR", () =>
        {
            lines.Value("VERSION", "2.0");
            lines.Value("PRODID", "-//SelfService//SelfService//ES");
            lines.Value("CALSCALE", "GREGORIAN");
            lines.Value("METHOD", Word(method));
            // The first is of RFC 7986, the second is what most calendars read.
            lines.Line("NAME", name);
            lines.Line("X-WR-CALNAME", name);
            if (isFollowed)
            {
                // How often who follows it looks again: the first is of RFC 7986, the second is what most calendars read.
                lines.Value("REFRESH-INTERVAL;VALUE=DURATION", RefreshInterval);
                lines.Value("X-PUBLISHED-TTL", RefreshInterval);
            }

            foreach (var zone in events.Where(IsTold).SelectMany(e => new[] { e.Start, e.End }).GroupBy(moment => moment.Zone.Id))
            {
                ZoneRules.Write(lines, zone.First().Zone, zone.Min(moment => moment.Year), zone.Max(moment => moment.Year));
            }

            foreach (var appointment in events)
            {
                lines.Component("VEVENT", () => Event(lines, appointment, method));
            }
        });
        return lines.ToString();
    }

    /// <summary>The method as files and mail headers name it.</summary>
    public static string Word(CalendarMethod method) => method.ToString().ToUpperInvariant();

    private static void Check(IReadOnlyList<CalendarEvent> events, CalendarMethod method)
    {
        if (events.Any(e => e.End.ToInstant() <= e.Start.ToInstant()))
        {
            throw new ArgumentException("An event ends after it begins.", nameof(events));
        }

        if (events.SelectMany(e => e.Alarms).Any(alarm => alarm < TimeSpan.Zero))
        {
            throw new ArgumentException("An alarm is not after the beginning.", nameof(events));
        }

        // RFC 5546, 3.2.2 and 3.2.5: one UID, and somebody who is asked.
        if (method != CalendarMethod.Publish && events is not [{ Attendee: not null }])
        {
            throw new ArgumentException("Only one event with an attendee can be asked for or cancelled.", nameof(events));
        }
    }

    private static void Event(CalendarLines lines, CalendarEvent appointment, CalendarMethod method)
    {
        var cancelled = appointment.IsCancelled || method == CalendarMethod.Cancel;
        lines.Line("UID", appointment.Uid);
        lines.Value("SEQUENCE", appointment.Sequence.ToString(CultureInfo.InvariantCulture));
        lines.Value("DTSTAMP", Utc.Format(appointment.Stamp));
        Moment(lines, "DTSTART", appointment.Start, IsTold(appointment));
        Moment(lines, "DTEND", appointment.End, IsTold(appointment));
        lines.Line("SUMMARY", appointment.Summary);
        lines.Body("DESCRIPTION", appointment.Description);
        lines.Line("LOCATION", appointment.Location);
        if (appointment.Url is { } url)
        {
            lines.Value("URL", url.AbsoluteUri);
        }

        lines.Value($"ORGANIZER{CalendarLines.Parameter("CN", appointment.Organizer.Name)}", CalendarLines.Mailto(appointment.Organizer.Mail));
        // A feed or a download invites nobody.
        if (method != CalendarMethod.Publish && appointment.Attendee is { } attendee)
        {
            lines.Value(
                $"ATTENDEE{CalendarLines.Parameter("CN", attendee.Name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE", CalendarLines.Mailto(attendee.Mail));
        }

        lines.Value("STATUS", cancelled ? "CANCELLED" : "CONFIRMED");
        lines.Value("TRANSP", cancelled ? "TRANSPARENT" : "OPAQUE");
        foreach (var alarm in cancelled ? [] : appointment.Alarms)
        {
            lines.Component("VALARM", () =>
            {
                lines.Value("ACTION", "DISPLAY");
                lines.Line("DESCRIPTION", appointment.Summary);
                // Minutes are time that passes; a day would be one of the calendar, which the clock can make longer.
                lines.Value("TRIGGER", string.Create(CultureInfo.InvariantCulture, $"-PT{(long)alarm.TotalMinutes}M"));
            });
        }
    }

    private static void Moment(CalendarLines lines, string name, ZonedDateTime moment, bool told)
    {
        if (told)
        {
            lines.Value($"{name}{CalendarLines.Parameter("TZID", moment.Zone.Id)}", Local.Format(moment.LocalDateTime));
        }
        else
        {
            lines.Value(name, Utc.Format(moment.ToInstant()));
        }
    }

    // Both ends in the same form, so that no change of rules makes it longer or shorter.
    private static bool IsTold(CalendarEvent appointment) => IsTold(appointment.Start) && IsTold(appointment.End);

    /// <summary>
    /// Whether an hour of the clock says which moment it is. One that comes twice does not: it is the first (3.3.5), but what
    /// Thunderbird reads with takes the second.
    /// </summary>
    private static bool IsTold(ZonedDateTime moment) => moment.Zone.Id != DateTimeZone.Utc.Id && moment.Zone.MapLocal(moment.LocalDateTime).Count == 1;
}
