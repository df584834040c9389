using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments;

/// <summary>How much of what could be booked was, and what became of it.</summary>
public static class Capacity
{
    /// <summary>Longest period of a report, in days.</summary>
    public const int MaxDays = 92;

    [Flags]
    private enum State : byte
    {
        None = 0,
        Open = 1,
        Booked = 2,
        Blocked = 4,
    }

    /// <summary>Reads some local days of everybody, each on the clock of the first place where they are.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, at most <see cref="MaxDays"/> from the first on.</param>
    /// <returns>A row for each person and room, for each place and for each service, in the order of the agenda.</returns>
    public static async Task<CapacityReport> CapacityAsync(this PortalDbContext db, Agenda agenda, LocalDate from, LocalDate to, CancellationToken cancel)
    {
        var resources = agenda.Resources.Where(r => r.Places.Count > 0).ToList();
        // Every clock of the world is within a day of UTC's.
        var (first, last) = (from.PlusDays(-1).AtMidnight().InUtc().ToInstant(), to.PlusDays(2).AtMidnight().InUtc().ToInstant());
        var held = (await db.HeldOf([.. resources.Select(r => r.Key)], Grain.Of(first), Grain.After(last))
            .Select(h => new { h.Resource, h.Unit, h.FromGrain, h.ToGrain, h.Reason }).ToListAsync(cancel)).ToLookup(h => h.Resource);
        var (earliest, latest) = (first.ToDateTimeUtc(), last.ToDateTimeUtc());
        var appointments = (await db.Appointments.AsNoTracking().Where(a => a.StartsAt >= earliest && a.StartsAt < latest)
            .Select(a => new Given(a.Service, a.Title, a.Place, a.LocalStart, a.StartsAt, a.EndsAt, a.Status, a.Id, a.SessionId, a.Resources)).ToListAsync(cancel))
            .Where(a => a.LocalStart.Date >= from && a.LocalStart.Date <= to).ToList();

        var byResource = new List<CapacityRow>();
        foreach (var resource in resources)
        {
            var place = agenda.Place(resource.Places[0])!;
            var hours = new Hours(resource, place, from, to);
            foreach (var hold in held[resource.Key])
            {
                hours.Hold(hold.Unit, hold.FromGrain, hold.ToGrain, hold.Reason == HoldReason.Block);
            }

            byResource.Add(hours.Row(new CapacityRow(resource.Key, resource.Name) { Place = place.Key }).With(appointments.Where(a => a.Resources.Any(r => r.Key == resource.Key))));
        }

        var byPlace = agenda.Places.Select(place => byResource.Where(r => r.Place == place.Key)
            .Aggregate(new CapacityRow(place.Key, place.Name) { Place = place.Key }, (sum, r) => sum.Plus(r)).With(appointments.Where(a => a.Place == place.Key)));
        var byService = agenda.Services.Select(s => (Key: s.Slug, s.Title))
            // What was booked and is not offered any more counts all the same.
            .Concat(appointments.Select(a => (Key: a.Service, a.Title))).DistinctBy(s => s.Key)
            .Select(service => new CapacityRow(service.Key, service.Title).With(appointments.Where(a => a.Service == service.Key)));
        return new CapacityReport([.. byResource], [.. byPlace], [.. byService]);
    }

    private static CapacityRow With(this CapacityRow row, IEnumerable<Given> appointments)
    {
        var all = appointments.ToList();
        return row with
        {
            GivenMinutes = all.Where(a => a.Status != AppointmentStatus.Cancelled).DistinctBy(a => a.SessionId ?? a.Id).Sum(a => (int)(a.EndsAt - a.StartsAt).TotalMinutes),
            Appointments = all.Count,
            Attended = all.Count(a => a.Status == AppointmentStatus.Attended),
            Missed = all.Count(a => a.Status == AppointmentStatus.Missed),
            Cancelled = all.Count(a => a.Status == AppointmentStatus.Cancelled),
        };
    }

    private sealed record Given(
        string Service, string Title, string Place, LocalDateTime LocalStart, DateTime StartsAt, DateTime EndsAt, AppointmentStatus Status, Guid Id, Guid? SessionId, IReadOnlyList<HeldResource> Resources);

