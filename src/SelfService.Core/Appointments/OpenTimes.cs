using NodaTime;
using SelfService.Core.Company;

namespace SelfService.Core.Appointments;

/// <summary>The local hours of a place, a person or a service: weekly, and otherwise on single days.</summary>
/// <param name="week">Spans of each day in order; a missing day has none.</param>
/// <param name="exceptions">Days with other spans than those of the week; none at all for a closed day.</param>
public sealed class OpenTimes(IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<DayHours>> week, IReadOnlyDictionary<LocalDate, IReadOnlyList<DayHours>> exceptions)
{
    /// <summary>Spans of each day of an ordinary week; a missing day is closed.</summary>
    public IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<DayHours>> Week { get; } = week;

    /// <summary>Spans of the local day, in order.</summary>
    public IReadOnlyList<DayHours> On(LocalDate date) => exceptions.TryGetValue(date, out var spans) ? spans : Week.GetValueOrDefault(date.DayOfWeek, []);

    /// <summary>The spans of those days as time that passes: a span begins with its earliest reading of the clock and ends with its latest.</summary>
    public IEnumerable<Interval> Within(DateTimeZone zone, LocalDate from, LocalDate to)
    {
        for (var day = from; day <= to; day = day.PlusDays(1))
        {
            foreach (var span in On(day))
            {
                var (start, end) = (zone.AtLeniently(day + span.Opens).ToInstant(), Latest(zone, day + span.Closes));
                if (start < end)
                {
                    yield return new Interval(start, end);
                }
            }
        }
    }

    private static Instant Latest(DateTimeZone zone, LocalDateTime local)
    {
        var map = zone.MapLocal(local);
        return map.Count == 2 ? map.Last().ToInstant() : zone.AtLeniently(local).ToInstant();
    }
}
