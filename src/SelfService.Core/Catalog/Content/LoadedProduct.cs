namespace SelfService.Core.Catalog.Content;

/// <summary>A file of the catalogue that was read and can be used.</summary>
public sealed record LoadedProduct
{
    public required string Slug { get; init; }
    public required ProductKind Kind { get; init; }
    public required string Shelf { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required string Description { get; init; }
    public required IReadOnlyList<string> Keywords { get; init; }
    public required IReadOnlyList<WrittenImage> Images { get; init; }
    public required IReadOnlyList<ProductSpec> Specs { get; init; }
    public required IReadOnlyList<ProductOption> Options { get; init; }
    public required IReadOnlyList<LoadedVariant> Variants { get; init; }
    public required IReadOnlyList<string> Related { get; init; }
    public required IReadOnlyList<string> GoesWith { get; init; }
    public required int TaxRate { get; init; }
    public required string PriceNote { get; init; }
    public required int? LeadDays { get; init; }
    public required int ReturnDays { get; init; }
    public required int WarrantyMonths { get; init; }
    public required int Position { get; init; }
    public required bool IsOnSale { get; init; }
}

/// <summary>A variant as its file says.</summary>
/// <param name="Price">In minor units, with the tax inside.</param>
/// <param name="Stock">Pieces there are when it first arrives; null where pieces are not counted.</param>
public sealed record LoadedVariant(string Sku, IReadOnlyList<ChosenOption> Options, long Price, int? Stock, int LowStock);

/// <summary>A picture as the file names it.</summary>
public sealed record WrittenImage(string File, string Alt);
