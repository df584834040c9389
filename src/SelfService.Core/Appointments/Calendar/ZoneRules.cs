using NodaTime;
using NodaTime.Text;

namespace SelfService.Core.Appointments.Calendar;

/// <summary>
/// What a calendar needs to know of a zone for some years (VTIMEZONE; RFC 5545, 3.6.5). Every change of the clock is written by
/// itself, so that years with rules of their own, or with none, are right too.
/// </summary>
internal static class ZoneRules
{
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly OffsetPattern Minutes = OffsetPattern.CreateWithInvariantCulture("+HHmm");
    private static readonly OffsetPattern Seconds = OffsetPattern.CreateWithInvariantCulture("+HHmmss");

    /// <summary>Writes the rules that hold from the beginning of the first year to the end of the last.</summary>
    public static void Write(CalendarLines lines, DateTimeZone zone, int firstYear, int lastYear)
    {
        var opening = zone.AtStartOfDay(new LocalDate(firstYear, 1, 1));
        var intervals = zone.GetZoneIntervals(opening.ToInstant(), zone.AtStartOfDay(new LocalDate(lastYear + 1, 1, 1)).ToInstant()).ToList();
        lines.Component("VTIMEZONE", () =>
        {
            lines.Line("TZID", zone.Id);
            var (onset, before) = (opening.LocalDateTime, intervals[0].WallOffset);
            foreach (var interval in intervals)
            {
                // A clock that stands for good has no summer, whatever the rule is called.
                lines.Component(intervals.Count > 1 && interval.Savings > Offset.Zero ? "DAYLIGHT" : "STANDARD", () =>
                {
                    lines.Value("DTSTART", Local.Format(onset));
                    lines.Value("TZOFFSETFROM", Written(before));
                    lines.Value("TZOFFSETTO", Written(interval.WallOffset));
                });
                if (interval.HasEnd)
                {
                    // A change is told by the clock that it ends.
                    (onset, before) = (interval.IsoLocalEnd, interval.WallOffset);
                }
            }
        });
    }

    private static string Written(Offset offset) => (offset.Seconds % NodaConstants.SecondsPerMinute == 0 ? Minutes : Seconds).Format(offset);
}
