using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using NodaTime;
using NodaTime.Text;
using SelfService.Core.Appointments;

namespace SelfService.Web.Pages.Appointments;

/// <summary>What has been chosen of a booking so far; it travels in the address, so that every step works without JavaScript and can be gone back to.</summary>
/// <param name="Place">Null until one is chosen.</param>
/// <param name="Zone">The customer's clock; null for that of the place.</param>
/// <param name="Person">Key of the person who is wanted; null for anybody.</param>
/// <param name="Series">How many in a row and how far apart; null for a single one.</param>
public sealed record BookingChoice(Service Service, Place? Place, DateTimeZone? Zone, string? Person, int Seats, Recurrence? Series)
{
    public const string PlaceName = "lugar";
    public const string ZoneName = "zona";
    public const string PersonName = "persona";
    public const string SeatsName = "personas";
    public const string DayName = "dia";
    public const string MonthName = "mes";
    public const string StartName = "hora";
    public const string TimesName = "veces";
    public const string EveryName = "cada";
    public const string FollowingName = "siguiente";

    private static readonly InstantPattern Moment = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm'Z'");
    private static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);
    private static readonly YearMonthPattern Month = YearMonthPattern.CreateWithInvariantCulture("uuuu-MM");

    /// <summary>Reads what an address or a form says; what is not offered counts as not chosen.</summary>
    public static BookingChoice Read(Agenda agenda, Service service, Func<string, string?> value)
    {
        var places = agenda.PlacesOf(service);
        var place = places.Count == 1 ? places[0] : places.FirstOrDefault(p => p.Key == value(PlaceName));
        return new BookingChoice(
            service, place,
            value(ZoneName) is { Length: > 0 and <= Appointment.ZoneMaxLength } zone ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) : null,
            service.ChoosesPerson && place is not null && People(agenda, service, place).FirstOrDefault(p => p.Key == value(PersonName)) is { } person ? person.Key : null,
            int.TryParse(value(SeatsName), NumberStyles.None, CultureInfo.InvariantCulture, out var seats) ? Math.Clamp(seats, 1, service.SeatsEach) : 1,
            service.Repeats > 1 && int.TryParse(value(TimesName), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && Math.Min(times, service.Repeats) is > 1 and var most
                ? new Recurrence(most, Recurrence.Read(value(EveryName)) ?? Recurrence.Distances[0])
                : null);
    }

    /// <summary>The people who give it at a place.</summary>
    public static IReadOnlyList<Resource> People(Agenda agenda, Service service, Place place) =>
        [.. service.Needs.SelectMany(need => agenda.Able(need, place)).Where(r => r.Kind == ResourceKind.Person).DistinctBy(r => r.Key)];

    /// <summary>The clock on which hours are shown.</summary>
    public DateTimeZone Clock => Zone ?? Place!.Zone;

    /// <summary>A beginning as addresses and forms write it.</summary>
    public static string Write(Instant start) => Moment.Format(start);

    /// <summary>A beginning of an address or form; null for anything else.</summary>
    public static Instant? Start(string? text) => Moment.Parse(text ?? "") is { Success: true, Value: var start } && start > Earliest && start < Latest ? start : null;

    /// <summary>A month of an address; null for anything else.</summary>
    public static YearMonth? MonthOf(string? text) => Month.Parse(text ?? "") is { Success: true, Value: var month } ? month : null;

    /// <summary>A day of an address; null for anything else.</summary>
    public static LocalDate? Day(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: var day } ? day : null;

    /// <summary>Whose free time it asks for.</summary>
    public SlotRequest Request(Instant now) => new(Service, Place!, now, Person, Seats);

    /// <summary>The page of the hours, on a day or month.</summary>
    public string HoursUrl(LocalDate? day = null, YearMonth? month = null) => Service.Url + Query((DayName, day is { } d ? LocalDatePattern.Iso.Format(d) : null), (MonthName, month is { } m ? Month.Format(m) : null));

    /// <summary>The page of the form for an hour.</summary>
    public string BookUrl(Instant start) => Service.Url + "/reservar" + Query((StartName, Write(start)));

    /// <summary>The page of the waiting list.</summary>
    public string WaitUrl => Service.Url + "/espera" + Query();

    /// <summary>What was chosen, for the hidden fields of a form.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        if (Place is not null)
        {
            yield return (PlaceName, Place.Key);
        }

        if (Zone is not null)
        {
            yield return (ZoneName, Zone.Id);
        }

        if (Person is not null)
        {
            yield return (PersonName, Person);
        }

        if (Seats > 1)
        {
            yield return (SeatsName, Seats.ToString(CultureInfo.InvariantCulture));
        }

        if (Series is { } series)
        {
            yield return (TimesName, series.Times.ToString(CultureInfo.InvariantCulture));
            yield return (EveryName, Recurrence.Write(series.Every));
        }
    }

    private string Query(params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var query = new QueryBuilder(Fields().Select(f => KeyValuePair.Create(f.Name, f.Value)));
        foreach (var (name, value) in more)
        {
            if (value is not null)
            {
                query.Add(name, value);
            }
        }

        return query.ToString();
    }
}
