using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Appointments;

/// <summary>/citas/{service}: place, day and hour, each a link; the first free hour before all others.</summary>
public sealed class ServiceModel(Agenda agenda, PortalDbContext db, TimeProvider clock) : PageModel
{
    public BookingChoice Choice { get; private set; } = null!;

    public Service Service => Choice.Service;

    /// <summary>The places to choose from, each with its first free time, or null where there is none within the horizon.</summary>
    public IReadOnlyList<(Place Place, Slot? First)> Places { get; private set; } = [];

    /// <summary>The people to choose from; none where nobody is chosen.</summary>
    public IReadOnlyList<Resource> People { get; private set; } = [];

    /// <summary>The first free time at the place; null where there is none.</summary>
    public Slot? First { get; private set; }

    /// <summary>The month that is shown, with its free times by day on the customer's clock.</summary>
    public BookingMonth Month { get; private set; } = null!;

    /// <summary>The day whose hours are shown; null where no day of the month has any.</summary>
    public LocalDate? Day { get; private set; }

    public Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(string service, CancellationToken cancel)
    {
        if (agenda.Service(service) is not { } known)
        {
            return NotFound();
        }

        Response.Headers.CacheControl = "no-store";
        Choice = BookingChoice.Read(agenda, known, name => Request.Query[name]);
        if (Choice.Place is null)
        {
            Places = await PlacesAsync(cancel);
            return Page();
        }

        People = known.ChoosesPerson ? BookingChoice.People(agenda, known, Choice.Place) : [];
        var request = Choice.Request(Now);
        First = (await db.FirstSlotsAsync(agenda, request, request.Today, 1, cancel)).FirstOrDefault();
        var asked = BookingChoice.Day(Request.Query[BookingChoice.DayName]);
        var month = asked?.ToYearMonth() ?? BookingChoice.MonthOf(Request.Query[BookingChoice.MonthName]) ?? (First?.Start.WithZone(Choice.Clock).Date ?? request.Today).ToYearMonth();
        Month = await BookingMonth.ReadAsync(db, agenda, Choice, month, Now, cancel);
        Day = asked is not null && Month.Days.ContainsKey(asked.Value) ? asked : Month.Days.Count > 0 ? Month.Days.Keys.Min() : null;
        return Page();
    }

    private async Task<IReadOnlyList<(Place Place, Slot? First)>> PlacesAsync(CancellationToken cancel)
    {
        var places = new List<(Place, Slot?)>();
        foreach (var place in agenda.PlacesOf(Service))
        {
            var request = (Choice with { Place = place }).Request(Now);
            places.Add((place, (await db.FirstSlotsAsync(agenda, request, request.Today, 1, cancel)).FirstOrDefault()));
        }

        return places;
    }
}
