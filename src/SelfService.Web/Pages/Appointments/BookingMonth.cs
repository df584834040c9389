using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Appointments;

/// <summary>A month of free times, by day on the customer's clock.</summary>
/// <param name="Days">Days with free times; a day without any is missing.</param>
public sealed record BookingMonth(YearMonth Month, IReadOnlyDictionary<LocalDate, IReadOnlyList<Slot>> Days, YearMonth First, YearMonth Last)
{
    private const int WeekDays = 7;

    /// <summary>The month before, where it can be booked.</summary>
    public YearMonth? Before => Month.CompareTo(First) > 0 ? Month.PlusMonths(-1) : null;

    /// <summary>The month after, where it can be booked.</summary>
    public YearMonth? After => Month.CompareTo(Last) < 0 ? Month.PlusMonths(1) : null;

    /// <summary>Reads the free times of a month, moved into what can be booked.</summary>
    public static async Task<BookingMonth> ReadAsync(PortalDbContext db, Agenda agenda, BookingChoice choice, YearMonth wanted, Instant now, CancellationToken cancel)
    {
        var request = choice.Request(now);
        var (first, last) = (now.InZone(choice.Clock).Date.ToYearMonth(), request.LastDay.ToYearMonth());
        var month = wanted.CompareTo(first) < 0 ? first : wanted.CompareTo(last) > 0 ? last : wanted;
        // A day on another clock begins and ends in those beside it.
        var slots = await db.SlotsAsync(agenda, request, month.OnDayOfMonth(1).PlusDays(-1), month.ToDateInterval().End.PlusDays(1), cancel);
        var days = slots.GroupBy(s => s.Start.WithZone(choice.Clock).Date).Where(day => day.Key.ToYearMonth() == month);
        return new BookingMonth(month, days.ToDictionary(day => day.Key, day => (IReadOnlyList<Slot>)[.. day]), first, last);
    }

    /// <summary>The weeks of the month from Monday on; null for days of its neighbours.</summary>
    public IEnumerable<LocalDate?[]> Weeks()
    {
        var (first, last) = (Month.OnDayOfMonth(1), Month.ToDateInterval().End);
        for (var monday = first.PlusDays(1 - (int)first.DayOfWeek); monday <= last; monday = monday.PlusWeeks(1))
        {
            yield return [.. Enumerable.Range(0, WeekDays).Select(monday.PlusDays).Select(day => day.ToYearMonth() == Month ? (LocalDate?)day : null)];
        }
    }
}
