using System.Text;

namespace SelfService.Core.Catalog.Csv;

/// <summary>
/// The records of a text (RFC 4180). A quotation mark inside a cell that does not begin with one is a character like any other, as
/// spreadsheets read it: 32" is a size.
/// </summary>
/// <param name="text">Its lines end with <c>\n</c>.</param>
internal sealed class CsvRecords(string text, char delimiter)
{
    private int at;
    private int line = 1;

    /// <summary>Line of the text on which the record that was read last begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The cells of the next record; null behind the last.</summary>
    /// <exception cref="CsvException">A mark is not closed, or something stands behind the one that closes.</exception>
    public string[]? Next()
    {
        if (at >= text.Length)
        {
            return null;
        }

        Line = line;
        var cells = new List<string>();
        do
        {
            cells.Add(at < text.Length && text[at] == '"' ? Quoted() : Bare());
        }
        while (at < text.Length && text[at++] == delimiter);

        line++;
        return [.. cells];
    }

    private string Bare()
    {
        var end = text.AsSpan(at).IndexOfAny(delimiter, '\n');
        var cell = end < 0 ? text[at..] : text.Substring(at, end);
        at += cell.Length;
        return cell;
    }

    private string Quoted()
    {
        var opened = line;
        var cell = new StringBuilder();
        while (true)
        {
            // Here stands a mark: the one that opens, or the second of two in a row, which are one.
            var close = text.IndexOf('"', at + 1);
            if (close < 0)
            {
                throw new CsvException(CsvProblemKind.Quotes, opened);
            }

            cell.Append(text, at + 1, close - at - 1);
            line += text.AsSpan(at, close - at).Count('\n');
            at = close + 1;
            if (at == text.Length || text[at] != '"')
            {
                break;
            }

            cell.Append('"');
        }

        return at == text.Length || text[at] == delimiter || text[at] == '\n' ? cell.ToString() : throw new CsvException(CsvProblemKind.Quotes, line);
    }
}
