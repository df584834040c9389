using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.TimeZones;
using SelfService.Core.Appointments;
using SelfService.Core.Company;
using SelfService.Web.Resources;

namespace SelfService.Web.Components;

/// <summary>Hours on two clocks: that of the customer and, where it shows another hour, that of the place.</summary>
public sealed class ZoneWords(SpokenMoment spoken, CompanyProfile company, IStringLocalizer<Texts> texts)
{
    // From here on it is a window in which somebody comes, not an hour.
    internal static readonly TimeSpan LongFrom = TimeSpan.FromHours(2);

    /// <summary>The city whose clock a zone is, such as <c>Ciudad de México</c>.</summary>
    public string City(DateTimeZone zone)
    {
        var city = zone.Id[(zone.Id.LastIndexOf('/') + 1)..];
        var known = texts["Zone." + city];
        return known.ResourceNotFound ? city.Replace('_', ' ') : known;
    }

    /// <summary>City and distance from UTC at a moment, such as <c>Tijuana (UTC−8)</c>.</summary>
    public string Name(DateTimeZone zone, Instant at) => $"{City(zone)} ({Utc(at.InZone(zone).Offset)})";

    /// <summary>Beginning of an appointment, or beginning and end of one whose end a customer has to wait for.</summary>
    /// <param name="zone">The clock that is read.</param>
    public string Hours(Slot slot, DateTimeZone zone)
    {
        var (start, end) = (slot.Start.WithZone(zone), slot.End.WithZone(zone));
        var hours = slot.Length >= LongFrom ? texts["Booking.FromTo", spoken.Time(start.TimeOfDay), spoken.Time(end.TimeOfDay)].Value : spoken.Time(start.TimeOfDay);
        return IsRepeated(start) ? texts["Booking.Repeated", hours, Utc(start.Offset)] : hours;
    }

    /// <summary>The same on the clock of the place; empty where both clocks show the same.</summary>
    public string HoursThere(Slot slot, DateTimeZone zone) =>
        slot.Start.Offset == slot.Start.WithZone(zone).Offset ? "" : texts["Booking.There", Hours(slot, slot.Start.Zone), City(slot.Start.Zone)];

    /// <summary>The clocks to choose from: those of the company's country, that of the place and the one that is chosen.</summary>
    public IReadOnlyList<DateTimeZone> Offered(DateTimeZone place, DateTimeZone? chosen)
    {
        var national = TzdbDateTimeZoneSource.Default.ZoneLocations?.Where(l => l.CountryCode == company.Country).Select(l => l.ZoneId) ?? [];
        return [.. national.Append(place.Id).Append(chosen?.Id ?? place.Id).Distinct().Select(id => DateTimeZoneProviders.Tzdb[id]).OrderBy(City, StringComparer.CurrentCulture)];
    }

    /// <summary>A month with its year.</summary>
    public string Month(YearMonth month) => month.OnDayOfMonth(1).ToDateTimeUnspecified().ToString(texts["Moment.Month"], CultureInfo.CurrentCulture);

    /// <summary>Day and hour on the customer's clock.</summary>
    public string When(Slot slot, DateTimeZone zone) => texts["Moment.DayAndTime", spoken.Day(slot.Start.WithZone(zone).Date), Hours(slot, zone)];

    // The hour that comes twice when clocks are put back: its distance from UTC tells the two apart.
    private static bool IsRepeated(ZonedDateTime at) => at.Zone.MapLocal(at.LocalDateTime).Count == 2;

    private static string Utc(Offset offset) =>
        string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < Offset.Zero ? "−" : "+")}{Math.Abs(offset.Seconds) / 3600}{(offset.Seconds % 3600 == 0 ? "" : $":{Math.Abs(offset.Seconds) / 60 % 60:00}")}");
}
