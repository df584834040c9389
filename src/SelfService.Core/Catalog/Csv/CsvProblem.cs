namespace SelfService.Core.Catalog.Csv;

/// <summary>Why a file could not be read at all.</summary>
public enum CsvProblemKind
{
    /// <summary>Nothing in it, or only blank lines.</summary>
    Empty,

    /// <summary>The names of the columns and nothing under them.</summary>
    OnlyHead,

    TooLarge,

    /// <summary>More lines than <see cref="CsvTable.MaxLines"/>.</summary>
    TooManyLines,

    TooManyColumns,

    /// <summary>A picture, a program, or anything else that is not text.</summary>
    NotText,

    /// <summary>The file of a spreadsheet program itself.</summary>
    Workbook,

    /// <summary>A quotation mark that is not closed, or stands where none may stand.</summary>
    Quotes,

    /// <summary>No column with the SKU.</summary>
    NoSku,

    /// <summary>A column that is there twice.</summary>
    ColumnTwice,

    /// <summary>No column that could change anything.</summary>
    NoColumn,

    /// <summary>Both counted pieces and a difference.</summary>
    CountAndDelta,
}

/// <summary>A file that could not be read at all.</summary>
/// <param name="line">Line of the file, from 1; 0 where it is about the whole.</param>
/// <param name="detail">The name or the limit it is about; may be empty.</param>
public sealed class CsvException(CsvProblemKind kind, int line = 0, string detail = "") : Exception($"{kind} {line} {detail}")
{
    public CsvProblemKind Kind { get; } = kind;

    public int Line { get; } = line;

    public string Detail { get; } = detail;
}

/// <summary>What is wrong with one line.</summary>
public enum LineProblemKind
{
    /// <summary>More cells than columns: mostly a comma inside a number or a text.</summary>
    TooManyCells,
    NoSku,
    BadSku,
    DuplicateSku,
    UnknownSku,
    NotANumber,

    /// <summary>It could be two numbers, one a thousand times the other: 1,250.</summary>
    Ambiguous,
    NotWhole,
    Negative,
    TooLarge,

    /// <summary>More decimals than the currency, or the rate, has.</summary>
    TooFine,
    ZeroPrice,
    NotYesOrNo,
    TooLong,
    UnknownShelf,

    /// <summary>A new product without something it needs.</summary>
    Missing,
    BadProduct,

    /// <summary>The SKU belongs to another product than the line says.</summary>
    OtherProduct,

    /// <summary>A new SKU for a product that is there, or for two new lines.</summary>
    ProductTaken,

    /// <summary>Two lines of one product want different things.</summary>
    TwoValues,

    /// <summary>Days until it is made, for something that is counted.</summary>
    IsCounted,

    /// <summary>Pieces, for something that is not counted.</summary>
    NotCounted,

    /// <summary>More pieces would be taken than there are.</summary>
    BelowZero,
}

/// <summary>What is wrong with one line, for words that say how to mend it.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Column">The column it is about; null where it is about the line.</param>
/// <param name="Detail">What stands there, or the limit.</param>
/// <param name="Other">A second word where one is needed: the other line, the other product.</param>
public sealed record LineProblem(int Line, LineProblemKind Kind, CsvColumn? Column = null, string Detail = "", string Other = "");
