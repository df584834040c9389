using System.Collections.Frozen;

namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>Finds runs of words in capitals, which are read slower and sound like shouting.</summary>
internal static class ShoutedWords
{
    private const int MinRun = 3;
    private const int AcronymMaxLength = 5;

    // Short, but never acronyms: with one of them a run of short words is a sentence.
    private static readonly FrozenSet<string> Small = FrozenSet.Create(StringComparer.Ordinal,
        "NO", "LO", "LA", "EL", "LOS", "LAS", "DE", "DEL", "QUE", "SE", "SI", "EN", "SU", "SUS", "CON", "POR", "PARA", "SIN", "UN", "UNA", "ES", "AL");

    /// <summary>The first run of three or more shouted words, or null.</summary>
    public static string? In(string text)
    {
        var (start, end, count, isWords) = (-1, 0, 0, false);
        foreach (var range in text.AsSpan().SplitAny(" \n"))
        {
            var (from, length) = range.GetOffsetAndLength(text.Length);
            var chunk = text.AsSpan(from, length);
            var word = chunk.Trim("¡!¿?«»“”\"'().,;:");
            var isLetters = !word.IsEmpty && IsCapitals(word);
            if (isLetters)
            {
                start = start < 0 ? from : start;
                end = from + length;
                // A lone Y or A belongs to a run, but is written the same in a title.
                count += word.Length > 1 ? 1 : 0;
                isWords |= word.Length > AcronymMaxLength || Small.Contains(word.ToString());
            }

            // "HDMI, USB, VGA" is a list, not a shout.
            if (!isLetters || chunk[^1] is ',' or ';' or '.')
            {
                if (IsShouted())
                {
                    break;
                }

                (start, count, isWords) = (-1, 0, false);
            }
        }

        return IsShouted() ? text[start..end] : null;

        bool IsShouted() => start >= 0 && count >= MinRun && isWords;
    }

    private static bool IsCapitals(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (!char.IsUpper(letter))
            {
                return false;
            }
        }

        return true;
    }
}
