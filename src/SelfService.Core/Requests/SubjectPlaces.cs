using System.Text.RegularExpressions;

namespace SelfService.Core.Requests;

/// <summary>Names of fields in the subject of a form, such as <c>Internet: {falla}</c>.</summary>
internal static partial class SubjectPlaces
{
    /// <summary>The names, in their order.</summary>
    public static IEnumerable<string> Names(string subject) => Place().Matches(subject).Select(m => m.Groups[1].Value);

    /// <summary>The subject with answers in their places. What stood between answers that were not given goes too.</summary>
    public static string Fill(string subject, Func<string, string> answer)
    {
        var filled = Place().Replace(subject, place => answer(place.Groups[1].Value) is { Length: > 0 } text ? text : Gap);
        return Loose().Replace(filled, "").Trim().Trim(Separators).Trim();
    }

    // Nobody can type it: answers come without control characters.
    private const string Gap = "\u0001";

    private static readonly char[] Separators = [':', '·', '-', '–', '—', ',', ';', '/', '|', ' '];

    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\}")]
    private static partial Regex Place();

    // A gap with what leads to it: " · ", ": ", " (" and ")".
    [GeneratedRegex(@"[\s:·\-–—,;/|(]*\u0001\)?")]
    private static partial Regex Loose();
}
