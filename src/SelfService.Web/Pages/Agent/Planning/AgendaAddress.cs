using Microsoft.AspNetCore.WebUtilities;
using NodaTime;
using NodaTime.Text;
using SelfService.Web.Pages.Appointments;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>Addresses of the agenda.</summary>
public static class AgendaAddress
{
    public const string List = "/agente/agenda";
    public const string Blocks = List + "/bloqueos";
    public const string NewBlock = List + "/bloquear";
    public const string Book = List + "/agendar";
    public const string Calendars = List + "/calendarios";
    public const string Waiting = List + "/espera";
    public const string Capacity = List + "/capacidad";

    public const string ServiceName = "servicio";
    public const string ViewName = "vista";
    public const string DayName = "dia";
    public const string PlaceName = "lugar";
    public const string PersonName = "persona";
    public const string DayView = "dia";
    public const string WeekView = "semana";

    /// <summary>Address of a day or a week.</summary>
    /// <param name="person">Key of the only person or room; null for everybody.</param>
    public static string Of(bool isWeek, LocalDate day, string place, string? person) => QueryHelpers.AddQueryString(List, new Dictionary<string, string?>
    {
        [ViewName] = isWeek ? WeekView : DayView,
        [DayName] = Written(day),
        [PlaceName] = place,
        [PersonName] = person,
    }.Where(p => p.Value is not null));

    /// <summary>Address of a step of booking for a caller: what is chosen, and something else.</summary>
    public static string Booking(BookingChoice? choice, string? service, string? place, LocalDate? day, Instant? start)
    {
        var chosen = new Dictionary<string, string?> { [ServiceName] = service ?? choice?.Service.Slug };
        foreach (var (name, value) in service is null ? choice?.Fields() ?? [] : [])
        {
            chosen[name] = value;
        }

        chosen[PlaceName] = place ?? chosen.GetValueOrDefault(PlaceName);
        chosen[DayName] = day is { } d ? Written(d) : null;
        chosen[BookingChoice.StartName] = start is { } at ? BookingChoice.Write(at) : null;
        return QueryHelpers.AddQueryString(Book, chosen.Where(p => !string.IsNullOrEmpty(p.Value)));
    }

    /// <summary>Address of a block.</summary>
    public static string Block(Guid id) => $"{Blocks}/{id}";

    /// <summary>A day as addresses and fields write it.</summary>
    public static string Written(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
