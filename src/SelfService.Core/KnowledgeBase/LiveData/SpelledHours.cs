using System.Globalization;
using NodaTime;
using NodaTime.Text;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Rendering;

namespace SelfService.Core.KnowledgeBase.LiveData;

/// <summary>Hours of a week inside a sentence: "de lunes a viernes de 8:00 a 20:00 y sábado de 9:00 a 15:00". Closed days go unsaid.</summary>
internal sealed class SpelledHours(RenderWords words, CultureInfo culture)
{
    private readonly LocalTimePattern time = LocalTimePattern.Create("H:mm", CultureInfo.InvariantCulture);

    /// <summary>The hours in words; empty when every day is closed.</summary>
    public string Of(IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<DayHours>> week)
    {
        var parts = new List<string>();
        for (var first = IsoDayOfWeek.Monday; first <= IsoDayOfWeek.Sunday;)
        {
            var (last, hours) = (first, Hours(first));
            while (last < IsoDayOfWeek.Sunday && Hours(last + 1) == hours)
            {
                last++;
            }

            if (hours.Length > 0)
            {
                parts.Add($"{(first == last ? Day(first) : Format(words.DaySpan, Day(first), Day(last)))} {hours}");
            }

            first = last + 1;
        }

        return Joined(parts);

        string Hours(IsoDayOfWeek day) => Joined([.. week.GetValueOrDefault(day, []).Select(span => Format(words.HourSpan, time.Format(span.Opens), time.Format(span.Closes)))]);
    }

    private string Joined(IReadOnlyList<string> parts) =>
        parts.Count < 2 ? string.Concat(parts) : Format(words.LastOfSeveral, string.Join(", ", parts.SkipLast(1)), parts[^1]);

    private string Day(IsoDayOfWeek day) => culture.DateTimeFormat.GetDayName((DayOfWeek)((int)day % 7));

    private string Format(string pattern, params ReadOnlySpan<object?> parts) => string.Format(culture, pattern, parts);
}
