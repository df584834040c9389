using System.Text.RegularExpressions;
using SelfService.Core.KnowledgeBase.Content;

namespace SelfService.Core.KnowledgeBase.Rendering;

/// <summary>
/// Bounds checked before the Markdown parser sees a text and before the HTML parser sees its output. Both are quadratic
/// or recursive on hostile input and cannot be cancelled, so what would cost minutes is refused in milliseconds.
/// </summary>
public static partial class MarkdownLimits
{
    /// <summary>Headings of one article.</summary>
    public const int MaxHeadings = 2_000;

    /// <summary>Table cells of one article.</summary>
    public const int MaxCells = 20_000;

    /// <summary>Rendered article, in bytes of UTF-8.</summary>
    public const int MaxHtmlBytes = 4 * 1024 * 1024;

    /// <summary>Characters with a meaning to the parser in one paragraph; its inline search is quadratic in them.</summary>
    public const int MaxMarksInParagraph = 8_000;

    /// <summary>Tags of one article.</summary>
    public const int MaxTags = 80_000;

    /// <summary>Elements open at one time.</summary>
    public const int MaxOpenElements = 200;

    /// <summary>Formatting elements open at one time: the HTML parser opens all of them again in every new block.</summary>
    public const int MaxOpenFormatting = 16;

    /// <summary>Footnotes, references and abbreviations of one article; the parser searches them again and again.</summary>
    public const int MaxDefinitions = 5_000;

    /// <summary>Deepest indentation, in characters; lists inside lists cost the square of their depth.</summary>
    public const int MaxIndentation = 400;

    private const int MaxPipesInRow = 200;

    private static readonly HashSet<string> Formatting = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    };

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    };

    // Their end tags are optional, so open ones do not mean depth.
    private static readonly HashSet<string> ClosesItself = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup",
    };

    /// <summary>Checks Markdown before it is parsed; null when it may be.</summary>
    public static ContentProblem? CheckMarkdown(string markdown)
    {
        int headings = 0, cells = 0, marks = 0, definitions = 0, paragraphStart = 1, number = 0;
        foreach (var range in markdown.AsSpan().Split('\n'))
        {
            number++;
            var line = markdown.AsSpan(range);
            var trimmed = line.TrimStart(" >\t");
            if (trimmed.IsWhiteSpace())
            {
                marks = 0;
                paragraphStart = number + 1;
                continue;
            }

            // Setext underlines make a heading of the line above.
            if (trimmed[0] == '#' || (trimmed[0] is '=' or '-' && trimmed.TrimEnd().Trim(trimmed[0]).IsEmpty))
            {
                headings++;
            }

            if (trimmed[0] is '[' or '*' && trimmed.Contains("]:", StringComparison.Ordinal))
            {
                definitions++;
            }

            if (definitions > MaxDefinitions || line.Length - trimmed.Length > MaxIndentation)
            {
                return ContentProblem.Warning(ProblemKind.TooComplex, number, $"> {(definitions > MaxDefinitions ? MaxDefinitions : MaxIndentation)}");
            }

            var pipes = trimmed.Count('|');
            cells += Math.Max(0, pipes - (pipes > 0 ? 1 : 0));
            marks += CountMarks(trimmed);
            if (headings > MaxHeadings)
            {
                return ContentProblem.Warning(ProblemKind.TooManyHeadings, number, $"> {MaxHeadings}");
            }

            if (cells > MaxCells || pipes > MaxPipesInRow)
            {
                return ContentProblem.Warning(ProblemKind.TooManyCells, number, $"> {MaxCells}");
            }

            if (marks > MaxMarksInParagraph)
            {
                return ContentProblem.Warning(ProblemKind.TooComplex, paragraphStart, $"> {MaxMarksInParagraph}");
            }
        }

        return null;
    }

    /// <summary>Checks HTML before it is parsed into a document; null when it may be.</summary>
    public static ContentProblem? CheckHtml(string html)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(html) > MaxHtmlBytes)
        {
            return ContentProblem.Warning(ProblemKind.RenderedTooLarge, 0, $"> {MaxHtmlBytes / 1024 / 1024} MiB");
        }

        int tags = 0, open = 0, formatting = 0;
        var openByName = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var match in Tag().EnumerateMatches(html))
        {
            var tag = html.AsSpan(match.Index, match.Length);
            var closes = tag[1] == '/';
            var name = tag[(closes ? 2 : 1)..].ToString();
            // An end tag without its start tag closes nothing.
            var step = closes ? (openByName.GetValueOrDefault(name) > 0 ? -1 : 0) : 1;
            openByName[name] = openByName.GetValueOrDefault(name) + step;
            formatting += Formatting.Contains(name) ? step : 0;
            open += Void.Contains(name) || ClosesItself.Contains(name) ? 0 : step;

            // Every new block opens the formatting around it once more.
            tags += closes || Formatting.Contains(name) || Void.Contains(name) ? 1 : 1 + formatting;
            if (tags > MaxTags || open > MaxOpenElements || formatting > MaxOpenFormatting)
            {
                return ContentProblem.Warning(ProblemKind.TooComplex, 0, tags > MaxTags ? $"> {MaxTags}" : $"> {MaxOpenElements}");
            }
        }

        return null;
    }

    private static int CountMarks(ReadOnlySpan<char> line)
    {
        var count = 0;
        while (line.IndexOfAny(Marks) is var index and >= 0)
        {
            count++;
            line = line[(index + 1)..];
        }

        return count;
    }

    private static readonly System.Buffers.SearchValues<char> Marks = System.Buffers.SearchValues.Create("[]()*_`<>{}~^!&\\:\"'$=+@|");

    [GeneratedRegex("</?[a-zA-Z][a-zA-Z0-9-]*")]
    private static partial Regex Tag();
}
