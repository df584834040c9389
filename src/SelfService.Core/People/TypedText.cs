using System.Globalization;
using System.Text;

namespace SelfService.Core.People;

/// <summary>One line as a person typed or pasted it, brought to one spelling before anything is read from it.</summary>
internal static class TypedText
{
    /// <summary>
    /// NFKC with ASCII digits, dashes and blanks and without what nobody sees. Nothing is refused: halves of surrogate pairs
    /// become U+FFFD, code points that are no characters go.
    /// </summary>
    public static string Clean(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Normalisation refuses code points that will never be characters.
            var isNoCharacter = (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
            if (!isNoCharacter && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                visible.Append(rune);
            }
        }

        var clean = new StringBuilder(visible.Length);
        foreach (var rune in visible.ToString().Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            clean.Append(Plain(rune));
        }

        return clean.ToString().Trim();
    }

    private static Rune Plain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.DecimalDigitNumber => new Rune((char)('0' + (int)Rune.GetNumericValue(rune))),
        UnicodeCategory.DashPunctuation => new Rune('-'),
        _ when rune.Value == 0x2212 => new Rune('-'),
        _ when Rune.IsWhiteSpace(rune) => new Rune(' '),
        _ => rune,
    };
}
