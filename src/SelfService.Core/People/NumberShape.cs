using System.Text;

namespace SelfService.Core.People;

/// <summary>
/// Which digits a national number has and how people write it, as one mask: <c>#</c> is any digit, <c>[2-5]</c> one of
/// several, a digit itself; <c>~0</c> is written at home and is no part of the number; <c>+9</c> is dialled from abroad,
/// tells nobody apart and may be missing. Anything else is punctuation, of which parentheses are for home only.
/// </summary>
internal sealed class NumberShape
{
    private readonly List<Part> parts = [];

    public NumberShape(string mask)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            parts.Add(mask[i] switch
            {
                '#' => new Part(PartKind.Digit, "0123456789"),
                '[' => new Part(PartKind.Digit, Choice(mask[(i + 1)..(i = mask.IndexOf(']', i))])),
                '~' => new Part(PartKind.Home, mask[++i].ToString()),
                '+' => new Part(PartKind.DigitFromAbroad, mask[++i].ToString()),
                '(' or ')' => new Part(PartKind.Home, mask[i].ToString()),
                >= '0' and <= '9' => new Part(PartKind.Digit, mask[i].ToString()),
                _ => new Part(PartKind.Punctuation, mask[i].ToString()),
            });
        }
    }

    private enum PartKind
    {
        Digit,
        DigitFromAbroad,
        Home,
        Punctuation,
    }

    /// <summary>True when the digits, and no others, fill the mask.</summary>
    public bool Fits(string digits)
    {
        var next = 0;
        foreach (var part in parts)
        {
            var isThere = next < digits.Length && part.Text.Contains(digits[next]);
            if (part.Kind == PartKind.Digit && !isThere)
            {
                return false;
            }

            next += part.Kind is PartKind.Digit || (part.Kind is PartKind.DigitFromAbroad && isThere) ? 1 : 0;
        }

        return next == digits.Length;
    }

    /// <summary>The digits, which must fit, as they are written at home.</summary>
    public string AtHome(string digits) => Write(digits, kind => kind != PartKind.DigitFromAbroad);

    /// <summary>The digits, which must fit, as they are written after the code of the country.</summary>
    public string FromAbroad(string digits) => Write(digits, kind => kind != PartKind.Home);

    /// <summary>The digits, which must fit, that tell this number from others.</summary>
    public string Telling(string digits) => Write(digits, kind => kind == PartKind.Digit);

    private static string Choice(string range) =>
        string.Concat("0123456789".Where(digit => range.Contains(digit) || IsBetween(range, digit)));

    private static bool IsBetween(string range, char digit) =>
        Enumerable.Range(1, Math.Max(0, range.Length - 2)).Any(i => range[i] == '-' && range[i - 1] <= digit && digit <= range[i + 1]);

    private string Write(string digits, Func<PartKind, bool> isWritten)
    {
        var text = new StringBuilder();
        var next = 0;
        foreach (var (kind, choice) in parts)
        {
            var isDigit = kind == PartKind.Digit || (kind == PartKind.DigitFromAbroad && choice.Contains(digits[next]));
            if (isWritten(kind) && (isDigit || kind is PartKind.Home or PartKind.Punctuation))
            {
                text.Append(isDigit ? digits[next].ToString() : choice);
            }

            next += isDigit ? 1 : 0;
        }

        return text.ToString().Trim();
    }

    private readonly record struct Part(PartKind Kind, string Text);
}
