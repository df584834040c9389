using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Cases.Appointments;

/// <summary>The next days with free hours, on the customer's clock.</summary>
/// <param name="Later">Where the next days begin; null at the end.</param>
/// <param name="HasEarlier">Whether there are days before those.</param>
public sealed record FreeDays(IReadOnlyList<(LocalDate Day, IReadOnlyList<Slot> Slots)> Days, LocalDate? Later, bool HasEarlier)
{
    private const int DaysShown = 14;
    private const int DaysRead = 28;

    /// <summary>No day.</summary>
    public static readonly FreeDays None = new([], null, false);

    /// <summary>Reads them.</summary>
    /// <param name="clock">The customer's clock.</param>
    /// <param name="wanted">Where to begin; null for today.</param>
    /// <param name="except">The hour that she has already, UTC.</param>
    public static async Task<FreeDays> ReadAsync(PortalDbContext db, Agenda agenda, SlotRequest request, DateTimeZone clock, LocalDate? wanted, CancellationToken cancel, DateTime? except = null)
    {
        var from = LocalDate.Max(wanted ?? request.Today, request.Today);
        var found = new List<Slot>();
        var read = from;
        for (; read <= request.LastDay && found.Select(s => s.Start.Date).Distinct().Count() < DaysShown; read = read.PlusDays(DaysRead))
        {
            found.AddRange((await db.SlotsAsync(agenda, request, read, read.PlusDays(DaysRead - 1), cancel)).Where(s => s.Start.ToDateTimeUtc() != except));
        }

        // Shown by the customer's days, gone through by those of the place.
        var shown = found.GroupBy(s => s.Start.Date).OrderBy(d => d.Key).Take(DaysShown).ToList();
        LocalDate? later = shown.Count > 0 && shown[^1].Key.PlusDays(1) is var next && next <= request.LastDay && (found.Exists(s => s.Start.Date >= next) || read <= request.LastDay) ? next : null;
        var days = shown.SelectMany(d => d).GroupBy(s => s.Start.WithZone(clock).Date).Select(d => (d.Key, (IReadOnlyList<Slot>)[.. d]));
        return new FreeDays([.. days], later, from > request.Today);
    }
}
