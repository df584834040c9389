using System.Globalization;
using System.Text.RegularExpressions;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>
/// Finds prices, opening hours and telephones that are written into a text. Every pattern has a fixed greatest length, so
/// that looking costs the same at every place of a hostile text.
/// </summary>
internal static partial class WrittenFigures
{
    // Fewer digits are an extension or a code.
    private const int MinPhoneDigits = 7;

    /// <summary>Prices: a number beside a sign or name of a currency. Nothing stays nothing, so $0 is none.</summary>
    public static IEnumerable<string> Prices(string text) =>
        text.AsSpan().ContainsAnyInRange('0', '9')
            ? Price().Matches(text).Select(match => match.Value.Trim()).Where(price => price.AsSpan().ContainsAnyInRange('1', '9'))
            : [];

    /// <summary>Hours between which something is open; a time alone, or a duration, is none.</summary>
    public static IEnumerable<string> Hours(string sentence)
    {
        if (!sentence.AsSpan().ContainsAnyInRange('0', '9'))
        {
            yield break;
        }

        var isSchedule = Schedule().IsMatch(sentence);
        foreach (Match match in Span().Matches(sentence))
        {
            var (from, to) = (match.Groups["from"], match.Groups["to"]);
            var (first, last) = (int.Parse(from.Value, CultureInfo.InvariantCulture), int.Parse(to.Value, CultureInfo.InvariantCulture));
            // "entre 20:00 y 23:00" may be when to measure, and "a las 9:00 y 18:00" are two times.
            var isBetween = match.Groups["de"].Value.Equals("entre", StringComparison.OrdinalIgnoreCase);
            if (first > 24 || last > 24 || isBetween != match.Groups["and"].Success || (isBetween && !isSchedule))
            {
                continue;
            }

            // "de 9 a 6" goes down as only a clock does; "de 2 a 5 días" and "bajó de 10 a 2 megas" have a unit.
            var isClock = match.Groups["clock"].Success || match.Groups["article"].Success;
            var isUnitless = UnitlessEnd().IsMatch(sentence[(match.Index + match.Length)..Math.Min(sentence.Length, match.Index + match.Length + 8)]);
            if (isClock || (isUnitless && (isSchedule || (match.Groups["de"].Success && first is >= 6 and <= 12 && last < first))))
            {
                yield return match.Value.Trim();
            }
        }
    }

    /// <summary>
    /// Telephones the company keeps as data. Others are left alone: they are an authority's or a carrier's, which the portal
    /// does not know better.
    /// </summary>
    public static IEnumerable<string> Phones(string text, IReadOnlyList<string> knownDigits) =>
        knownDigits.Count == 0 || !text.AsSpan().ContainsAnyInRange('0', '9')
            ? []
            : Number().Matches(text).Select(match => match.Value.Trim()).Where(number => IsKnown(Digits(number), knownDigits));

    /// <summary>The digits of each known telephone.</summary>
    public static IReadOnlyList<string> Digits(KnownFigures known) =>
        [.. known.OtherPhones.Prepend(known.Phone ?? "").Select(Digits).Where(digits => digits.Length >= MinPhoneDigits)];

    // With or without the code of country or area: the shorter is the end of the longer.
    private static bool IsKnown(string digits, IReadOnlyList<string> knownDigits) =>
        digits.Length >= MinPhoneDigits
        && knownDigits.Any(known => known.EndsWith(digits, StringComparison.Ordinal) || digits.EndsWith(known, StringComparison.Ordinal));

    private static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));

    [GeneratedRegex("""
        (?<![\p{L}\p{Nd}]) (?: US | MX | AR | COL | R | S/ )? [$€£₡₲] \s? [0-9] (?: [0-9.,]{0,14} [0-9] )?
        | \b S/ \s? [0-9] (?: [0-9.,]{0,14} [0-9] )?
        | \b (?: MXN | COP | ARS | USD | EUR | CLP | PEN | UYU ) \s? \$? \s? [0-9] (?: [0-9.,]{0,14} [0-9] )?
        | (?<! [0-9.,]) [0-9] (?: [0-9.,]{0,14} [0-9] )? (?: \s (?: mil | millones \s de ) )?
          \s? (?: € | (?: MXN | COP | ARS | USD | EUR | CLP | PEN | UYU | pesos | euros | dólares | soles ) \b )
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Price();

    [GeneratedRegex("""
        (?<! [\p{L}0-9.,:/-] )
        (?: (?<de> de | desde | entre ) \s )? (?<article> las? \s )?
        (?<from> [0-9]{1,2} ) (?<clock> : [0-9]{2} )? (?<clock> \s? [ap] \s? \. \s? m \. | \s? [ap]m \b )? (?: \s? (?: h | hrs | horas ) \b \.? )?
        (?: \s a \s | \s? [-–] \s? | \s hasta \s | (?<and> \s y \s ) ) (?: (?<article> las? \s ) )?
        (?<to> [0-9]{1,2} ) (?! [0-9] | [.,] [0-9] ) (?<clock> : [0-9]{2} )? (?<clock> \s? [ap] \s? \. \s? m \. | \s? [ap]m \b )?
        (?<clock> \s de \s la \s (?: mañana | tarde | noche ) )?
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Span();

    [GeneratedRegex(@"\b(?:lunes|martes|miércoles|jueves|viernes|sábados?|domingos?|horarios?|abrimos|cerramos|atendemos|abierto)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Schedule();

    [GeneratedRegex(@"^(?:\s?(?:h|hrs|horas)\b|\s?[.,;:)]|\s?$|\s[yo]\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UnitlessEnd();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}])\+?\(?[0-9](?:[ ().\-/]{0,2}[0-9]){6,14}(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
