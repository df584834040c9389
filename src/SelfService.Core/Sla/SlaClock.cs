using NodaTime;
using SelfService.Core.Company;

namespace SelfService.Core.Sla;

/// <summary>Counts the hours of a policy.</summary>
public sealed class SlaClock(CompanyProfile company)
{
    /// <summary>The moment at which <paramref name="time"/> of the policy's hours has passed since <paramref name="from"/>.</summary>
    /// <param name="from">UTC.</param>
    /// <param name="time">Working time.</param>
    /// <param name="hours">Which hours count; a company without opening hours counts every hour.</param>
    /// <returns>UTC.</returns>
    public DateTime After(DateTime from, TimeSpan time, SlaHours hours)
    {
        if (hours == SlaHours.Always || company.OpeningHours.Week.Count == 0)
        {
            return from + time;
        }

        var at = Instant.FromDateTimeUtc(from);
        var left = Duration.FromTimeSpan(time);
        while (true)
        {
            var state = company.OpeningHours.At(at);
            if (state.Changes is not { } changes)
            {
                // Closed for a year: the hours are wrong, and a date is owed all the same.
                return (at + left).ToDateTimeUtc();
            }

            var until = changes.ToInstant();
            if (state.IsOpen && until - at >= left)
            {
                return (at + left).ToDateTimeUtc();
            }

            left -= state.IsOpen ? until - at : Duration.Zero;
            at = until;
        }
    }
}
