using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Catalog.Csv;

/// <summary>Writes what a plan makes of products; saved with the transaction.</summary>
/// <param name="number">Number of the change, for the index.</param>
internal sealed class WritePlan(PortalDbContext db, long number, DateTime now)
{
    public async Task RunAsync(IReadOnlyList<ProductDraft> drafts, CancellationToken cancel)
    {
        var ids = drafts.Select(d => d.ProductId).OfType<Guid>().ToList();
        var known = await db.Products.Include(p => p.Variants).AsSplitQuery().Where(p => EF.Parameter(ids).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
        foreach (var draft in drafts)
        {
            Write(draft, draft.ProductId is { } id ? known[id] : New(draft));
        }
    }

    private Product New(ProductDraft draft)
    {
        var product = new Product { Slug = draft.Slug, Position = int.MaxValue };
        db.Products.Add(product);
        return product;
    }

    private void Write(ProductDraft draft, Product product)
    {
        product.Title = draft.Text(CsvColumn.Title) ?? product.Title;
        product.Summary = draft.Text(CsvColumn.Summary) ?? product.Summary;
        product.Shelf = draft.Text(CsvColumn.Shelf) ?? product.Shelf;
        product.TaxRate = draft.Number(CsvColumn.TaxRate) ?? product.TaxRate;
        product.ReturnDays = draft.Number(CsvColumn.ReturnDays) ?? product.ReturnDays;
        product.WarrantyMonths = draft.Number(CsvColumn.WarrantyMonths) ?? product.WarrantyMonths;
        if (draft.Number(CsvColumn.LeadDays) is { } days)
        {
            product.LeadDays = days > 0 ? days : null;
        }

        if (!product.IsOnSale)
        {
            // Only what the file names comes back, not what was on sale beside it.
            product.Variants.ForEach(v => v.IsOnSale = false);
        }

        foreach (var wanted in draft.Variants)
        {
            Write(wanted, product.Variants.FirstOrDefault(v => v.Id == wanted.VariantId) ?? New(wanted, product));
        }

        product.IsOnSale = product.Variants.Exists(v => v.IsOnSale);
        product.PriceFrom = product.Variants.Where(v => v.IsOnSale || !product.IsOnSale).Min(v => v.Price);
        product.ChangeNumber = number;
        (product.UpdatedAt, product.EditedAt) = (now, now);
    }

    // Of something new nobody has counted a piece yet: none can be sold before somebody does. What is made to order is not counted.
    private Variant New(VariantDraft wanted, Product product)
    {
        var variant = new Variant { ProductId = product.Id, Product = product, Sku = wanted.Sku, InStock = product.LeadDays is null ? 0 : null };
        db.Variants.Add(variant);
        return variant;
    }

    private static void Write(VariantDraft wanted, Variant variant)
    {
        variant.Price = wanted.Price ?? variant.Price;
        variant.LowStock = wanted.LowStock ?? variant.LowStock;
        variant.IsOnSale = wanted.IsOnSale ?? variant.IsOnSale;
    }
}
