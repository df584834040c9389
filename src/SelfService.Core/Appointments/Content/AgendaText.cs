using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Tickets;

namespace SelfService.Core.Appointments.Content;

/// <summary>Single values of the files of <c>content/services</c>. Each of them throws a <see cref="ContentException"/> that names the value.</summary>
internal static class AgendaText
{
    /// <summary>A key of small letters, digits and hyphens.</summary>
    public static string Key(string? key, string where) =>
        key is { Length: > 0 and <= Service.KeyMaxLength } && key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-') ? key : throw Unusable(where, key);

    /// <summary>One line of text.</summary>
    public static string Line(string? written, string where, int most, bool isRequired = false)
    {
        var text = PlainText.Line(written);
        return text.Length <= most && (text.Length > 0 || !isRequired) ? text : throw Unusable(where, written);
    }

    /// <summary>A length of time of whole grains.</summary>
    public static TimeSpan Grains(string? text, string where, TimeSpan most) =>
        WrittenTime.Length(text, most) is { } time && Grain.IsWhole(time) ? time : throw Unusable(where, text);

    /// <summary>A length of time.</summary>
    public static TimeSpan Length(string? text, string where, TimeSpan most) => WrittenTime.Length(text, most) ?? throw Unusable(where, text);

    /// <summary>Weekly hours and days with others.</summary>
    /// <param name="where">What is before <c>hours</c> and <c>exceptions</c> in the file, with its point; empty at the top.</param>
    /// <param name="days">Days that differ anyway, such as holidays; what is written goes before.</param>
    public static OpenTimes Hours(
        Dictionary<string, string?> week, List<AgendaFile.ExceptionPart?>? exceptions, string where, Dictionary<LocalDate, IReadOnlyList<DayHours>> days)
    {
        foreach (var exception in exceptions ?? [])
        {
            var date = WrittenTime.Date(exception?.Date) ?? throw Unusable($"{where}exceptions", exception?.Date);
            days[date] = exception!.Hours is null ? [] : Spans(exception.Hours, $"{where}exceptions");
        }

        var spans = new Dictionary<IsoDayOfWeek, IReadOnlyList<DayHours>>();
        foreach (var (name, hours) in week)
        {
            // The same day can be written in two ways.
            if (WrittenTime.Day(name) is not { } day || !spans.TryAdd(day, Spans(hours, $"{where}hours.{name}")))
            {
                throw Unusable($"{where}hours", name);
            }
        }

        return new OpenTimes(spans, days);
    }

    /// <summary>What keeps the file out.</summary>
    public static ContentException Unusable(string key, string? value) => new(ContentProblem.Error(ProblemKind.UnknownValue, 0, $"{key}: {value ?? "—"}"));

    /// <summary>The first key that is there twice, for the report.</summary>
    public static string Twice(IEnumerable<string> keys) => keys.GroupBy(k => k).FirstOrDefault(g => g.Count() > 1)?.Key ?? "—";

    private static IReadOnlyList<DayHours> Spans(string? text, string where) =>
        WrittenTime.Spans(text) is { } spans && spans.All(s => s.Opens.Minute % Grain.Minutes == 0 && s.Closes.Minute % Grain.Minutes == 0) ? spans : throw Unusable(where, text);
}
