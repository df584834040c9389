namespace SelfService.Core.Catalog.Content;

/// <summary>What of a product can also be changed in the database, by a file with prices: where it was, the import keeps it.</summary>
internal static class ProductFacts
{
    /// <summary>Takes over from the file what can also be changed otherwise.</summary>
    public static void Write(Product product, LoadedProduct loaded)
    {
        product.Title = loaded.Title;
        product.Summary = loaded.Summary;
        product.Shelf = loaded.Shelf;
        product.TaxRate = loaded.TaxRate;
        product.ReturnDays = loaded.ReturnDays;
        product.WarrantyMonths = loaded.WarrantyMonths;
        product.LeadDays = loaded.LeadDays;
        product.IsOnSale = loaded.IsOnSale;
    }

    /// <summary>Keys of the file that say something else than the database.</summary>
    public static IReadOnlyList<string> Differences(Product product, LoadedProduct loaded)
    {
        var differs = new List<string>();
        Compare("title", product.Title, loaded.Title);
        Compare("summary", product.Summary, loaded.Summary);
        Compare("shelf", product.Shelf, loaded.Shelf);
        Compare("tax_rate", product.TaxRate, loaded.TaxRate);
        Compare("return_days", product.ReturnDays, loaded.ReturnDays);
        Compare("warranty_months", product.WarrantyMonths, loaded.WarrantyMonths);
        Compare("made_to_order", product.LeadDays, loaded.LeadDays);
        Compare("on_sale", product.IsOnSale, loaded.IsOnSale);
        foreach (var variant in product.Variants)
        {
            var written = loaded.Variants.FirstOrDefault(v => v.Sku == variant.Sku);
            Compare($"{variant.Sku} on_sale", variant.IsOnSale, written is not null);
            if (written is not null)
            {
                Compare($"{variant.Sku} price", variant.Price, written.Price);
                Compare($"{variant.Sku} low_stock", variant.LowStock, written.LowStock);
            }
        }

        return differs;

        void Compare<T>(string key, T stored, T said)
        {
            if (!EqualityComparer<T>.Default.Equals(stored, said))
            {
                differs.Add(key);
            }
        }
    }
}
