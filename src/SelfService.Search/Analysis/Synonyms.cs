using System.Text;

namespace SelfService.Search.Analysis;

/// <summary>One other way to say something: the words, as normalised forms.</summary>
internal sealed record Alternative(string[] Words);

/// <summary>
/// Words and expressions that mean the same, found by the noun keys of their words, so that <i>celulares</i> finds what
/// was written for <i>celular</i>, and by the keys of their verbs, so that <i>regresarlo</i> finds what was written for
/// <i>regresar</i>. A word alone counts as a verb only when it can be nothing else; inside an expression its neighbours
/// decide (<i>no anda, no andaba</i>).
/// </summary>
internal sealed class Synonyms
{
    private const int LongestExpression = 6;
    private const int LongestLine = 2000;

    private const char VerbMark = '~';

    private readonly Dictionary<string, List<Alternative>> _byKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string> _firstNouns = new(StringComparer.Ordinal), _firstVerbs = new(StringComparer.Ordinal);

    /// <summary>Words of the longest expression known.</summary>
    public int LongestKey { get; private set; }

    /// <summary>Number of expressions that have alternatives.</summary>
    public int Count { get; private set; }

    /// <summary>True for a word of any expression that has alternatives: somebody wrote it down, it is no misspelling.</summary>
    public bool Knows(WordStem stem) =>
        _words.Contains(stem.Noun) || (IsVerb(stem, inExpression: false) && _words.Contains(VerbMark + stem.Verb));

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
    public IReadOnlyList<Alternative> Of(ReadOnlySpan<WordStem> words)
    {
        if (!_firstNouns.Contains(words[0].Noun) && !_firstVerbs.Contains(words[0].Verb))
            return [];
        List<Alternative>? ofNouns = _byKey.GetValueOrDefault(Key(words, byVerb: false));
        List<Alternative>? ofVerbs = HasVerb(words) ? _byKey.GetValueOrDefault(Key(words, byVerb: true)) : null;
        if (ofNouns is null || ofVerbs is null)
            return ofNouns ?? ofVerbs ?? [];
        return [.. ofNouns, .. ofVerbs.Where(one => !ofNouns.Exists(other => IsSame(one.Words, other.Words)))];
    }

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
        WordStem[] words = [.. from.Select(SpanishStemmer.Stem)];
        if (AddAt(Key(words, byVerb: false), to))
            Count++;
        if (HasVerb(words))
            AddAt(Key(words, byVerb: true), to);
        _firstNouns.Add(words[0].Noun);
        if (words[0].Form != VerbForm.None)
            _firstVerbs.Add(words[0].Verb);
        foreach (WordStem word in words)
        {
            _words.Add(word.Noun);
            if (IsVerb(word, inExpression: false))
                _words.Add(VerbMark + word.Verb);
        }

        LongestKey = Math.Max(LongestKey, from.Length);
    }

    /// <summary>True when the key is new.</summary>
    private bool AddAt(string key, string[] to)
    {
        bool isNew = !_byKey.TryGetValue(key, out List<Alternative>? alternatives);
        if (isNew)
            _byKey[key] = alternatives = [];
        if (!alternatives!.Exists(known => IsSame(known.Words, to)))
            alternatives.Add(new Alternative(to));
        return isNew;
    }

    private static bool IsSame(string[] one, string[] other) => one.AsSpan().SequenceEqual(other);

    private static bool IsVerb(WordStem word, bool inExpression) =>
        inExpression ? word.Form != VerbForm.None : word.Form == VerbForm.Definite;

    private static bool HasVerb(ReadOnlySpan<WordStem> words)
    {
        foreach (WordStem word in words)
        {
            if (IsVerb(word, words.Length > 1))
                return true;
        }

        return false;
    }

    private static string Key(ReadOnlySpan<WordStem> words, bool byVerb)
    {
        var key = new StringBuilder();
        foreach (WordStem word in words)
        {
            if (key.Length > 0)
                key.Append(' ');
            if (byVerb && IsVerb(word, words.Length > 1))
                key.Append(VerbMark).Append(word.Verb);
            else
                key.Append(word.Noun);
        }

        return key.ToString();
    }

    private static List<string[]> Expressions(string side) =>
        side.Split(',').Select(part => WordReader.Words(part).ToArray()).Where(words => words.Length > 0).ToList();
}
