using NodaTime;

namespace SelfService.Core.Tickets.Team;

/// <summary>How many tickets a day will bring.</summary>
/// <param name="Low">Four of five days bring at least that and at most <paramref name="High"/>.</param>
public sealed record ForecastDay(LocalDate Date, double Expected, double Low, double High);

/// <summary>
/// Forecasts how many tickets come, from what the same days of the week brought: simple exponential smoothing for each day of the week on its own
/// (Brown 1959; Hyndman and Athanasopoulos, Forecasting, 3rd ed., 8.1), and an interval of 80 % from the errors it would have made one step ahead
/// (ibid., 5.5). Days on which the company was closed do not teach about open ones.
/// </summary>
public static class ArrivalForecast
{
    /// <summary>Weeks it has to have seen.</summary>
    public const int LeastWeeks = 4;

    /// <summary>Weeks it looks at.</summary>
    public const int Weeks = 12;

    private const double Weight = 0.3;

    /// <summary>The days that follow.</summary>
    /// <param name="counts">Tickets of each past day; a missing one is a day without any.</param>
    /// <param name="firstSeen">First day that was counted.</param>
    /// <param name="from">First day to be forecast; the days before it were counted.</param>
    /// <param name="isOpen">Whether the company works on a day.</param>
    /// <param name="days">How many days.</param>
    /// <returns>Empty where there are fewer than <see cref="LeastWeeks"/> weeks to learn from.</returns>
    public static IReadOnlyList<ForecastDay> Of(IReadOnlyDictionary<LocalDate, int> counts, LocalDate firstSeen, LocalDate from, Func<LocalDate, bool> isOpen, int days = 7)
    {
        var start = LocalDate.Max(firstSeen, from.PlusWeeks(-Weeks));
        if (Period.DaysBetween(start, from) < LeastWeeks * 7)
        {
            return [];
        }

        var (levels, errors) = (new Dictionary<(IsoDayOfWeek, bool), double>(), new List<double>());
        for (var date = start; date < from; date = date.PlusDays(1))
        {
            var (key, count) = ((date.DayOfWeek, isOpen(date)), counts.GetValueOrDefault(date));
            if (levels.TryGetValue(key, out var level))
            {
                // Of different days the errors are compared by what chance alone would do: a count varies with its root.
                errors.Add((count - level) / Math.Sqrt(Math.Max(1, level)));
                levels[key] = level + (Weight * (count - level));
            }
            else
            {
                levels[key] = count;
            }
        }

        errors.Sort();
        return [.. Enumerable.Range(0, days).Select(n => Day(from.PlusDays(n)))];

        ForecastDay Day(LocalDate date)
        {
            // A holiday on a day that never was one is like the closed days there were, or like no day at all.
            var closed = levels.Where(l => !l.Key.Item2).Select(l => l.Value).DefaultIfEmpty(0).Average();
            var level = levels.TryGetValue((date.DayOfWeek, isOpen(date)), out var known) ? known : isOpen(date) ? levels.Values.Average() : closed;
            var spread = Math.Sqrt(Math.Max(1, level));
            return new ForecastDay(date, level, Math.Max(0, level + (Quantile(0.1) * spread)), Math.Max(0, level + (Quantile(0.9) * spread)));
        }

        double Quantile(double share) => errors[(int)Math.Round(share * (errors.Count - 1))];
    }
}
