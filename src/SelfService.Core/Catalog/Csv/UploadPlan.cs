namespace SelfService.Core.Catalog.Csv;

/// <summary>What a line does.</summary>
public enum PlannedKind
{
    New,
    Changed,

    /// <summary>It cannot be bought any more; other things may change too.</summary>
    OffSale,
}

/// <summary>What a line changes in one column; for a new product <see cref="Old"/> is empty.</summary>
/// <param name="Old">As our files write it; of a price, as money.</param>
public sealed record PlannedField(CsvColumn Column, string Old, string New);

/// <summary>What a line changes.</summary>
/// <param name="Line">Line of the file, from 1.</param>
public sealed record PlannedChange(int Line, string Sku, string Title, PlannedKind Kind, IReadOnlyList<PlannedField> Fields);

/// <summary>What a file would change now.</summary>
public sealed record UploadPlan
{
    public required IReadOnlyList<PlannedChange> Changes { get; init; }

    /// <summary>What is wrong, by line. With any of them nothing of the file is applied.</summary>
    public required IReadOnlyList<LineProblem> Problems { get; init; }

    /// <summary>Lines that would change nothing.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Names of columns that are not read.</summary>
    public required IReadOnlyList<string> Ignored { get; init; }

    /// <summary>Tells this plan from every other: who applies it has seen exactly it.</summary>
    public required string Mark { get; init; }

    public bool CanBeApplied => Problems.Count == 0 && Changes.Count > 0;

    internal IReadOnlyList<ProductDraft> Products { get; init; } = [];

    internal IReadOnlyList<StockDraft> Pieces { get; init; } = [];
}

/// <summary>What a product becomes; null leaves a thing as it is.</summary>
/// <param name="productId">Null for a new one.</param>
internal sealed class ProductDraft(Guid? productId, string slug)
{
    private readonly Dictionary<CsvColumn, (object Value, CsvLine Line)> wanted = [];

    public Guid? ProductId { get; } = productId;

    public string Slug { get; } = slug;

    public List<VariantDraft> Variants { get; } = [];

    public bool HasChanges => wanted.Count > 0 || Variants.Count > 0;

    public string? Text(CsvColumn column) => wanted.TryGetValue(column, out var found) ? (string)found.Value : null;

    public int? Number(CsvColumn column) => wanted.TryGetValue(column, out var found) ? (int)found.Value : null;

    /// <summary>Takes what a line wants of the product.</summary>
    /// <returns>The line that wants something else; null when there is none.</returns>
    public CsvLine? Want(CsvColumn column, object value, CsvLine line)
    {
        if (wanted.TryGetValue(column, out var other))
        {
            return other.Value.Equals(value) ? null : other.Line;
        }

        wanted[column] = (value, line);
        return null;
    }
}

/// <summary>What a variant becomes; null leaves a thing as it is.</summary>
internal sealed record VariantDraft(Guid? VariantId, string Sku, long? Price, int? LowStock, bool? IsOnSale);

/// <summary>Pieces that come or go.</summary>
/// <param name="Left">Pieces that must be left, where they were counted; null where only the difference is known.</param>
internal sealed record StockDraft(Guid VariantId, int Delta, int? Left);
