using NodaTime;

namespace SelfService.Core.Appointments;

/// <summary>
/// The free times of one service at one place over some days, from what is busy. It asks nobody and changes nothing, so what it
/// offers is what booking accepts: both use it.
/// </summary>
public sealed class FreeTime
{
    private readonly Service service;
    private readonly Place place;
    private readonly IReadOnlyDictionary<int, SharedSession> sessions;
    private readonly IReadOnlyList<Busy> blocked;
    private readonly List<(Need Need, List<Able> Able)> needs;

    /// <param name="from">First local day.</param>
    /// <param name="to">Last local day.</param>
    /// <param name="busy">Everything that is held of the resources of the service, for at least those days.</param>
    /// <param name="sessions">Sessions of a shared service on those days.</param>
    /// <param name="person">Key of the only person wanted; null for anybody.</param>
    public FreeTime(Agenda agenda, Service service, Place place, LocalDate from, LocalDate to, IReadOnlyList<Busy> busy, IReadOnlyList<SharedSession> sessions, string? person = null)
    {
        (this.service, this.place) = (service, place);
        this.sessions = sessions.ToDictionary(s => s.StartGrain);
        blocked = [.. busy.Where(b => !b.IsWork)];
        // Neighbouring days too: buffers reach over midnight, and local days are not those of UTC.
        var (first, last) = (Grain.Of(place.Zone.AtStartOfDay(from.PlusDays(-1)).ToInstant()), Grain.After(place.Zone.AtStartOfDay(to.PlusDays(2)).ToInstant()));
        var byResource = busy.ToLookup(b => b.Resource);
        // Most have the hours of the place; those are worked out once.
        var works = new Dictionary<OpenTimes, GrainMap>();
        needs =
        [
            .. service.Needs.Select(need => (need, agenda.Able(need, place)
                .Where(r => person is null || r.Kind != ResourceKind.Person || r.Key == person)
                .Select(r => new Able(r, byResource[r.Key], Works(r.Hours ?? place.Hours), first, last)).ToList())),
        ];

        GrainMap Works(OpenTimes hours)
        {
            if (!works.TryGetValue(hours, out var map))
            {
                works[hours] = map = new GrainMap(first, last);
                foreach (var span in hours.Within(place.Zone, from.PlusDays(-1), to.PlusDays(1)))
                {
                    map.Set(Grain.After(span.Start), Grain.Of(span.End));
                }
            }

            return map;
        }
    }

    /// <summary>Beginnings between two moments that can be booked, in order. An hour that does not exist is none, one that comes twice is two.</summary>
    /// <param name="earliest">Not before, such as the notice that is needed.</param>
    /// <param name="from">First local day.</param>
    /// <param name="to">Last local day.</param>
    /// <param name="seats">Seats wanted.</param>
    public IEnumerable<Slot> Slots(LocalDate from, LocalDate to, Instant earliest, int seats = 1)
    {
        for (var day = from; day <= to; day = day.PlusDays(1))
        {
            foreach (var start in StartsOn(day).Where(start => start.ToInstant() >= earliest))
            {
                if (SeatsLeft(start.ToInstant()) is var left && left >= seats)
                {
                    yield return new Slot(start, service.Duration, left);
                }
            }
        }
    }

    /// <summary>Every possible beginning of a local day, in order, free or not.</summary>
    public IEnumerable<ZonedDateTime> StartsOn(LocalDate day)
    {
        var open = place.Hours.Within(place.Zone, day, day).ToList();
        var starts =
            from span in (service.Hours ?? place.Hours).On(day)
            from minute in Steps(span)
            let map = place.Zone.MapLocal(day + LocalTime.Midnight.PlusMinutes(minute))
            from start in Readings(map)
            let end = start.ToInstant() + Duration.FromTimeSpan(service.Duration)
            // Its own hours on the clock, and those of the place in time that passes.
            where open.Any(interval => interval.Start <= start.ToInstant() && end <= interval.End)
            select start;
        return starts.OrderBy(start => start.ToInstant());

        IEnumerable<int> Steps(Company.DayHours span)
        {
            var (last, step) = (Minutes(span.Closes) - (int)service.Duration.TotalMinutes, (int)service.Every.TotalMinutes);
            for (var minute = Minutes(span.Opens); minute <= last; minute += step)
            {
                yield return minute;
            }
        }

        static int Minutes(LocalTime time) => (time.Hour * 60) + time.Minute;

        static IEnumerable<ZonedDateTime> Readings(NodaTime.TimeZones.ZoneLocalMapping map) => map.Count switch
        {
            0 => [],
            1 => [map.Single()],
            _ => [map.First(), map.Last()],
        };
    }

