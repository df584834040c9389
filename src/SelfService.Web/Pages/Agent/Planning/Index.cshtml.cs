using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Web.Pages.Appointments;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>/agente/agenda: a day of everybody at a place, or seven days of one person, on the clock of the place.</summary>
public sealed class IndexModel(Agenda agenda, PortalDbContext db, TimeProvider clock) : PageModel
{
    private const int WeekDays = 7;

    public bool IsWeek { get; private set; }

    public LocalDate Day { get; private set; }

    /// <summary>Null for a company that takes no appointments.</summary>
    public Place? Place { get; private set; }

    /// <summary>The only person or room that is shown; null for everybody.</summary>
    public Resource? Person { get; private set; }

    public AgendaGrid Grid { get; private set; } = null!;

    public ZonedDateTime Now { get; private set; }

    public IReadOnlyList<Place> Places => agenda.Places;

    /// <summary>People and rooms of the place.</summary>
    public IReadOnlyList<Resource> Resources => [.. agenda.Resources.Where(r => r.Places.Contains(Place!.Key))];

    /// <summary>Whether anything is agreed or blocked on what is shown.</summary>
    public bool IsEmpty => Grid.Columns.All(c => c.Entries.Count == 0);

    private LocalDate First => IsWeek ? Day.PlusDays(1 - (int)Day.DayOfWeek) : Day;

    private int Days => IsWeek ? WeekDays : 1;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var query = Request.Query;
        IsWeek = query[AgendaAddress.ViewName] == AgendaAddress.WeekView;
        var person = agenda.Resource(query[AgendaAddress.PersonName]);
        Place = agenda.Place(query[AgendaAddress.PlaceName]) ?? (person ?? await MeAsync(cancel))?.Places.Select(agenda.Place).FirstOrDefault() ?? (Places.Count > 0 ? Places[0] : null);
        if (Place is null)
        {
            return;
        }

        Now = Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(Place.Zone);
        Day = BookingChoice.Day(query[AgendaAddress.DayName]) is { } day && Math.Abs(Period.DaysBetween(Now.Date, day)) <= MaxDays ? day : Now.Date;
        Person = person is not null && person.Places.Contains(Place.Key) ? person : IsWeek && Resources.Count > 0 ? Resources[0] : null;
        Grid = new AgendaGrid(await ColumnsAsync(cancel));
    }

    /// <summary>Address of what is shown, with something else.</summary>
    public string Address(LocalDate? day = null, bool? week = null, string? person = null) => AgendaAddress.Of(week ?? IsWeek, day ?? Day, Place!.Key, person ?? Person?.Key);

    /// <summary>Address of everybody at the place on a day.</summary>
    public string DayAddress(LocalDate day) => AgendaAddress.Of(isWeek: false, day, Place!.Key, person: null);

    public LocalDate Before => Day.PlusDays(-Days);

    public LocalDate After => Day.PlusDays(Days);

    public LocalDate Last => First.PlusDays(Days - 1);

    public LocalDate FirstDay => First;

    // Farther away nothing is agreed or remembered that somebody would page to.
    private static int MaxDays => 3 * 366;

    private async Task<Resource?> MeAsync(CancellationToken cancel)
    {
        var me = User.PersonId();
        var address = await db.Users.Where(u => u.Id == me).Select(u => u.Email).SingleOrDefaultAsync(cancel);
        return address is null ? null : agenda.Resources.FirstOrDefault(r => string.Equals(r.Account, address, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<IReadOnlyList<AgendaColumn>> ColumnsAsync(CancellationToken cancel)
    {
        var (zone, shown) = (Place!.Zone, Person is null ? Resources : [Person]);
        var (from, to) = (zone.AtStartOfDay(First).ToInstant(), zone.AtStartOfDay(Last.PlusDays(1)).ToInstant());
        var busy = await db.BusyAgendaAsync([.. shown.Select(r => r.Key)], Person is null ? Place.Key : null, from, to, cancel);
        var columns = new List<AgendaColumn>();
        foreach (var day in Enumerable.Range(0, Days).Select(First.PlusDays))
        {
            var (start, end) = (zone.AtStartOfDay(day).ToInstant(), zone.AtStartOfDay(day.PlusDays(1)).ToInstant());
            columns.AddRange(shown.Select(r => new AgendaColumn(
                r, day, [.. AgendaEntry.Of(busy, r.Key, zone).Where(e => e.From < end && e.To > start)], [.. (r.Hours ?? Place.Hours).Within(zone, day, day)], zone)));
            if (Person is null && AgendaEntry.Others(busy, [.. shown.Select(r => r.Key)], zone) is { Count: > 0 } others)
            {
                columns.Add(new AgendaColumn(null, day, others, [], zone));
            }
        }

        return columns;
    }
}
