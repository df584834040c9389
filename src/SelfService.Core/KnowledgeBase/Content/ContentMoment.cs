using System.Globalization;
using NodaTime;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>Dates and moments as people write them in a front matter.</summary>
public static class ContentMoment
{
    private static readonly string[] Local =
        ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    private static readonly string[] WithOffset =
        ["yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>The moment in UTC; null when the text is none or outside the years 1970 to 2999.</summary>
    /// <param name="zone">Where a text without an offset is meant. A date is its midnight there; an hour that clocks skip is the next.</param>
    public static DateTime? Parse(string text, DateTimeZone zone)
    {
        const DateTimeStyles blanks = DateTimeStyles.AllowWhiteSpaces;
        DateTime? moment = null;
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, blanks, out var local))
        {
            moment = zone.AtLeniently(LocalDateTime.FromDateTime(local)).ToDateTimeUtc();
        }
        else if (DateTimeOffset.TryParseExact(text, WithOffset, CultureInfo.InvariantCulture, blanks | DateTimeStyles.AssumeUniversal, out var exact))
        {
            moment = exact.UtcDateTime;
        }

        return moment is { Year: >= 1970 and < 3000 } ? moment : null;
    }
}
