using Microsoft.AspNetCore.Mvc;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;
using SelfService.Web.Pages.Appointments;

namespace SelfService.Web.Pages.Agent.Appointments;

/// <summary>
/// /agente/casos/{number}/cita/mover: place, person and day first, then one of the hours that are free. Staff move without notice
/// and beyond the horizon.
/// </summary>
public sealed class MoveModel(PortalDbContext db, Agenda agenda, ChangeAppointment change) : AppointmentPage(db)
{
    private const int Nearest = 12;

    private readonly PortalDbContext db = db;

    /// <summary>Key of the place.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Place { get; set; }

    /// <summary>Key of the person; empty for anybody.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Person { get; set; }

    /// <summary>The day on the clock of the place, as a field for dates writes it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Day { get; set; }

    /// <summary>The moment it begins, as a field writes it.</summary>
    [BindProperty]
    public string? Start { get; set; }

    /// <summary>Null when the service is not offered any more.</summary>
    public Service? Service => agenda.Service(Appointment.Service);

    public IReadOnlyList<Place> Places => Service is { } service ? agenda.PlacesOf(service) : [];

    /// <summary>The place that is wanted; null when none is offered.</summary>
    public Place? Wanted => Places.FirstOrDefault(p => p.Key == (Place ?? Appointment.Place)) ?? (Places.Count > 0 ? Places[0] : null);

    public IReadOnlyList<Resource> People => Service is { } service && Wanted is { } place ? BookingChoice.People(agenda, service, place) : [];

    /// <summary>Free hours of the day, or the nearest to what was taken.</summary>
    public IReadOnlyList<Slot> Slots { get; private set; } = [];

    /// <summary>Whether those are of other days too.</summary>
    public bool IsNearest { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Look();
        await FindAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Wanted is not { } place || BookingChoice.Start(Start) is not { } start)
        {
            ModelState.AddModelError(nameof(Start), "Appointment.HourRequired");
            await FindAsync(cancel);
            return Refuse();
        }

        var moved = await change.MoveAsync(Change, new MoveRequest(place.Key, start, PersonWanted), cancel);
        if (!moved.IsTaken)
        {
            await FindAsync(cancel);
            return await AfterAsync(moved.Step, cancel);
        }

        (IsNearest, Slots) = (true, await db.NearestSlotsAsync(agenda, Free(place), start, Nearest, cancel));
        Start = null;
        ModelState.AddModelError(nameof(Start), Slots.Count > 0 ? "Desk.AppointmentTaken" : "Desk.AppointmentTakenNone");
        return Refuse(StatusCodes.Status409Conflict);
    }

    private string? PersonWanted => People.Any(p => p.Key == Person) ? Person : null;

    private async Task FindAsync(CancellationToken cancel)
    {
        if (Wanted is not { } place)
        {
            return;
        }

        var day = BookingChoice.Day(Day) ?? AgreedTime.Of(Appointment).Start.Date;
        Day = NodaTime.Text.LocalDatePattern.Iso.Format(day);
        Slots = await db.SlotsAsync(agenda, Free(place), day, day, cancel);
    }

    private SlotRequest Free(Place place) => new(Service!, place, Instant.FromDateTimeUtc(Detail.Now), PersonWanted, Appointment.Seats, ByStaff: true, Moving: Appointment.Id);
}
