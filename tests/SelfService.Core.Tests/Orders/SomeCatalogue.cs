using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

/// <summary>Products for tests, stored as an import would.</summary>
public static class SomeCatalogue
{
    /// <summary>A product with one variant.</summary>
    /// <param name="stock">Pieces; null where they are not counted.</param>
    public static Task<Variant> AddProductAsync(
        this PortalDbContext db, string slug, long price = 10_000, int? stock = 10, ProductKind kind = ProductKind.Product,
        string? title = null, string shelf = "varios", int returnDays = 30, int? leadDays = null, int taxRate = 1600) =>
        db.AddProductAsync(slug, [("", "", price, stock)], kind, title, shelf, returnDays, leadDays, taxRate).ContinueWith(t => t.Result[0], TaskScheduler.Default);

    /// <summary>A product whose colour is chosen.</summary>
    /// <param name="colours">Value, label, price and pieces of each.</param>
    public static async Task<IReadOnlyList<Variant>> AddProductAsync(
        this PortalDbContext db, string slug, IReadOnlyList<(string Value, string Label, long Price, int? Stock)> colours, ProductKind kind = ProductKind.Product,
        string? title = null, string shelf = "varios", int returnDays = 30, int? leadDays = null, int taxRate = 1600)
    {
        var hasColours = colours is not [("", _, _, _)];
        var product = new Product
        {
            Slug = slug,
            Kind = kind,
            Shelf = shelf,
            Title = title ?? slug,
            Summary = $"Sirve para probar {slug}.",
            PriceFrom = colours.Min(c => c.Price),
            TaxRate = taxRate,
            LeadDays = leadDays,
            ReturnDays = returnDays,
            WarrantyMonths = 12,
            Options = hasColours ? [new ProductOption("color", "Color", [.. colours.Select(c => new OptionValue(c.Value, c.Label))])] : [],
            UpdatedAt = DateTime.UtcNow,
        };
        var variants = colours.Select((c, i) => new Variant
        {
            ProductId = product.Id,
            Product = product,
            Sku = (hasColours ? $"{slug}-{c.Value}" : slug).ToUpperInvariant(),
            Options = hasColours ? [new ChosenOption("color", c.Value)] : [],
            Price = c.Price,
            InStock = c.Stock,
            LowStock = 2,
            Position = i,
        }).ToList();
        await db.InTransactionAsync(async () =>
        {
            product.ChangeNumber = await db.NextAsync(Product.ChangeSequence);
            db.Products.Add(product);
            db.Variants.AddRange(variants);
            db.StockMovements.AddRange(variants.Where(v => v.InStock > 0).Select(v => new StockMovement
            {
                VariantId = v.Id,
                Delta = v.InStock!.Value,
                Reason = StockReason.Initial,
                Actor = ActorKind.System,
                At = DateTime.UtcNow,
            }));
        });
        return variants;
    }
}
