using NodaTime;

namespace SelfService.Core.Company;

/// <summary>Weekly hours and holidays in the company's own time zone.</summary>
public sealed class OpeningHours(
    DateTimeZone zone, IReadOnlyDictionary<IsoDayOfWeek, DayHours> week, IReadOnlyDictionary<LocalDate, string> holidays)
{
    // A year of closed days means the hours are wrong, not that the company never opens.
    private const int SearchHorizonDays = 366;

    /// <summary>Hours by day of the week; a missing day is closed.</summary>
    public IReadOnlyDictionary<IsoDayOfWeek, DayHours> Week { get; } = week;

    /// <summary>Days that are closed whatever the day of the week, with their names.</summary>
    public IReadOnlyDictionary<LocalDate, string> Holidays { get; } = holidays;

    /// <summary>Whether a person answers at <paramref name="now"/>, until when, or from when.</summary>
    public OpenState At(Instant now)
    {
        var local = now.InZone(zone);
        if (HoursOn(local.Date) is { } today && today.Opens <= local.TimeOfDay && local.TimeOfDay < today.Closes)
        {
            return new OpenState(true, zone.AtLeniently(local.Date + today.Closes));
        }

        for (var day = 0; day < SearchHorizonDays; day++)
        {
            var date = local.Date.PlusDays(day);
            if (HoursOn(date) is { } hours && (day > 0 || local.TimeOfDay < hours.Opens))
            {
                return new OpenState(false, zone.AtLeniently(date + hours.Opens));
            }
        }

        return new OpenState(false, null);
    }

    /// <summary>Hours of that day; null when it is closed.</summary>
    public DayHours? HoursOn(LocalDate date) =>
        Holidays.ContainsKey(date) ? null : Week.GetValueOrDefault(date.DayOfWeek);
}

/// <summary>Opening and closing time of one day.</summary>
public sealed record DayHours(LocalTime Opens, LocalTime Closes);

/// <summary>Whether somebody answers now.</summary>
/// <param name="IsOpen">Somebody answers.</param>
/// <param name="Changes">When it closes if open, when it opens next if closed; null when no hours are known.</param>
public sealed record OpenState(bool IsOpen, ZonedDateTime? Changes);
