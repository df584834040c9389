using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>The free hours of one day.</summary>
/// <param name="Day">On the clock of the place.</param>
/// <param name="First">The first free hour of all days; null where there is none.</param>
public sealed record FreeDay(LocalDate Day, IReadOnlyList<Slot> Slots, Slot? First)
{
    /// <summary>Reads the day that is asked for, or the one with the first free hour.</summary>
    public static async Task<FreeDay> ReadAsync(PortalDbContext db, Agenda agenda, SlotRequest request, LocalDate? wanted, CancellationToken cancel)
    {
        var first = (await db.FirstSlotsAsync(agenda, request, request.Today, 1, cancel)).FirstOrDefault();
        var day = wanted is { } w && w >= request.Today && w <= request.LastDay ? w : first?.Start.Date ?? request.Today;
        return new FreeDay(day, await db.SlotsAsync(agenda, request, day, day, cancel), first);
    }
}
