using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace SelfService.Core.Company;

/// <summary>Times as the files of a company write them.</summary>
internal static class WrittenTime
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>A length such as <c>30m</c>, <c>8h</c> or <c>5d</c>; null for anything else, and for more than <paramref name="most"/>.</summary>
    public static TimeSpan? Length(string? text, TimeSpan most)
    {
        var unit = text is { Length: > 1 } ? text[^1] : ' ';
        if (unit is not ('m' or 'h' or 'd') || !int.TryParse(text![..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 100_000)
        {
            return null;
        }

        var length = unit switch { 'm' => TimeSpan.FromMinutes(number), 'h' => TimeSpan.FromHours(number), _ => TimeSpan.FromDays(number) };
        return length <= most ? length : null;
    }

    /// <summary>A day of the week by its English name; null for anything else.</summary>
    public static IsoDayOfWeek? Day(string name) =>
        // The parser of enums also takes numbers.
        Enum.TryParse<IsoDayOfWeek>(name, ignoreCase: true, out var day) && day != IsoDayOfWeek.None && Enum.IsDefined(day) && !char.IsDigit(name[0]) ? day : null;

    /// <summary>Spans such as <c>10:00-14:00, 15:00-19:00</c>, in order and apart; null for anything else.</summary>
    public static IReadOnlyList<DayHours>? Spans(string? text)
    {
        var spans = new List<DayHours>();
        foreach (var part in (text ?? "").Split(','))
        {
            if (part.Split('-') is not [var opens, var closes] || Clock.Parse(opens.Trim()) is not { Success: true, Value: var from }
                || Clock.Parse(closes.Trim()) is not { Success: true, Value: var to } || from >= to || (spans.Count > 0 && spans[^1].Closes > from))
            {
                return null;
            }

            spans.Add(new DayHours(from, to));
        }

        return spans;
    }

    /// <summary>A day such as <c>2026-12-24</c>; null for anything else.</summary>
    public static LocalDate? Date(string? text) => LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: var date } ? date : null;
}
