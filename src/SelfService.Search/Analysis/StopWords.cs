using System.Collections.Frozen;

namespace SelfService.Search.Analysis;

/// <summary>Reads the list of words that weigh little.</summary>
internal static class StopWords
{
    private const int LongestLine = 4096;

    /// <summary>Words of the text, as normalised and folded forms; what is no word becomes a problem.</summary>
    public static FrozenSet<string> Parse(string text, List<LanguageProblem> problems)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int number, string line) in LanguageLines.Read(text))
        {
            if (line.Length > LongestLine)
            {
                problems.Add(new LanguageProblem("stopwords", number, line[..80], "too-long"));
                continue;
            }

            List<string> found = WordReader.Words(line);
            if (found.Count == 0)
                problems.Add(new LanguageProblem("stopwords", number, line, "no-word"));
            words.UnionWith(found.Select(AccentFolding.Fold));
        }

        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}

/// <summary>Lines of a language file without comments and blanks, with their numbers from 1.</summary>
internal static class LanguageLines
{
    public static IEnumerable<(int Number, string Line)> Read(string text)
    {
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            int comment = raw.IndexOf('#', StringComparison.Ordinal);
            // "C# " is a word; a comment starts the line or follows a space.
            bool isComment = comment == 0 || (comment > 0 && char.IsWhiteSpace(raw[comment - 1]));
            string line = (isComment ? raw[..comment] : raw).Trim().TrimStart('\uFEFF');
            if (line.Length > 0)
                yield return (number, line);
        }
    }
}

/// <summary>Words of a short text as the index knows them.</summary>
internal static class WordReader
{
    /// <summary>Normalised forms, accents kept; codes whole only.</summary>
    public static List<string> Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var starts = new List<int>();
        Span<char> buffer = stackalloc char[Characters.MaxWordLength];
        var tokens = new Tokenizer(text);
        while (tokens.MoveNext())
        {
            Token token = tokens.Current;
            int length = Characters.Normalize(text.Slice(token.Start, token.Length), buffer);
            if (length == 0)
                continue;
            while (token.IsWhole && starts.Count > 0 && starts[^1] >= token.Start)
            {
                starts.RemoveAt(starts.Count - 1);
                words.RemoveAt(words.Count - 1);
            }

            starts.Add(token.Start);
            words.Add(new string(buffer[..length]));
        }

        return words;
    }
}
