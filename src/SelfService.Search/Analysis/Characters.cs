using System.Globalization;
using System.Text;

namespace SelfService.Search.Analysis;

/// <summary>
/// First step of the analysis: which characters belong to a word, and the one spelling (NFKC, lower case, nothing
/// invisible) under which a word is known.
/// </summary>
internal static class Characters
{
    /// <summary>Longest word that is kept; what is longer (pasted data, never a word) is cut.</summary>
    public const int MaxWordLength = 64;

    /// <summary>True inside a word: letters, digits, combining marks and invisible format characters.</summary>
    public static bool IsWord(char c) => c < 0x80 ? char.IsAsciiLetterOrDigit(c) : IsWordBeyondAscii(c);

    /// <summary>True for characters that take no room: zero-width spaces, soft hyphens, byte order and bidi marks.</summary>
    public static bool IsInvisible(char c) =>
        c >= 0xAD && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static bool IsWordBeyondAscii(char c) => CharUnicodeInfo.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format => true,
        _ => false,
    };

    /// <summary>
    /// Writes the known spelling of one word to <paramref name="target"/> and returns its length: NFKC, lower case by
    /// Spanish (= invariant) rules, invisible characters and hyphens dropped, so that <i>Wi-Fi</i> is <i>wifi</i>.
    /// </summary>
    /// <param name="word">A slice of the original text; may hold lone surrogates.</param>
    /// <param name="target">At least <see cref="MaxWordLength"/> characters.</param>
    public static int Normalize(ReadOnlySpan<char> word, Span<char> target)
    {
        int length = 0;
        foreach (char c in word)
        {
            if (c >= 0x100 || c is '\u00AA' or '\u00BA' or >= '\u00B2' and <= '\u00BE')
                return NormalizeSlowly(word, target);
            if (c is '-' or '_' or '\u00AD')
                continue;
            if (length == MaxWordLength)
                break;
            target[length++] = char.ToLowerInvariant(c);
        }

        return length;
    }

    private static int NormalizeSlowly(ReadOnlySpan<char> word, Span<char> target)
    {
        // A bound before NFKC: one character can become eighteen.
        if (word.Length > 4 * MaxWordLength)
            word = word[..(4 * MaxWordLength)];
        int length = 0;
        foreach (char c in Compose(word))
        {
            if (IsInvisible(c) || c is '-' or '_' or '\u2010' or '\u2011' or '\uFE0F' || char.IsWhiteSpace(c))
                continue;
            if (length == MaxWordLength)
                break;
            target[length++] = char.ToLowerInvariant(c);
        }

        return length;
    }

    /// <summary>
    /// NFKC of any text without its invisible characters. What normalisation refuses does no harm: lone surrogates become
    /// U+FFFD, code points that are no characters (U+FFFE) go.
    /// </summary>
    public static string Compose(ReadOnlySpan<char> text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isNoCharacter = (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
            if (!isNoCharacter && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
                whole.Append(rune.ToString());
        }

        return whole.ToString().Normalize(NormalizationForm.FormKC);
    }
}
