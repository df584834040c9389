using System.Globalization;
using System.Text;

namespace SelfService.Core.Tickets;

/// <summary>Text of customers as it passes the door: NFC, without control and invisible characters. It is never markup.</summary>
public static class PlainText
{
    /// <summary>One line, its white space single.</summary>
    public static string Line(string? text) =>
        string.Join(' ', Body(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Lines ended by <c>\n</c>, without blank ones at the ends.</summary>
    public static string Body(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || (IsText(rune) && IsCharacter(rune)))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Normalize(NormalizationForm.FormC).Trim();
    }

    // Normalisation refuses code points that will never be characters.
    private static bool IsCharacter(Rune rune) => (rune.Value & 0xFFFE) != 0xFFFE && rune.Value is not (>= 0xFDD0 and <= 0xFDEF);

    // A zero-width joiner holds emoji together; other format characters only hide things.
    private static bool IsText(Rune rune) => rune.Value == 0x200D
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse);
}
