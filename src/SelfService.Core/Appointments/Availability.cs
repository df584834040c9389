using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments;

/// <summary>What is free, as the database knows it at that instant.</summary>
public static class Availability
{
    /// <summary>Days on each side over which work is spread between people.</summary>
    internal const int SpreadDays = 7;

    /// <summary>Free times over some local days, within notice and horizon.</summary>
    /// <param name="from">First local day wanted.</param>
    /// <param name="to">Last local day wanted.</param>
    public static async Task<IReadOnlyList<Slot>> SlotsAsync(this PortalDbContext db, Agenda agenda, SlotRequest request, LocalDate from, LocalDate to, CancellationToken cancel)
    {
        var (first, last) = (LocalDate.Max(from, request.Today), LocalDate.Min(to, request.LastDay));
        if (first > last)
        {
            return [];
        }

        var free = await db.FreeTimeAsync(agenda, request, first, last, cancel);
        return [.. free.Slots(first, last, request.Earliest, request.Seats)];
    }

    /// <summary>The first free times from a local day on.</summary>
    /// <param name="count">How many at most.</param>
    public static async Task<IReadOnlyList<Slot>> FirstSlotsAsync(this PortalDbContext db, Agenda agenda, SlotRequest request, LocalDate from, int count, CancellationToken cancel)
    {
        var found = new List<Slot>();
        const int step = 14;
        for (var day = LocalDate.Max(from, request.Today); day <= request.LastDay && found.Count < count; day = day.PlusDays(step))
        {
            found.AddRange(await db.SlotsAsync(agenda, request, day, day.PlusDays(step - 1), cancel));
        }

        return [.. found.Take(count)];
    }

    /// <summary>The free times nearest to one that was wanted, in the order of the clock.</summary>
    public static async Task<IReadOnlyList<Slot>> NearestSlotsAsync(this PortalDbContext db, Agenda agenda, SlotRequest request, Instant wanted, int count, CancellationToken cancel)
    {
        var day = wanted.InZone(request.Place.Zone).Date;
        var near = await db.SlotsAsync(agenda, request, day.PlusDays(-SpreadDays), day.PlusDays(SpreadDays), cancel);
        var found = near.Count >= count ? near : await db.FirstSlotsAsync(agenda, request, request.Today, count, cancel);
        return [.. found.OrderBy(s => Duration.Max(s.Start.ToInstant() - wanted, wanted - s.Start.ToInstant())).Take(count).OrderBy(s => s.Start.ToInstant())];
    }

    /// <summary>Reads what is busy on some local days.</summary>
    /// <param name="around">Days on each side that are read too, to know who has worked least.</param>
    internal static async Task<FreeTime> FreeTimeAsync(
        this PortalDbContext db, Agenda agenda, SlotRequest request, LocalDate from, LocalDate to, CancellationToken cancel, int around = 1)
    {
        var (service, place) = (request.Service, request.Place);
        var keys = service.Needs.SelectMany(need => agenda.Able(need, place)).Select(r => r.Key).Distinct().ToList();
        var (first, last) = (Grain.Of(place.Zone.AtStartOfDay(from.PlusDays(-around)).ToInstant()), Grain.After(place.Zone.AtStartOfDay(to.PlusDays(around + 1)).ToInstant()));
        var busy = await db.BusyAsync(keys, first, last, request.Moving, cancel);
        var sessions = service.IsShared
            ? await db.SharedSessions.AsNoTracking().Where(s => s.Service == service.Slug && s.Place == place.Key && s.StartGrain >= first && s.StartGrain < last).ToListAsync(cancel)
            : [];
        return new FreeTime(agenda, service, place, from, to, busy, sessions, request.Person);
    }

    /// <summary>When some people and rooms are busy between two grains.</summary>
    /// <param name="except">Whose holds do not count; null for nobody's.</param>
    internal static Task<List<Busy>> BusyAsync(this PortalDbContext db, IReadOnlyCollection<string> resources, int from, int to, Guid? except, CancellationToken cancel) =>
        db.HeldOf(resources, from, to).Where(h => except == null || h.HolderId != except).Select(h => new Busy(h.Resource, h.Unit, h.FromGrain, h.ToGrain, h.Reason != HoldReason.Block)).ToListAsync(cancel);

    /// <summary>Everything held of some people and rooms between two grains.</summary>
    internal static IQueryable<Hold> HeldOf(this PortalDbContext db, IReadOnlyCollection<string> resources, int from, int to)
    {
        // No hold is longer, so that the index can be entered near the beginning.
        var earliest = from - (Hold.MaxDays * 24 * 60 / Grain.Minutes);
        return db.Holds.Where(h => resources.Contains(h.Resource) && h.FromGrain < to && h.FromGrain > earliest && h.ToGrain > from);
    }
}

/// <summary>A time in which a person or a unit of a room is not free.</summary>
/// <param name="FromGrain">First grain, see <see cref="Grain"/>.</param>
/// <param name="ToGrain">Grain after the last.</param>
/// <param name="IsWork">Whether it counts as work; being away does not.</param>
public readonly record struct Busy(string Resource, int Unit, int FromGrain, int ToGrain, bool IsWork);

/// <summary>Whose free time is wanted.</summary>
/// <param name="Now">The moment of asking.</param>
/// <param name="Person">Key of the only person wanted; null for anybody.</param>
/// <param name="Seats">Seats wanted.</param>
/// <param name="ByStaff">Staff book without notice and beyond the horizon.</param>
/// <param name="Moving">The appointment that would be moved: what it holds itself is free for it. Null for a new one.</param>
public sealed record SlotRequest(Service Service, Place Place, Instant Now, string? Person = null, int Seats = 1, bool ByStaff = false, Guid? Moving = null)
{
    /// <summary>The local day of asking.</summary>
    public LocalDate Today => Now.InZone(Place.Zone).Date;

    /// <summary>Last local day that can be booked.</summary>
    public LocalDate LastDay => Today.PlusDays(ByStaff ? Appointments.Service.MaxHorizonDays : Service.HorizonDays);

    /// <summary>Earliest moment that can be booked.</summary>
    public Instant Earliest => ByStaff ? Now : Now + Duration.FromTimeSpan(Service.Notice);
}
