using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Sla;

namespace SelfService.Core.Orders;

/// <summary>The days on which an order can be fetched.</summary>
public sealed class CollectionDays(OrderRules rules, SlaClock sla, CompanyProfile company)
{
    /// <summary>Days that are offered, from the first on which it can be ready.</summary>
    public const int Horizon = 14;

    /// <summary>Days on which the company is open, the first on which it can be ready before all others; none where nothing is fetched.</summary>
    /// <param name="leadDays">Business days until everything is made.</param>
    /// <param name="now">UTC.</param>
    public IReadOnlyList<DateOnly> Of(int leadDays, DateTime now)
    {
        if (rules.Collection is not { } collection)
        {
            return [];
        }

        var ready = sla.AfterOpenDays(sla.After(now, collection.ReadyIn, SlaHours.Opening), leadDays);
        var first = Instant.FromDateTimeUtc(DateTime.SpecifyKind(ready, DateTimeKind.Utc)).InZone(company.TimeZone).Date;
        var days = Enumerable.Range(0, Horizon + 1).Select(first.PlusDays).Where(IsOpen).Select(day => day.ToDateOnly()).ToList();
        // Closed for two weeks: the hours are wrong, and a day is owed all the same.
        return days.Count > 0 ? days : [first.ToDateOnly()];
    }

    private bool IsOpen(LocalDate day) => company.OpeningHours.Week.Count == 0 || company.OpeningHours.HoursOn(day) is not null;
}
