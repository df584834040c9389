using System.Globalization;
using System.Text;

namespace SelfService.Core.Tickets;

/// <summary>
/// Text as one compares it when looking through a few cases of one's own: without accents, case and invisible characters, ñ
/// kept. (Articles have a search engine; this is a filter.)
/// </summary>
public static class FoldedText
{
    /// <summary>The text folded, its white space single.</summary>
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }
            }
            else if (rune.Value == 'ñ')
            {
                folded.Append('ñ');
            }
            else
            {
                AppendBare(folded, rune);
            }
        }

        return folded.ToString().TrimEnd();
    }

    private static void AppendBare(StringBuilder folded, Rune rune)
    {
        foreach (var part in rune.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(part) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control))
            {
                folded.Append(part.ToString());
            }
        }
    }
}
