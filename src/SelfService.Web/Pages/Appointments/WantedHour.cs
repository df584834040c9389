using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Appointments;

/// <summary>An hour that somebody wants.</summary>
/// <param name="Slot">Null when it is not free.</param>
/// <param name="Others">The free hours nearest to one that is not.</param>
public sealed record WantedHour(Slot? Slot, IReadOnlyList<Slot> Others)
{
    private const int Nearest = 6;

    /// <summary>Looks whether it is free, and what is instead.</summary>
    public static async Task<WantedHour> FindAsync(PortalDbContext db, Agenda agenda, SlotRequest request, Instant start, CancellationToken cancel)
    {
        var day = start.InZone(request.Place.Zone).Date;
        var slot = (await db.SlotsAsync(agenda, request, day, day, cancel)).FirstOrDefault(s => s.Start.ToInstant() == start);
        return new WantedHour(slot, slot is null ? await db.NearestSlotsAsync(agenda, request, start, Nearest, cancel) : []);
    }
}
