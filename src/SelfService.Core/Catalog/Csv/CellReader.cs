using System.Globalization;
using System.Text.RegularExpressions;
using SelfService.Core.People;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog.Csv;

/// <summary>Reads the cells of lines and writes down what is wrong with them. An empty cell changes nothing and is null.</summary>
internal sealed partial class CellReader(CompanyFigures figures)
{
    /// <summary>Largest price, in minor units: with the most pieces of an order it stays far inside a number of 64 bits.</summary>
    public const long MaxPrice = 1_000_000_000_000;

    private const int MaxRate = 10_000;
    private const int DetailShown = 60;
    private const int OtherShown = 300;

    private static readonly HashSet<string> Yes = ["si", "s", "yes", "y", "1", "true", "verdadero", "x"];
    private static readonly HashSet<string> No = ["no", "n", "0", "false", "falso"];

    public List<LineProblem> Problems { get; } = [];

    public void Refuse(CsvLine line, LineProblemKind kind, CsvColumn? column = null, string detail = "", string other = "") =>
        Problems.Add(new LineProblem(line.Number, kind, column, Shown(detail, DetailShown), Shown(other, OtherShown)));

    /// <summary>The SKU as it is stored; empty when there is none.</summary>
    public static string Sku(CsvLine line) => TypedText.Clean(line.Cell(CsvColumn.Sku)).ToUpperInvariant();

    /// <summary>Whether the line is about an SKU, and the only one that is.</summary>
    /// <param name="seen">Lines of the SKUs before; this one is added.</param>
    public bool IsOneLineOf(CsvLine line, string sku, Dictionary<string, int> seen)
    {
        if (line.HasMore)
        {
            Refuse(line, LineProblemKind.TooManyCells);
        }
        else if (sku.Length == 0)
        {
            Refuse(line, LineProblemKind.NoSku, CsvColumn.Sku);
        }
        else if (!seen.TryAdd(sku, line.Number))
        {
            Refuse(line, LineProblemKind.DuplicateSku, CsvColumn.Sku, sku, Number(seen[sku]));
        }
        else
        {
            return true;
        }

        return false;
    }

    /// <summary>The address of the product.</summary>
    public static string Slug(CsvLine line) => TypedText.Clean(line.Cell(CsvColumn.Product)).ToLowerInvariant();

    public string? Text(CsvLine line, CsvColumn column, int maxLength)
    {
        var text = PlainText.Line(line.Cell(column));
        if (text.Length > maxLength)
        {
            Refuse(line, LineProblemKind.TooLong, column, Number(maxLength), Number(text.Length));
            return null;
        }

        return text.Length > 0 ? text : null;
    }

    /// <summary>An amount in minor units.</summary>
    public long? Money(CsvLine line)
    {
        var typed = line.Cell(CsvColumn.Price);
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        if (Bounded(typed) is { } text && !IsAmbiguous(text) && figures.MinorUnits(text) is { } amount)
        {
            return amount < 0 ? Bad(LineProblemKind.Negative) : amount > MaxPrice ? Bad(LineProblemKind.TooLarge) : amount;
        }

        return Bad(Bounded(typed) is not { } other ? LineProblemKind.NotANumber
            : IsAmbiguous(other) ? LineProblemKind.Ambiguous
            : figures.Number(other) is not null ? LineProblemKind.TooFine : LineProblemKind.NotANumber);

        long? Bad(LineProblemKind kind)
        {
            Refuse(line, kind, CsvColumn.Price, typed, kind == LineProblemKind.TooLarge ? figures.ShowMoney(MaxPrice) : "");
            return null;
        }
    }

    /// <summary>A whole number.</summary>
    public int? Whole(CsvLine line, CsvColumn column, int max, int min = 0) => Scaled(line, column, line.Cell(column), 1, max, min);

    /// <summary>A percentage in hundredths of one.</summary>
    public int? Rate(CsvLine line) => Scaled(line, CsvColumn.TaxRate, line.Cell(CsvColumn.TaxRate).Replace("%", "", StringComparison.Ordinal), 100, MaxRate, 0);

    public bool? YesOrNo(CsvLine line, CsvColumn column)
    {
        var typed = line.Cell(column);
        var word = Bounded(typed) is { } text ? FoldedText.Of(text) : typed;
        if (string.IsNullOrWhiteSpace(typed) || Yes.Contains(word) || No.Contains(word))
        {
            return string.IsNullOrWhiteSpace(typed) ? null : Yes.Contains(word);
        }

        Refuse(line, LineProblemKind.NotYesOrNo, column, typed);
        return null;
    }

    private int? Scaled(CsvLine line, CsvColumn column, string typed, int unit, int max, int min)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return null;
        }

        var number = (Bounded(typed) is { } text ? figures.Number(text) : null) * unit;
        LineProblemKind? bad = number switch
        {
            _ when IsAmbiguous(typed) => LineProblemKind.Ambiguous,
            null => LineProblemKind.NotANumber,
            < 0 when min == 0 => LineProblemKind.Negative,
            _ when number > max || number < min => LineProblemKind.TooLarge,
            _ when number != decimal.Truncate(number.Value) => unit == 1 ? LineProblemKind.NotWhole : LineProblemKind.TooFine,
            _ => null,
        };
        if (bad is { } kind)
        {
            Refuse(line, kind, column, typed, Number(max / unit));
            return null;
        }

        return (int)number!.Value;
    }

    // One separator with three figures behind it is decimals to some and thousands to others: a price is not guessed.
    private static bool IsAmbiguous(string typed) => Bounded(typed) is { } text && TwoNumbers().IsMatch(TypedText.Clean(text));

    // No number is that long; what is, is not searched through.
    private static string? Bounded(string typed) => typed.Length <= DetailShown ? typed : null;

    private static string Number(int number) => number.ToString(CultureInfo.CurrentCulture);

    private static string Shown(string text, int most)
    {
        var line = PlainText.Line(text.Length > 4 * most ? text[..(4 * most)] : text);
        return line.Length <= most ? line : line[..most] + "…";
    }

    [GeneratedRegex(@"(?<![\d.,])[1-9]\d{0,2}[.,]\d{3}(?![\d.,])")]
    private static partial Regex TwoNumbers();
}
