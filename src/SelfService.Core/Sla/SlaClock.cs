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

    /// <summary>How much of the policy's hours lies between two moments; nothing where the second is not later.</summary>
    /// <param name="from">UTC.</param>
    /// <param name="to">UTC.</param>
    public TimeSpan Between(DateTime from, DateTime to, SlaHours hours)
    {
        if (to <= from)
        {
            return TimeSpan.Zero;
        }

        if (hours == SlaHours.Always || company.OpeningHours.Week.Count == 0)
        {
            return to - from;
        }

        var (at, end, worked) = (Instant.FromDateTimeUtc(from), Instant.FromDateTimeUtc(to), Duration.Zero);
        while (at < end)
        {
            var state = company.OpeningHours.At(at);
            var until = state.Changes?.ToInstant() is { } changes && changes < end ? changes : end;
            worked += state.IsOpen ? until - at : Duration.Zero;
            at = until;
        }

        return worked.ToTimeSpan();
    }

    /// <summary>The same time of the day, so many open days later; a company without opening hours counts every day.</summary>
    /// <param name="from">UTC.</param>
    /// <returns>UTC.</returns>
    public DateTime AfterOpenDays(DateTime from, int days)
    {
        var local = Instant.FromDateTimeUtc(from).InZone(company.TimeZone).LocalDateTime;
        var date = local.Date;
        for (var left = days; left > 0;)
        {
            date = date.PlusDays(1);
            // Closed for a year: the hours are wrong, and a date is owed all the same.
            left -= company.OpeningHours.Week.Count == 0 || company.OpeningHours.HoursOn(date) is not null || (date - local.Date).Days > 366 ? 1 : 0;
        }

        return company.TimeZone.AtLeniently(date + local.TimeOfDay).ToDateTimeUtc();
    }

    /// <summary>When a day ends at the company: the later of the day of <paramref name="now"/> and <paramref name="day"/>.</summary>
    /// <returns>UTC.</returns>
    public DateTime EndOfDay(DateTime now, DateOnly? day)
    {
        var today = Instant.FromDateTimeUtc(now).InZone(company.TimeZone).Date;
        var last = day is { } wanted && LocalDate.FromDateOnly(wanted) > today ? LocalDate.FromDateOnly(wanted) : today;
        return company.TimeZone.AtStartOfDay(last.PlusDays(1)).ToDateTimeUtc();
    }
}
