using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;

namespace SelfService.Core.Catalog.Csv;

/// <summary>A line of the catalogue's file.</summary>
public sealed record CatalogueRow
{
    public required Guid VariantId { get; init; }
    public required Guid ProductId { get; init; }
    public required string Sku { get; init; }
    public required string Product { get; init; }
    public required string Title { get; init; }
    public required string Summary { get; init; }
    public required string Shelf { get; init; }
    public required long Price { get; init; }
    public required bool HasPriceNote { get; init; }
    public required int LowStock { get; init; }

    /// <summary>Whether it can be bought: the variant and its product are on sale.</summary>
    public required bool IsOnSale { get; init; }

    public required bool IsCounted { get; init; }
    public required int TaxRate { get; init; }
    public required int ReturnDays { get; init; }
    public required int WarrantyMonths { get; init; }
    public required int? LeadDays { get; init; }

    /// <summary>The cells in the order of <see cref="CsvColumns.Catalogue"/>; numbers with a point and without marks between them.</summary>
    public string[] Cells(CompanyFigures figures) =>
    [
        Sku, Product, Title, Summary, Shelf, figures.Plain(Price), Text(LowStock), Text(IsOnSale), Percent(TaxRate), Text(ReturnDays), Text(WarrantyMonths), Text(LeadDays ?? 0),
    ];

    internal static string Text(bool isSo) => isSo ? "si" : "no";

    internal static string Percent(int rate) => (rate / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A line of the stock's file.</summary>
/// <param name="Title">What it is, with the options that were chosen; for people.</param>
/// <param name="InStock">Null where pieces are not counted; the cell is empty then and changes nothing.</param>
public sealed record PiecesRow(string Sku, string Title, int? InStock)
{
    /// <summary>The columns; the title is not read again.</summary>
    public static readonly IReadOnlyList<CsvColumn> Columns = [CsvColumn.Sku, CsvColumn.Title, CsvColumn.Stock];

    /// <summary>The cells in that order.</summary>
    public string[] Cells() => [Sku, Title, InStock?.ToString(CultureInfo.InvariantCulture) ?? ""];
}

/// <summary>What the files are written from, and what is compared when they come back.</summary>
public static class CsvRows
{
    /// <summary>Every variant with what is said of its product.</summary>
    public static IQueryable<CatalogueRow> CatalogueRows(this PortalDbContext db) => db.Variants.AsNoTracking()
        .OrderBy(v => v.Product.Shelf).ThenBy(v => v.Product.Position).ThenBy(v => v.Product.Slug).ThenBy(v => v.Position).ThenBy(v => v.Sku)
        .Select(v => new CatalogueRow
        {
            VariantId = v.Id,
            ProductId = v.ProductId,
            Sku = v.Sku,
            Product = v.Product.Slug,
            Title = v.Product.Title,
            Summary = v.Product.Summary,
            Shelf = v.Product.Shelf,
            Price = v.Price,
            HasPriceNote = v.Product.PriceNote != "",
            LowStock = v.LowStock,
            IsOnSale = v.IsOnSale && v.Product.IsOnSale,
            IsCounted = v.InStock != null,
            TaxRate = v.Product.TaxRate,
            ReturnDays = v.Product.ReturnDays,
            WarrantyMonths = v.Product.WarrantyMonths,
            LeadDays = v.Product.LeadDays,
        });

    /// <summary>Every variant with its pieces.</summary>
    public static IAsyncEnumerable<PiecesRow> PiecesRows(this PortalDbContext db) => db.Inventory().OrderBy(r => r.Sku).AsAsyncEnumerable().Select(r => new PiecesRow(r.Sku, r.Name, r.InStock));
}
