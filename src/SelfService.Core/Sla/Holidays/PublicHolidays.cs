using NodaTime;

namespace SelfService.Core.Sla.Holidays;

/// <summary>
/// Public holidays by the laws of each country, for any year of the range, without asking anybody. What a government decrees for a single
/// year (bridges, a world cup, a census, an election) is no law and is not known here: a company adds such a day to its own list.
/// </summary>
public static class PublicHolidays
{
    /// <summary>Years that are known.</summary>
    public const int FirstYear = 2011, LastYear = 2049;

    private static readonly Dictionary<string, Func<int, IEnumerable<(LocalDate Date, string Name)>>> Laws = new(StringComparer.Ordinal)
    {
        ["AR"] = ArgentineHolidays.Of,
        ["CL"] = ChileanHolidays.Of,
        ["CO"] = ColombianHolidays.Of,
        ["MX"] = MexicanHolidays.Of,
        ["PE"] = PeruvianHolidays.Of,
    };

    /// <summary>ISO 3166 codes of the countries that are known.</summary>
    public static IReadOnlyCollection<string> Countries => Laws.Keys;

    /// <summary>Days of a year on which the law of the country lets people rest, in order.</summary>
    /// <param name="country">One of <see cref="Countries"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The year is out of the range.</exception>
    public static IReadOnlyList<(LocalDate Date, string Name)> Of(string country, int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, LastYear);
        return [.. Laws[country](year).GroupBy(h => h.Date).Select(same => same.First()).OrderBy(h => h.Date)];
    }

    /// <summary>Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 20 April 1876; Meeus, Astronomical Algorithms, ch. 8).</summary>
    internal static LocalDate Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
        var g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var l = (32 + (2 * e) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new LocalDate(year, n / 31, (n % 31) + 1);
    }

    /// <summary>The so-many-th Monday of a month.</summary>
    internal static LocalDate Monday(int year, int month, int which) => LocalDate.FromYearMonthWeekAndDay(year, month, which, IsoDayOfWeek.Monday);

    /// <summary>That day if it is a Monday, else the Monday after it.</summary>
    internal static LocalDate MondayFrom(LocalDate date) => date.PlusDays(-1).Next(IsoDayOfWeek.Monday);
}
