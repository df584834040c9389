using System.Globalization;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments;

/// <summary>Several appointments in a row, each so many weeks or months after the one before.</summary>
/// <param name="Times">How many, with the first; at least 2.</param>
/// <param name="Every">Whole weeks or months.</param>
public sealed record Recurrence(int Times, Period Every)
{
    /// <summary>Distances that are offered.</summary>
    public static readonly IReadOnlyList<Period> Distances =
        [Period.FromWeeks(1), Period.FromWeeks(2), Period.FromMonths(1), Period.FromMonths(2), Period.FromMonths(3), Period.FromMonths(6)];

    /// <summary>A distance as addresses and forms write it: <c>2s</c>, <c>3m</c>.</summary>
    public static string Write(Period every) => every.Months > 0 ? string.Create(CultureInfo.InvariantCulture, $"{every.Months}m") : string.Create(CultureInfo.InvariantCulture, $"{every.Weeks}s");

    /// <summary>What <see cref="Write"/> wrote, if it is offered; null for anything else.</summary>
    public static Period? Read(string? text) => Distances.FirstOrDefault(d => Write(d) == text);

    /// <summary>The local hours that follow the first. Counted from the first, so that the 31st stays the 31st where there is one.</summary>
    public IEnumerable<LocalDateTime> Following(LocalDateTime first)
    {
        var step = Period.Zero;
        for (var i = 1; i < Times; i++)
        {
            step += Every;
            yield return first.Plus(step);
        }
    }
}

/// <summary>One appointment of a series that is proposed.</summary>
/// <param name="Wanted">The local hour that follows from the first.</param>
/// <param name="Slot">A free time near to it; null where there is none within a week.</param>
public sealed record SeriesVisit(LocalDateTime Wanted, Slot? Slot)
{
    /// <summary>Whether the hour itself is free.</summary>
    public bool IsWanted => Slot?.Start.LocalDateTime == Wanted;
}

/// <summary>Finds free times for a series.</summary>
public static class SeriesProposal
{
    // Whoever has made herself free in the mornings would rather come another day than in the evening, as long as it is near.
    private static readonly Duration SameHourWithin = Duration.FromDays(4);

    /// <summary>For each appointment that follows the first, the same local hour that day or the nearest day; where there is none, the free hour nearest to it.</summary>
    public static async Task<IReadOnlyList<SeriesVisit>> ProposeAsync(
        this PortalDbContext db, Agenda agenda, SlotRequest request, Instant first, Recurrence recurrence, CancellationToken cancel)
    {
        var zone = request.Place.Zone;
        var visits = new List<SeriesVisit>();
        foreach (var wanted in recurrence.Following(first.InZone(zone).LocalDateTime))
        {
            var near = await db.SlotsAsync(agenda, request, wanted.Date.PlusDays(-Availability.SpreadDays), wanted.Date.PlusDays(Availability.SpreadDays), cancel);
            var at = zone.AtLeniently(wanted).ToInstant();
            Duration Away(Slot slot) => Duration.Max(slot.Start.ToInstant() - at, at - slot.Start.ToInstant());
            visits.Add(new SeriesVisit(wanted, near.Where(s => s.Start.TimeOfDay == wanted.TimeOfDay && Away(s) < SameHourWithin).MinBy(Away) ?? near.MinBy(Away)));
        }

        return visits;
    }
}
