using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments.Waiting;

/// <summary>How waiting lists are looked up.</summary>
public static class WaitingQueries
{
    /// <summary>The entry of a ticket, to be looked at; null where the ticket has none.</summary>
    public static Task<WaitingEntry?> WaitingAsync(this PortalDbContext db, Guid ticketId, CancellationToken cancel) =>
        db.WaitingEntries.AsNoTracking().SingleOrDefaultAsync(w => w.TicketId == ticketId, cancel);

    /// <summary>Everybody who is on a list, in the order in which hours are offered.</summary>
    public static IQueryable<WaitingEntry> OnTheList(this IQueryable<WaitingEntry> entries) =>
        entries.Where(w => w.Status == WaitingStatus.Waiting || w.Status == WaitingStatus.Offered).OrderBy(w => w.JoinedAt).ThenBy(w => w.Id);

    /// <summary>Whether who would give what is kept for her was blocked meanwhile.</summary>
    internal static async Task<bool> IsOfferBlockedAsync(this PortalDbContext db, Agenda agenda, WaitingEntry entry, CancellationToken cancel)
    {
        if (entry.OfferStart is not { } start || agenda.Service(entry.Service) is not { } service)
        {
            return false;
        }

        var grain = Grain.Of(Instant.FromDateTimeUtc(start));
        var (from, to) = (grain - Grain.Count(service.Before), grain + Grain.Count(service.Duration) + Grain.Count(service.After));
        return await db.HeldOf([.. entry.OfferResources.Select(r => r.Key)], from, to).AnyAsync(h => h.Reason == HoldReason.Block, cancel);
    }

    /// <summary>The first free hour in some days and a part of the day; null where there is none.</summary>
    public static async Task<Slot?> FirstWantedAsync(
        this PortalDbContext db, Agenda agenda, SlotRequest request, LocalDate first, LocalDate last, DayPart part, CancellationToken cancel) =>
        (await db.SlotsAsync(agenda, request, first, last, cancel)).FirstOrDefault(s => part.Includes(s.Start.TimeOfDay));
}
