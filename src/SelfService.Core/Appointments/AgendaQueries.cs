using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments;

/// <summary>What staff see of the agenda.</summary>
public static class AgendaQueries
{
    // The longest appointment with the longest buffers.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    /// <summary>
    /// What takes the time of some people and rooms between two moments, and what was agreed at a place with anybody else. Two
    /// queries, whatever the number of people and days.
    /// </summary>
    /// <param name="resources">Keys of people and rooms.</param>
    /// <param name="place">Key of a place whose appointments are wanted too; null for none.</param>
    public static async Task<BusyAgenda> BusyAgendaAsync(
        this PortalDbContext db, IReadOnlyCollection<string> resources, string? place, Instant from, Instant to, CancellationToken cancel)
    {
        var (first, last) = (Grain.Of(from), Grain.After(to));
        var holds = await (
            from h in db.HeldOf(resources, first, last)
            join b in db.Blocks on h.HolderId equals b.Id into blocks
            from b in blocks.DefaultIfEmpty()
            join s in db.SharedSessions on h.HolderId equals s.Id into sessions
            from s in sessions.DefaultIfEmpty()
            select new BusyHold(h.HolderId, h.Reason, h.Resource, h.Unit, h.FromGrain, h.ToGrain, b, s == null ? 0 : s.Seats)).AsNoTracking().ToListAsync(cancel);
        var holders = db.HeldOf(resources, first, last).Select(h => h.HolderId);
        var (earliest, latest) = (from.ToDateTimeUtc() - Longest, to.ToDateTimeUtc());
        var booked = await db.Appointments.AsNoTracking()
            .Where(a => a.StartsAt > earliest && a.StartsAt < latest + Longest && a.Status != AppointmentStatus.Cancelled
                && (holders.Contains(a.Id) || (a.SessionId != null && holders.Contains(a.SessionId.Value)) || (a.Place == place && a.StartsAt < latest)))
            .OrderBy(a => a.StartsAt).ThenBy(a => a.Number)
            .Select(a => new AgendaAppointment(
                a.Id, a.TicketId, a.Number, a.Title, a.Service, a.Mode, a.Place, a.PlaceName, a.Zone, a.StartsAt, a.EndsAt, a.Status, a.SessionId, a.Seats, a.Resources, a.Ticket.ContactName, a.Ticket.Events.Count))
            .ToListAsync(cancel);
        return new BusyAgenda(holds, [.. booked.Where(a => a.EndsAt > from.ToDateTimeUtc() || holds.Any(h => h.HolderId == (a.SessionId ?? a.Id)))]);
    }

    /// <summary>Appointments of a person or room that overlap a time and are still to be given, in order: whoever is in charge has to move them.</summary>
    public static async Task<IReadOnlyList<AgendaAppointment>> BookedInAsync(this PortalDbContext db, Block block, CancellationToken cancel)
    {
        var busy = await db.BusyAgendaAsync([block.Resource], place: null, Instant.FromDateTimeUtc(block.StartsAt), Instant.FromDateTimeUtc(block.EndsAt), cancel);
        return [.. busy.Appointments.Where(a => a.IsOpen && busy.Holds.Any(h => h.HolderId == (a.SessionId ?? a.Id)))];
    }

    /// <summary>Standing blocks that are not over, in order, with the name of who made them.</summary>
    public static async Task<IReadOnlyList<ToldBlock>> StandingBlocksAsync(this PortalDbContext db, DateTime now, int count, CancellationToken cancel) =>
        await db.ToldBlocks(db.Blocks.Where(b => b.RemovedAt == null && b.EndsAt > now).OrderBy(b => b.StartsAt).ThenBy(b => b.Id).Take(count)).ToListAsync(cancel);

    /// <summary>A block by its id, also one that was removed; null when there is none.</summary>
    public static Task<ToldBlock?> BlockAsync(this PortalDbContext db, Guid id, CancellationToken cancel) =>
        db.ToldBlocks(db.Blocks.Where(b => b.Id == id)).SingleOrDefaultAsync(cancel);

    private static IQueryable<ToldBlock> ToldBlocks(this PortalDbContext db, IQueryable<Block> blocks) => blocks.AsNoTracking().Select(b => new ToldBlock(
        b,
        db.Users.Where(u => u.Id == b.MadeById).Select(u => u.Name).FirstOrDefault(),
        db.Users.Where(u => u.Id == b.RemovedById).Select(u => u.Name).FirstOrDefault()));
}

/// <summary>What takes time: holds, and the appointments behind them.</summary>
/// <param name="Appointments">In the order they begin, without cancelled ones.</param>
public sealed record BusyAgenda(IReadOnlyList<BusyHold> Holds, IReadOnlyList<AgendaAppointment> Appointments);

/// <summary>A time of one person or of one unit of a room that is taken.</summary>
/// <param name="Block">The block it is held for; null for anything else.</param>
/// <param name="Seats">Seats of the session it is held for; 0 for anything else.</param>
public sealed record BusyHold(Guid HolderId, HoldReason Reason, string Resource, int Unit, int FromGrain, int ToGrain, Block? Block, int Seats);

/// <summary>An appointment as the agenda shows it.</summary>
/// <param name="StartsAt">UTC.</param>
/// <param name="EndsAt">UTC.</param>
/// <param name="Customer">Name of the contact; may be empty.</param>
/// <param name="Seen">Events in the history of its ticket.</param>
public sealed record AgendaAppointment(
    Guid Id, Guid TicketId, string Number, string Title, string Service, ServiceMode Mode, string Place, string PlaceName, string Zone, DateTime StartsAt, DateTime EndsAt,
    AppointmentStatus Status, Guid? SessionId, int Seats, IReadOnlyList<HeldResource> Resources, string Customer, int Seen)
{
    /// <summary>Whether it is still to come or going on.</summary>
    public bool IsOpen => Status is AppointmentStatus.Booked or AppointmentStatus.Arrived;
}

/// <summary>A block with the names of those who made and removed it; null for accounts that are gone.</summary>
public sealed record ToldBlock(Block Block, string? MadeBy, string? RemovedBy);
