using System.Globalization;
using System.Text;

namespace SelfService.Core.Catalog.Csv;

/// <summary>A line of a file that was brought.</summary>
/// <param name="Number">Line of the file on which it begins, from 1.</param>
public sealed record CsvLine(int Number, IReadOnlyDictionary<CsvColumn, string> Cells, bool HasMore)
{
    /// <summary>What stands in a column; empty where nothing does, or the column is not there.</summary>
    public string Cell(CsvColumn column) => Cells.GetValueOrDefault(column, "");
}

/// <summary>
/// A CSV file as spreadsheets in this part of the world write it: comma, semicolon or tabulator; UTF-8, UTF-16 with its mark, or
/// Windows-1252.
/// </summary>
/// <param name="Ignored">Names of columns that are not read.</param>
public sealed record CsvTable(IReadOnlyList<string> Ignored, IReadOnlyList<CsvLine> Lines)
{
    /// <summary>Most lines under the head.</summary>
    public const int MaxLines = 20_000;

    private const int MaxColumns = 100;

    // A name longer than this is shown cut; nobody reads more of it.
    private const int NameShown = 40;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Reads a file of that kind.</summary>
    /// <exception cref="CsvException">It cannot be read at all.</exception>
    public static CsvTable Read(CatalogUploadKind kind, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > CatalogUpload.MaxBytes)
        {
            throw new CsvException(CsvProblemKind.TooLarge, 0, (CatalogUpload.MaxBytes / 1024 / 1024).ToString(CultureInfo.InvariantCulture));
        }

        var text = Decode(bytes);
        var records = new CsvRecords(text, Delimiter(text));
        if (Next(records) is not { } names)
        {
            throw new CsvException(CsvProblemKind.Empty);
        }

        var columns = Head(kind, names, records.Line, out var ignored);
        var lines = new List<CsvLine>();
        while (Next(records) is { } cells)
        {
            if (lines.Count == MaxLines)
            {
                throw new CsvException(CsvProblemKind.TooManyLines, 0, MaxLines.ToString(CultureInfo.InvariantCulture));
            }

            lines.Add(Line(cells, records.Line, columns));
        }

        return lines.Count > 0 ? new CsvTable(ignored, lines) : throw new CsvException(CsvProblemKind.OnlyHead);
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }))
        {
            throw new CsvException(CsvProblemKind.Workbook);
        }

        var text = bytes switch
        {
            [0xFF, 0xFE, .. var rest] => Encoding.Unicode.GetString(rest),
            [0xFE, 0xFF, .. var rest] => Encoding.BigEndianUnicode.GetString(rest),
            [0xEF, 0xBB, 0xBF, .. var rest] => Utf8Or1252(rest),
            _ => Utf8Or1252(bytes),
        };
        return text.AsSpan().ContainsAnyInRange('\0', '\u0008') || text.AsSpan().ContainsAnyInRange('\u000E', '\u001F')
            ? throw new CsvException(CsvProblemKind.NotText)
            : text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }

    private static string Utf8Or1252(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Windows1252.GetString(bytes);
        }
    }

    // The one that parts the head most often; its names contain none of them.
    private static char Delimiter(string text)
    {
        var head = text.AsSpan().TrimStart();
        head = head[..(head.IndexOf('\n') is >= 0 and var end ? end : head.Length)];
        var best = ',';
        foreach (var sign in ";\t")
        {
            best = head.Count(sign) > head.Count(best) ? sign : best;
        }

        return best;
    }

    // The next line with something in it.
    private static string[]? Next(CsvRecords records)
    {
        var cells = records.Next();
        while (cells is not null && cells.All(string.IsNullOrWhiteSpace))
        {
            cells = records.Next();
        }

        return cells;
    }

    private static List<CsvColumn?> Head(CatalogUploadKind kind, string[] names, int line, out IReadOnlyList<string> ignored)
    {
        if (names.Length > MaxColumns)
        {
            throw new CsvException(CsvProblemKind.TooManyColumns, 0, MaxColumns.ToString(CultureInfo.InvariantCulture));
        }

        var wanted = kind == CatalogUploadKind.Catalogue ? CsvColumns.Catalogue : [CsvColumn.Sku, .. CsvColumns.Pieces];
        var columns = names.Select(name => CsvColumns.Find(FormulaMark.Remove(name)) is { } column && wanted.Contains(column) ? column : (CsvColumn?)null).ToList();
        ignored = [.. names.Where((name, place) => columns[place] is null && !string.IsNullOrWhiteSpace(name) && !CsvColumns.IsForPeople(kind, name)).Select(Shown)];
        if (columns.OfType<CsvColumn>().GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new CsvException(CsvProblemKind.ColumnTwice, line, twice.Key.Name());
        }

        if (!columns.Contains(CsvColumn.Sku))
        {
            throw new CsvException(CsvProblemKind.NoSku, line, Shown(names[0]));
        }

        return columns.OfType<CsvColumn>().Count() == 1 ? throw new CsvException(CsvProblemKind.NoColumn, line)
            : columns.Contains(CsvColumn.Stock) && columns.Contains(CsvColumn.Delta) ? throw new CsvException(CsvProblemKind.CountAndDelta, line)
            : columns;
    }

    private static CsvLine Line(string[] record, int number, List<CsvColumn?> columns)
    {
        var cells = new Dictionary<CsvColumn, string>(columns.Count);
        for (var place = 0; place < Math.Min(record.Length, columns.Count); place++)
        {
            if (columns[place] is { } column)
            {
                cells[column] = FormulaMark.Remove(record[place]);
            }
        }

        return new CsvLine(number, cells, record.Skip(columns.Count).Any(cell => !string.IsNullOrWhiteSpace(cell)));
    }

    private static string Shown(string name) => name.Length <= NameShown ? name : name[..NameShown] + "…";
}
