using System.Text.Json;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>A key of a front matter with its values; a scalar is a list of one.</summary>
/// <param name="Line">Line of the file, from 1.</param>
public sealed record FrontMatterEntry(string Key, IReadOnlyList<string> Values, int Line);

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
        if (text.StartsWith("---\n", StringComparison.Ordinal))
        {
            return Fenced(text, "---", YamlEntries.Read);
        }

        if (text.StartsWith("+++\n", StringComparison.Ordinal))
        {
            return Fenced(text, "+++", TomlEntries.Read);
        }

        return text.StartsWith("{\n", StringComparison.Ordinal) ? Json(text) : new FrontMatter([], text, 1);
    }

    private static FrontMatter Fenced(string text, string fence, Func<string, int, IReadOnlyList<FrontMatterEntry>> read)
    {
        var start = fence.Length + 1;
        var close = start - 1;
        do
        {
            close = text.IndexOf("\n" + fence, close, StringComparison.Ordinal);
            if (close < 0)
            {
                throw new ContentException(ContentProblem.Error(ProblemKind.FrontMatterNotClosed, 1));
            }

            close++;
        }
        while (!IsFenceLine(text, close, fence.Length));

        var head = close > start ? text[start..close] : "";
        RefuseTooLarge(head);
        var next = text.IndexOf('\n', close);
        var body = next < 0 ? "" : text[(next + 1)..];
        return new FrontMatter(read(head, 2), body, 3 + head.Count(c => c == '\n'));
    }

    private static bool IsFenceLine(string text, int start, int length)
    {
        var end = text.IndexOf('\n', start);
        return text.AsSpan(start + length, (end < 0 ? text.Length : end) - start - length).IsWhiteSpace();
    }

    private static FrontMatter Json(string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text.Length > MaxBytes ? text[..(MaxBytes + 1)] : text);
        var reader = new Utf8JsonReader(bytes, isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
        try
        {
            var entries = JsonEntries.Read(ref reader);
            var head = System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, (int)reader.BytesConsumed));
            RefuseTooLarge(head);
            return new FrontMatter(entries, text[head.Length..].TrimStart('\n'), 2 + head.Count(c => c == '\n'));
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
