using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Web.Resources;

namespace SelfService.Web.Components;

/// <summary>
/// Dates and hours as people say them: "hoy, 18:00", "mañana, martes 24", "14 de marzo de 2026". The day is the
/// company's; the language is that of the current culture.
/// </summary>
public sealed class SpokenMoment(TimeProvider clock, CompanyProfile company, IStringLocalizer<Texts> texts)
{
    // Up to here the name of the day says it; beyond, "martes 24" could be any month.
    private const int DaysSaidByName = 6;

    /// <summary>The exact moment for a machine, with the company's offset.</summary>
    public string Exact(DateTime utc) => Local(utc).ToString("yyyy-MM-dd'T'HH:mm:sso<m>", CultureInfo.InvariantCulture);

    /// <summary>The exact day for a machine.</summary>
    public string ExactDay(DateTime utc) => Local(utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Day and hour.</summary>
    public string Moment(DateTime utc) => Moment(Local(utc));

    /// <summary>Day and hour.</summary>
    public string Moment(ZonedDateTime at) => texts["Moment.DayAndTime", Day(at.Date), Time(at.TimeOfDay)];

    /// <summary>A moment by which something happens: "hoy antes de las 18:00", "antes del martes 24 a las 18:00".</summary>
    public string Deadline(DateTime utc)
    {
        var at = Local(utc);
        var time = Time(at.TimeOfDay);
        return Period.DaysBetween(Today(), at.Date) switch
        {
            0 => texts["Moment.BeforeToday", time],
            1 => texts["Moment.BeforeTomorrow", Weekday(at.Date), time],
            -1 => texts["Moment.BeforeDay", Weekday(at.Date), time],
            _ => texts["Moment.BeforeDay", Day(at.Date), time],
        };
    }

    /// <summary>Day and hour for what is read later, such as a mail: no "tomorrow", and the zone is said.</summary>
    public string Written(DateTime utc)
    {
        var at = Local(utc);
        var offset = at.Offset.ToString("+H:mm", CultureInfo.InvariantCulture).Replace(":00", "", StringComparison.Ordinal);
        return texts["Moment.Written", FullDay(at.Date), Time(at.TimeOfDay), offset];
    }

    /// <summary>Day without hour.</summary>
    public string Day(DateTime utc) => Day(Local(utc).Date);

    /// <summary>Day without hour.</summary>
    public string Day(LocalDate date) => Period.DaysBetween(Today(), date) switch
    {
        -1 => texts["Moment.Yesterday"],
        0 => texts["Moment.Today"],
        1 => texts["Moment.Tomorrow", Weekday(date)],
        > 1 and <= DaysSaidByName => Weekday(date),
        _ => Format(date, "Moment.Date"),
    };

    /// <summary>Day for what is read later or planned by: with its name, never "tomorrow", with the year where it is another.</summary>
    public string FullDay(LocalDate date) => Format(date, date.Year == Today().Year ? "Moment.WrittenDay" : "Moment.WrittenDayAndYear");

    /// <summary>Day in little room: <c>mar 1 dic</c>.</summary>
    public string ShortDay(LocalDate date) => Format(date, "Moment.ShortDay");

    /// <summary>Hour of the day, such as 8:00 or 18:30.</summary>
    public string Time(LocalTime time) =>
        time.ToString(texts["Moment.Time"], CultureInfo.CurrentCulture);

    /// <summary>Name of a day of the week, with a capital only where the language wants one.</summary>
    public static string DayName(IsoDayOfWeek day) =>
        CultureInfo.CurrentCulture.DateTimeFormat.DayNames[(int)day % 7];

    /// <summary>Whether somebody answers now, and until or from when; empty when no hours are known.</summary>
    public string Opening(OpenState state) => state switch
    {
        { IsOpen: true, Changes: { } closes } => texts["Open.Until", Time(closes.TimeOfDay)],
        { IsOpen: false, Changes: { } opens } => texts["Open.From", Moment(opens)],
        _ => "",
    };

    private string Weekday(LocalDate date) => Format(date, "Moment.Weekday");

    private string Format(LocalDate date, string pattern) =>
        date.ToDateTimeUnspecified().ToString(texts[pattern], CultureInfo.CurrentCulture);

    private LocalDate Today() => Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(company.TimeZone).Date;

    private ZonedDateTime Local(DateTime utc) =>
        Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc)).InZone(company.TimeZone);
}