    // What every grain of every unit is.
    private sealed class Hours
    {
        private readonly State[][] units;
        private readonly int first;

        public Hours(Resource resource, Place place, LocalDate from, LocalDate to)
        {
            first = Grain.Of(place.Zone.AtStartOfDay(from).ToInstant());
            var length = Grain.After(place.Zone.AtStartOfDay(to.PlusDays(1)).ToInstant()) - first;
            units = [.. Enumerable.Range(0, resource.Units).Select(_ => new State[length])];
            foreach (var span in (resource.Hours ?? place.Hours).Within(place.Zone, from, to))
            {
                for (var unit = 0; unit < units.Length; unit++)
                {
                    Set(unit, Grain.After(span.Start), Grain.Of(span.End), State.Open);
                }
            }
        }

        public void Hold(int unit, int from, int to, bool isBlock)
        {
            if (unit < units.Length)
            {
                Set(unit, from, to, isBlock ? State.Blocked : State.Booked);
            }
        }

        public CapacityRow Row(CapacityRow row)
        {
            var (open, booked, blocked, free) = (0, 0, 0, 0);
            foreach (var state in units.SelectMany(unit => unit))
            {
                var isOpen = (state & State.Open) != 0;
                open += isOpen ? 1 : 0;
                if ((state & State.Booked) != 0)
                {
                    booked++;
                }
                else if (isOpen)
                {
                    blocked += (state & State.Blocked) != 0 ? 1 : 0;
                    free += state == State.Open ? 1 : 0;
                }
            }

            return row with { OpenMinutes = open * Grain.Minutes, BookedMinutes = booked * Grain.Minutes, BlockedMinutes = blocked * Grain.Minutes, FreeMinutes = free * Grain.Minutes };
        }

        private void Set(int unit, int from, int to, State state)
        {
            for (var grain = Math.Max(from - first, 0); grain < Math.Min(to - first, units[unit].Length); grain++)
            {
                units[unit][grain] |= state;
            }
        }
    }
}

/// <summary>The same period by person and room, by place and by service.</summary>
public sealed record CapacityReport(IReadOnlyList<CapacityRow> ByResource, IReadOnlyList<CapacityRow> ByPlace, IReadOnlyList<CapacityRow> ByService);

/// <summary>One line of the report. A place has the hours of everybody and everything that is there first; a service has none of its own.</summary>
/// <param name="Key">Key of what it is about.</param>
public sealed record CapacityRow(string Key, string Name)
{
    /// <summary>Key of the place; empty for a service.</summary>
    public string Place { get; init; } = "";

    /// <summary>Minutes that could be booked, over all units.</summary>
    public int OpenMinutes { get; init; }

    /// <summary>Minutes that are held, with the time before and after.</summary>
    public int BookedMinutes { get; init; }

    /// <summary>Open minutes that are blocked and not booked.</summary>
    public int BlockedMinutes { get; init; }

    /// <summary>Open minutes that are left.</summary>
    public int FreeMinutes { get; init; }

    /// <summary>Minutes of appointments themselves, a session once.</summary>
    public int GivenMinutes { get; init; }

    /// <summary>All that were booked, also those that were cancelled.</summary>
    public int Appointments { get; init; }

    public int Attended { get; init; }

    public int Missed { get; init; }

    public int Cancelled { get; init; }

    /// <summary>Share of the open time that is free; null where nothing was open.</summary>
    public double? FreeShare => OpenMinutes > 0 ? (double)FreeMinutes / OpenMinutes : null;

    /// <summary>Both together.</summary>
    public CapacityRow Plus(CapacityRow other) => this with
    {
        OpenMinutes = OpenMinutes + other.OpenMinutes,
        BookedMinutes = BookedMinutes + other.BookedMinutes,
        BlockedMinutes = BlockedMinutes + other.BlockedMinutes,
        FreeMinutes = FreeMinutes + other.FreeMinutes,
        GivenMinutes = GivenMinutes + other.GivenMinutes,
        Appointments = Appointments + other.Appointments,
        Attended = Attended + other.Attended,
        Missed = Missed + other.Missed,
        Cancelled = Cancelled + other.Cancelled,
    };
}
