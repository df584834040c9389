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

            entries.Add(new FrontMatterEntry(line[..equals].Trim().Trim('"', '\''), values, start + firstLine));
        }

        return entries;
    }

    private static bool IsOpen(string value) =>
        (value.StartsWith('[') && ReadList(value, out _) is null)
        || (value.StartsWith("\"\"\"", StringComparison.Ordinal) && value.IndexOf("\"\"\"", 3, StringComparison.Ordinal) < 0);

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

        if (string.CompareOrdinal(value, position, "\"\"\"", 0, 3) == 0)
        {
            var close = value.IndexOf("\"\"\"", position + 3, StringComparison.Ordinal);
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
                text.Append(value[position] switch { 'n' => '\n', 't' => '\t', var other => other });
                continue;
            }

            text.Append(value[position]);
        }

        return null;
    }

    private static bool OnlyComment(ReadOnlySpan<char> rest)
    {
        rest = rest.Trim();
        return rest.IsEmpty || rest[0] == '#';
    }

    private static ContentException Invalid(int line, string text) =>
        new(ContentProblem.Error(ProblemKind.InvalidFrontMatter, line, text.Length > 80 ? text[..80] + "…" : text));
}
