namespace SelfService.Search.Analysis;

/// <summary>One other way to say something: the words, as normalised forms.</summary>
internal sealed record Alternative(string[] Words);

/// <summary>
/// Words and expressions that mean the same, found by the noun keys of their words, so that <i>celulares</i> finds what
/// was written for <i>celular</i>.
/// </summary>
internal sealed class Synonyms
{
    private const int LongestExpression = 6;
    private const int LongestLine = 2000;

    private readonly Dictionary<string, List<Alternative>> _byKey = new(StringComparer.Ordinal);

    /// <summary>Words of the longest expression known.</summary>
    public int LongestKey { get; private set; }

    /// <summary>Number of expressions that have alternatives.</summary>
    public int Count => _byKey.Count;

    /// <summary>Reads groups (<c>a, b, c d</c>) and directed lines (<c>a => b</c>).</summary>
    public static Synonyms Parse(string text, IReadOnlySet<string> stopWords, List<LanguageProblem> problems)
    {
        var synonyms = new Synonyms();
        foreach ((int number, string line) in LanguageLines.Read(text))
        {
            if (line.Length > LongestLine)
            {
                problems.Add(new LanguageProblem("synonyms", number, line[..80], "too-long"));
                continue;
            }

            if (synonyms.AddLine(line, stopWords) is { } reason)
                problems.Add(new LanguageProblem("synonyms", number, line, reason));
        }

        return synonyms;
    }

    /// <summary>Other ways to say these words; empty when none is known.</summary>
    public IReadOnlyList<Alternative> Of(ReadOnlySpan<string> nounKeys) =>
        _byKey.Count > 0 && _byKey.TryGetValue(string.Join(' ', nounKeys!), out List<Alternative>? found) ? found : [];

    private string? AddLine(string line, IReadOnlySet<string> stopWords)
    {
        int arrow = line.IndexOf("=>", StringComparison.Ordinal);
        List<string[]> left = Expressions(arrow < 0 ? line : line[..arrow]);
        List<string[]> right = arrow < 0 ? left : Expressions(line[(arrow + 2)..]);
        if (left.Count == 0 || right.Count == 0 || (arrow < 0 && left.Count < 2))
            return "one-side";
        if (left.Concat(right).Any(words => words.Length > LongestExpression))
            return "too-long";
        if (left.Concat(right).Any(words => words.All(word => stopWords.Contains(AccentFolding.Fold(word)))))
            return "no-word";
        foreach (string[] from in left)
        {
            foreach (string[] to in right)
            {
                if (!from.AsSpan().SequenceEqual(to))
                    Add(from, to);
            }
        }

        return null;
    }

    private void Add(string[] from, string[] to)
    {
        string key = string.Join(' ', from.Select(word => SpanishStemmer.Stem(word).Noun));
        if (!_byKey.TryGetValue(key, out List<Alternative>? alternatives))
            _byKey[key] = alternatives = [];
        if (!alternatives.Exists(known => known.Words.AsSpan().SequenceEqual(to)))
            alternatives.Add(new Alternative(to));
        LongestKey = Math.Max(LongestKey, from.Length);
    }

    private static List<string[]> Expressions(string side) =>
        side.Split(',').Select(part => WordReader.Words(part).ToArray()).Where(words => words.Length > 0).ToList();
}
