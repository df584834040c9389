using System.Text;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>
/// Counts the syllables of a Spanish word by the spelling rules of the academies (Ortografía de la lengua española, 2010,
/// I.3.2): every syllable has one vowel that carries it. a, e, o and stressed í, ú carry one each; i, u and y lean on a
/// neighbour that does, or on each other. By these rules any weak vowel without an accent beside a strong one is a
/// diphthong, however it is spoken (<c>guion</c>, <c>cliente</c>), and an h between vowels changes nothing (<c>ahumar</c>).
/// </summary>
internal static class Syllables
{
    /// <summary>Syllables of one word; at least one, so that <c>km</c> counts. A hyphen or bar parts words.</summary>
    public static int Count(string word)
    {
        var text = Lower(word);
        var (count, strong, weak) = (0, 0, 0);
        var last = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (IsSilent(text, i))
            {
                continue;
            }

            if (IsStrong(letter))
            {
                strong++;
            }
            else if (letter is 'i' or 'u' or 'ü' || (letter == 'y' && !IsVowel(next)))
            {
                // "chiita": the same weak vowel twice is never one syllable.
                weak += weak == 0 || letter == last ? 1 : 0;
            }
            else
            {
                Close();
            }

            last = letter;
        }

        Close();
        return Math.Max(1, count);

        void Close()
        {
            count += strong > 0 ? strong : weak;
            (strong, weak) = (0, 0);
        }
    }

    // The u of que, qui, gue, gui (güe has its own letter), and an h between two vowels.
    private static bool IsSilent(string text, int i)
    {
        var before = i > 0 ? text[i - 1] : '\0';
        var next = i + 1 < text.Length ? text[i + 1] : '\0';
        return text[i] switch
        {
            'u' => (before == 'q' && IsVowel(next)) || (before == 'g' && (next is 'e' or 'i' or 'é' or 'í')),
            'h' => IsVowel(before) && IsVowel(next),
            _ => false,
        };
    }

    private static bool IsStrong(char letter) => letter is 'a' or 'e' or 'o' or 'á' or 'é' or 'ó' or 'í' or 'ú';

    private static bool IsVowel(char letter) => IsStrong(letter) || letter is 'i' or 'u' or 'ü';

    // Foreign accents (à, ê, å) are vowels too; what cannot be normalised is no word.
    private static string Lower(string word)
    {
        var text = new StringBuilder(word.Length);
        foreach (var rune in word.EnumerateRunes())
        {
            var lower = Rune.ToLowerInvariant(rune);
            var letter = lower.IsBmp ? (char)lower.Value : '·';
            if (letter == '\u0301' && text.Length > 0)
            {
                text[^1] = Accented(text[^1]);
            }
            else if (letter == '\u0308' && text.Length > 0 && text[^1] == 'u')
            {
                text[^1] = 'ü';
            }
            else
            {
                text.Append(letter is >= 'à' and <= 'ü' and not ('á' or 'é' or 'í' or 'ó' or 'ú' or 'ü' or 'ñ' or '÷')
                    ? letter.ToString().Normalize(NormalizationForm.FormD)[0]
                    : letter);
            }
        }

        return text.ToString();
    }

    private static char Accented(char letter) => letter switch { 'a' => 'á', 'e' => 'é', 'i' => 'í', 'o' => 'ó', 'u' => 'ú', _ => letter };
}
