using NodaTime;
using NodaTime.Text;
using SelfService.Core.People;

namespace SelfService.Core.Requests;

/// <summary>Dates as they are typed: as a browser's calendar sends them, or with the day first.</summary>
public static class TypedDate
{
    private static readonly LocalDatePattern Iso = LocalDatePattern.CreateWithInvariantCulture("uuuu-M-d");
    private static readonly LocalDatePattern DayFirst = LocalDatePattern.CreateWithInvariantCulture("d/M/uuuu");
    private static readonly LocalDate Earliest = new(1900, 1, 1);
    private static readonly LocalDate Latest = new(2199, 12, 31);

    /// <summary>The date that was typed; null when there is no such day.</summary>
    public static LocalDate? Read(string typed)
    {
        var text = TypedText.Clean(typed);
        var iso = Iso.Parse(text);
        var date = iso.Success ? iso : DayFirst.Parse(text.Replace(" ", "").Replace('-', '/').Replace('.', '/'));
        return date.Success && date.Value >= Earliest && date.Value <= Latest ? date.Value : null;
    }

    /// <summary>The date with the day first.</summary>
    public static string Write(LocalDate date) => DayFirst.Format(date);
}
