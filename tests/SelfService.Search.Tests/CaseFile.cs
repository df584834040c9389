using SelfService.Search.Analysis;

namespace SelfService.Search.Tests;

/// <summary>Expected behaviour kept as text: one case a line, <c>#</c> starts a comment.</summary>
internal static class CaseFile
{
    public static IEnumerable<string> Lines(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Cases", name))
            .Where(line => line.Length > 0 && !line.StartsWith('#'));

    /// <summary>Lines of words separated by spaces; a word ending in <c>_</c> is left out, with the reason in the file.</summary>
    public static IEnumerable<string[]> Words(string name) =>
        Lines(name).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Lines of <c>input → what comes of it</c>, which may be nothing.</summary>
    public static IEnumerable<(string Input, string Expected)> Pairs(string name) => Lines(name).Select(line =>
    {
        int arrow = line.LastIndexOf('→');
        return (line[..arrow].TrimEnd(), line[(arrow + 1)..].Trim());
    });

    /// <summary>Terms of a text in order; a code kept whole comes in brackets after its parts.</summary>
    public static string Terms(string text)
    {
        var terms = new List<string>();
        Span<char> buffer = stackalloc char[Characters.MaxWordLength];
        var tokens = new Tokenizer(text);
        while (tokens.MoveNext())
        {
            int length = Characters.Normalize(text.AsSpan(tokens.Current.Start, tokens.Current.Length), buffer);
            string form = new(buffer[..length]);
            if (form.Length > 0)
                terms.Add(tokens.Current.IsWhole ? $"[{form}]" : form);
        }

        return string.Join(' ', terms);
    }
}
