namespace SelfService.Core.KnowledgeBase.Checks;

/// <summary>The words of a sentence as a person counts them: what stands between blanks, without the signs around it.</summary>
internal static class WrittenWords
{
    private const string Between = " \n\t\r\u00A0—–…";

    /// <summary>Every word, with numbers and addresses.</summary>
    public static List<string> Of(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        foreach (var range in text.SplitAny(Between))
        {
            var word = Trim(text[range]);
            if (!word.IsEmpty)
            {
                words.Add(word.ToString());
            }
        }

        return words;
    }

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var range in text.SplitAny(Between))
        {
            count += Trim(text[range]).IsEmpty ? 0 : 1;
        }

        return count;
    }

    /// <summary>Whether the word is one of letters, neither number, code nor address.</summary>
    public static bool IsSpoken(string word) =>
        !word.AsSpan().ContainsAny("@0123456789") && !word.Contains("://", StringComparison.Ordinal)
        && !word.StartsWith("www.", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> word)
    {
        while (!word.IsEmpty && !char.IsLetterOrDigit(word[0]))
        {
            word = word[1..];
        }

        while (!word.IsEmpty && !char.IsLetterOrDigit(word[^1]))
        {
            word = word[..^1];
        }

        return word;
    }
}