    /// <summary>Seats that can be booked at a beginning; 1 or 0 for a service that is not shared.</summary>
    public int SeatsLeft(Instant start) => sessions.GetValueOrDefault(Grain.Of(start)) is { Taken: > 0 } session
        ? IsBlocked(session) ? 0 : session.Seats - session.Taken
        : needs.All(need => Free(need.Able, start).Take(need.Need.Count).Count() == need.Need.Count) ? service.Seats : 0;

    /// <summary>Who and what takes the appointment that begins then: of all who could, those with the least work around that day.</summary>
    /// <param name="tie">Decides between equals, so that not always the same are first.</param>
    /// <returns>Null when somebody or something is missing.</returns>
    public IReadOnlyList<HeldResource>? Choose(Instant start, Guid tie)
    {
        var chosen = new List<HeldResource>();
        foreach (var (need, able) in needs)
        {
            var best = Free(able, start).OrderBy(f => f.Able.Load).ThenBy(f => HashCode.Combine(tie, f.Able.Resource.Key)).Take(need.Count).ToList();
            if (best.Count < need.Count)
            {
                return null;
            }

            chosen.AddRange(best.Select(f => new HeldResource(f.Able.Resource.Key, f.Able.Resource.Kind, f.Able.Resource.Name, f.Unit)));
        }

        // Always taken in the same order, so that two who want the same wait once and not crosswise.
        return [.. chosen.OrderBy(r => r.Key, StringComparer.Ordinal)];
    }

    // Whoever comes already has to be told; nobody else joins them.
    private bool IsBlocked(SharedSession session)
    {
        var (from, to) = (session.StartGrain, session.StartGrain + Grain.Count(service.Duration));
        return blocked.Any(b => b.FromGrain < to && b.ToGrain > from && session.Resources.Any(r => r.Key == b.Resource && r.Unit == b.Unit));
    }

    private IEnumerable<(Able Able, int Unit)> Free(List<Able> able, Instant start)
    {
        var (from, to) = (Grain.Of(start), Grain.Of(start) + Grain.Count(service.Duration));
        var (heldFrom, heldTo) = (from - Grain.Count(service.Before), to + Grain.Count(service.After));
        return able.Where(a => a.Works.All(from, to)).Select(a => (Able: a, Unit: a.FreeUnit(heldFrom, heldTo))).Where(f => f.Unit >= 0);
    }

    private sealed class Able
    {
        private readonly GrainMap[] busy;

        public Able(Resource resource, IEnumerable<Busy> spans, GrainMap works, int first, int last)
        {
            (Resource, Works) = (resource, works);
            busy = [.. Enumerable.Range(0, resource.Units).Select(_ => new GrainMap(first, last))];
            foreach (var span in spans.Where(s => s.Unit < resource.Units))
            {
                busy[span.Unit].Set(span.FromGrain, span.ToGrain);
                Load += span.IsWork ? span.ToGrain - span.FromGrain : 0;
            }
        }

        public Resource Resource { get; }

        public GrainMap Works { get; }

        /// <summary>Grains that are booked on the days that were read.</summary>
        public int Load { get; }

        public int FreeUnit(int from, int to) => Array.FindIndex(busy, unit => !unit.Any(from, to));
    }
}

/// <summary>A time that can be booked.</summary>
/// <param name="Start">On the clock of the place.</param>
/// <param name="Length">How long it lasts.</param>
/// <param name="SeatsLeft">Seats of a shared one that are left; 1 otherwise.</param>
public sealed record Slot(ZonedDateTime Start, TimeSpan Length, int SeatsLeft)
{
    /// <summary>On the clock of the place.</summary>
    public ZonedDateTime End => Start + Duration.FromTimeSpan(Length);
}
