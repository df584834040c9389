using NodaTime;
using SelfService.Core.Appointments;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>Something that takes time: an appointment, a session with everybody who comes, an offer, or a block.</summary>
/// <param name="From">When it begins, without the time that is held before.</param>
/// <param name="To">When it ends, without the time that is held after.</param>
/// <param name="Appointments">One, everybody of a session, or none.</param>
/// <param name="Block">Null for anything but a block.</param>
/// <param name="Seats">Seats of a session; 0 for anything else.</param>
/// <param name="Zone">The clock of the column.</param>
public sealed record AgendaEntry(HoldReason Reason, Instant From, Instant To, IReadOnlyList<AgendaAppointment> Appointments, Block? Block, int Seats, DateTimeZone Zone)
{
    /// <summary>The appointment, or the first of a session; null where there is none.</summary>
    public AgendaAppointment? First => Appointments.Count > 0 ? Appointments[0] : null;

    /// <summary>Seats of a session that are taken.</summary>
    public int Taken => Appointments.Sum(a => a.Seats);

    /// <summary>On the clock of the column.</summary>
    public LocalDateTime LocalFrom => From.InZone(Zone).LocalDateTime;

    /// <inheritdoc cref="LocalFrom"/>
    public LocalDateTime LocalTo => To.InZone(Zone).LocalDateTime;

    /// <summary>What takes the time of one person or room, in order.</summary>
    public static IReadOnlyList<AgendaEntry> Of(BusyAgenda busy, string resource, DateTimeZone zone) =>
    [
        .. busy.Holds.Where(h => h.Resource == resource).GroupBy(h => h.HolderId).Select(holder => Of(busy, [.. holder], zone)).OrderBy(e => e.From).ThenBy(e => e.To),
    ];

    /// <summary>Appointments that none of some people and rooms gives, in order.</summary>
    public static IReadOnlyList<AgendaEntry> Others(BusyAgenda busy, IReadOnlyCollection<string> resources, DateTimeZone zone) =>
    [
        .. busy.Appointments.Where(a => !a.Resources.Any(r => resources.Contains(r.Key)))
            .Select(a => new AgendaEntry(HoldReason.Appointment, Instant.FromDateTimeUtc(a.StartsAt), Instant.FromDateTimeUtc(a.EndsAt), [a], null, 0, zone)),
    ];

    private static AgendaEntry Of(BusyAgenda busy, IReadOnlyList<BusyHold> holds, DateTimeZone zone)
    {
        var first = holds[0];
        var appointments = busy.Appointments.Where(a => (a.SessionId ?? a.Id) == first.HolderId).ToList();
        var (from, to) = appointments.Count > 0
            ? (Instant.FromDateTimeUtc(appointments[0].StartsAt), Instant.FromDateTimeUtc(appointments[0].EndsAt))
            : (Grain.Start(holds.Min(h => h.FromGrain)), Grain.Start(holds.Max(h => h.ToGrain)));
        return new AgendaEntry(first.Reason, from, to, appointments, first.Block, first.Seats, zone);
    }
}
