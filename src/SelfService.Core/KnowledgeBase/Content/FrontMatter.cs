using System.Text.Json;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>A key of a front matter with its values; a scalar is a list of one.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="IsList">Written as a list, so that one item with blanks is not taken for several.</param>
public sealed record FrontMatterEntry(string Key, IReadOnlyList<string> Values, int Line, bool IsList = false);

/// <summary>
/// The head of a Markdown file in any of the dialects of Jekyll and Hugo: YAML between <c>---</c>, TOML between
/// <c>+++</c>, or a JSON object. Only top-level keys with scalars or lists of scalars are kept; deeper values are
/// skipped without being built, so that a hostile head costs no memory.
/// </summary>
public sealed class FrontMatter
{
    /// <summary>Longest head, in bytes of UTF-8.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>Deepest nesting.</summary>
    public const int MaxDepth = 20;

    private FrontMatter(IReadOnlyList<FrontMatterEntry> entries, string body, int bodyLine)
    {
        Entries = entries;
        Body = body;
        BodyLine = bodyLine;
    }

    public IReadOnlyList<FrontMatterEntry> Entries { get; }

    /// <summary>What follows the head.</summary>
    public string Body { get; }

    /// <summary>Line of the file that <see cref="Body"/> begins on, from 1.</summary>
    public int BodyLine { get; }

    /// <summary>Splits a file into head and body. A file without a head has no entries and is all body.</summary>
    /// <param name="text">Text of the file with <c>\n</c> line ends and without a byte order mark.</param>
    /// <exception cref="ContentException">The head is not closed, too large, too deep, uses aliases or cannot be read.</exception>
    public static FrontMatter Split(string text)
    {
        var first = LineAt(text, 0);
        if (first is "---")
        {
            return Fenced(text, "---", YamlEntries.Read);
        }

        if (first is "+++")
        {
            return Fenced(text, "+++", TomlEntries.Read);
        }

        return text.StartsWith('{') && text.AsSpan(1).TrimStart() is ['"', ..] ? Json(text) : new FrontMatter([], text, 1);
    }

    private static FrontMatter Fenced(string text, string fence, Func<string, int, IReadOnlyList<FrontMatterEntry>> read)
    {
        var start = NextLine(text, 0);
        var close = start;
        while (close < text.Length && !IsClosing(LineAt(text, close), fence))
        {
            close = NextLine(text, close);
        }

        if (close >= text.Length)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.FrontMatterNotClosed, 1));
        }

        var head = text[start..close];
        RefuseTooLarge(head);
        return new FrontMatter(read(head, 2), text[NextLine(text, close)..], 3 + head.Count(c => c == '\n'));
    }

    // YAML may also end with three dots, and Jekyll lets it.
    private static bool IsClosing(ReadOnlySpan<char> line, string fence) =>
        line.SequenceEqual(fence) || (fence == "---" && line is "...");

    private static ReadOnlySpan<char> LineAt(string text, int start)
    {
        var line = text.AsSpan(start);
        var end = line.IndexOf('\n');
        return (end < 0 ? line : line[..end]).TrimEnd();
    }

    private static int NextLine(string text, int start) => text.IndexOf('\n', start) is var end and >= 0 ? end + 1 : text.Length;

    private static FrontMatter Json(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text.Length > MaxBytes ? text[..(MaxBytes + 1)] : text);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        try
        {
            var entries = JsonEntries.Read(ref reader);
            var head = System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, (int)reader.BytesConsumed));
            RefuseTooLarge(head);
            return new FrontMatter(entries, text[NextLine(text, head.Length)..], 2 + head.Count(c => c == '\n'));
        }
        catch (InvalidOperationException exception)
        {
            // Half of a surrogate pair, written as an escape.
            throw new ContentException(ContentProblem.Error(ProblemKind.InvalidFrontMatter, 1, exception.Message));
        }
        catch (JsonException exception)
        {
            var kind = bytes.Length > MaxBytes ? ProblemKind.FrontMatterTooLarge : ProblemKind.InvalidFrontMatter;
            throw new ContentException(ContentProblem.Error(kind, (int)(exception.LineNumber ?? 0) + 1, exception.Message));
        }
    }

    private static void RefuseTooLarge(string head)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(head) > MaxBytes)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.FrontMatterTooLarge, 1, $"{MaxBytes / 1024} KiB"));
        }
    }
}
