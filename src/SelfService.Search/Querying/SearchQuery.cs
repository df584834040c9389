using System.Text;
using SelfService.Search.Analysis;

namespace SelfService.Search.Querying;

/// <summary>What a person typed, parsed into a value before anything searches.</summary>
/// <param name="Text">Cleaned text as it goes back into the search box.</param>
/// <param name="Words">Words and codes outside quotes, in order, as typed.</param>
/// <param name="Phrases">Quoted phrases, each a list of words.</param>
public sealed record SearchQuery(string Text, IReadOnlyList<string> Words, IReadOnlyList<IReadOnlyList<string>> Phrases)
{
    /// <summary>Longest query text that is looked at, in characters; the rest is cut at a word.</summary>
    public const int MaxLength = 512;

    /// <summary>Quoted phrases that are looked at; the words of further ones count as words.</summary>
    public const int MostPhrases = 4;

    /// <summary>A query without any word.</summary>
    public static SearchQuery Empty { get; } = new("", [], []);

    /// <summary>True when there is nothing to search for.</summary>
    public bool IsEmpty => Words.Count == 0 && Phrases.Count == 0;

    /// <summary>
    /// Parses any text, never throws. Quotes (straight, curly or angular) around two words or more make a phrase; an
    /// unclosed quote is only a sign. There are no operators: <c>NEAR(</c>, <c>-</c> and <c>*</c> are signs too.
    /// </summary>
    /// <param name="text">What was typed or came in the address; null is empty.</param>
    public static SearchQuery Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return Empty;
        string clean = Clean(text);
        var words = new List<string>();
        var phrases = new List<IReadOnlyList<string>>();
        int at = 0;
        while (at < clean.Length)
        {
            int open = clean.AsSpan(at).IndexOfAny("\"“”«»");
            int close = open < 0 ? -1 : clean.AsSpan(at + open + 1).IndexOfAny("\"“”«»");
            if (close < 0)
            {
                AddWords(clean.AsSpan(at), words);
                break;
            }

            AddWords(clean.AsSpan(at, open), words);
            var quoted = new List<string>();
            AddWords(clean.AsSpan(at + open + 1, close), quoted);
            if (quoted.Count > 1 && phrases.Count < MostPhrases)
                phrases.Add(quoted);
            else
                words.AddRange(quoted);
            at += open + close + 2;
        }

        return new SearchQuery(clean, words, phrases);
    }

    private static void AddWords(ReadOnlySpan<char> text, List<string> words)
    {
        var found = new List<Token>();
        var tokens = new Tokenizer(text);
        while (tokens.MoveNext())
        {
            Token token = tokens.Current;
            // A code kept whole comes after its parts and takes their place.
            while (token.IsWhole && found.Count > 0 && found[^1].Start >= token.Start)
                found.RemoveAt(found.Count - 1);
            found.Add(token);
        }

        foreach (Token token in found)
            words.Add(text.Slice(token.Start, token.Length).ToString());
    }

    /// <summary>Composed characters, nothing invisible, single spaces, cut at a word.</summary>
    private static string Clean(string text)
    {
        // Enough to fill the box even when half of it is white space; the rest of a hostile text is never looked at.
        bool cut = text.Length > 2 * MaxLength;
        ReadOnlySpan<char> start = cut ? text.AsSpan(0, 2 * MaxLength) : text;
        string composed = Characters.Compose(start);
        var clean = new StringBuilder(composed.Length);
        foreach (char c in composed)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                clean.Append(c);
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
        }

        string whole = clean.ToString().TrimEnd();
        if (whole.Length <= MaxLength)
            return whole;
        int space = whole.LastIndexOf(' ', MaxLength);
        int end = space > 0 ? space : MaxLength;
        if (char.IsHighSurrogate(whole[end - 1]))
            end--;
        return whole[..end];
    }
}
