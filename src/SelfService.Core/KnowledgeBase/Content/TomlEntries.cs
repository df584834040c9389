using System.Globalization;
using System.Text;

namespace SelfService.Core.KnowledgeBase.Content;

/// <summary>
/// The part of TOML that Hugo front matters use: <c>key = value</c> with strings, numbers, booleans, dates and lists of
/// them. Tables (<c>[params]</c>) hold a theme's settings and are skipped.
/// </summary>
internal static class TomlEntries
{
    public static IReadOnlyList<FrontMatterEntry> Read(string toml, int firstLine)
    {
        var entries = new List<FrontMatterEntry>();
        var lines = toml.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith('['))
            {
                break;
            }

            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var start = i;
            var equals = line.IndexOf('=');
            if (equals <= 0)
            {
                throw Invalid(start + firstLine, line);
            }

            var value = line[(equals + 1)..].Trim();
            // A list or a """ string goes on until it is closed.
            while (IsOpen(value) && i + 1 < lines.Length)
            {
                value += "\n" + lines[++i];
            }

            var position = 0;
            var values = ReadValue(value, ref position) ?? throw Invalid(start + firstLine, line);
            if (!OnlyComment(value.AsSpan(position)))
            {
                throw Invalid(start + firstLine, line);
            }

            entries.Add(new FrontMatterEntry(line[..equals].Trim().Trim('"', '\''), values, start + firstLine, value.StartsWith('[')));
        }

        return entries;
    }

    private static bool IsOpen(string value) =>
        (value.StartsWith('[') && ReadList(value, out _) is null)
        || (LongQuoteAt(value, 0) is { } quote && value.IndexOf(quote, 3, StringComparison.Ordinal) < 0);

    private static string? LongQuoteAt(string value, int position) =>
        new[] { "\"\"\"", "'''" }.FirstOrDefault(quote => string.CompareOrdinal(value, position, quote, 0, 3) == 0);

    private static List<string>? ReadValue(string value, ref int position)
    {
        if (value.StartsWith('['))
        {
            return ReadList(value, out position);
        }

        var single = ReadScalar(value, ref position);
        return single is null ? null : [single];
    }

    private static List<string>? ReadList(string value, out int position)
    {
        position = 1;
        var items = new List<string>();
        while (true)
        {
            while (position < value.Length && (char.IsWhiteSpace(value[position]) || value[position] == ','))
            {
                position++;
            }

            if (position >= value.Length)
            {
                return null;
            }

            if (value[position] == '#')
            {
                var end = value.IndexOf('\n', position);
                position = end < 0 ? value.Length : end;
                continue;
            }

            if (value[position] == ']')
            {
                position++;
                return items;
            }

            if (ReadScalar(value, ref position) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }
    }

    private static string? ReadScalar(string value, ref int position)
    {
        if (position >= value.Length)
        {
            return null;
        }

        if (LongQuoteAt(value, position) is { } quote)
        {
            var close = value.IndexOf(quote, position + 3, StringComparison.Ordinal);
            var text = close < 0 ? null : value[(position + 3)..close].Trim('\n');
            position = close + 3;
            return text;
        }

        if (value[position] is '"' or '\'')
        {
            return ReadQuoted(value, ref position);
        }

        var end = value.AsSpan(position).IndexOfAny(",]#\n");
        end = end < 0 ? value.Length : position + end;
        var bare = value[position..end].Trim();
        position = end;
        return bare.Length == 0 ? null : bare;
    }

    private static string? ReadQuoted(string value, ref int position)
    {
        var quote = value[position++];
        var text = new StringBuilder();
        for (; position < value.Length && value[position] != '\n'; position++)
        {
            if (value[position] == quote)
            {
                position++;
                return text.ToString();
            }

            if (quote == '"' && value[position] == '\\' && position + 1 < value.Length)
            {
                position++;
                if (!Escape(value, ref position, text))
                {
                    return null;
                }

                continue;
            }

            text.Append(value[position]);
        }

        return null;
    }

    // Leaves the position on the last character of the escape.
    private static bool Escape(string value, ref int position, StringBuilder text)
    {
        var digits = value[position] switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            text.Append(value[position] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' or 'f' => ' ', var other => other });
            return true;
        }

        var code = value.AsSpan(position + 1);
        if (code.Length < digits || !int.TryParse(code[..digits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rune)
            || !Rune.IsValid(rune))
        {
            return false;
        }

        text.Append(new Rune(rune));
        position += digits;
        return true;
    }

    private static bool OnlyComment(ReadOnlySpan<char> rest)
    {
        rest = rest.Trim();
        return rest.IsEmpty || rest[0] == '#';
    }

    private static ContentException Invalid(int line, string text) =>
        new(ContentProblem.Error(ProblemKind.InvalidFrontMatter, line, text.Length > 80 ? text[..80] + "…" : text));
}
