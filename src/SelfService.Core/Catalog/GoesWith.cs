using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.Catalog;

/// <summary>What is usually bought with other things.</summary>
public static class GoesWith
{
    /// <summary>What goes with these products, can be had now and is not among them, in the order they name it; with its variants.</summary>
    public static async Task<IReadOnlyList<Product>> GoesWithAsync(this PortalDbContext db, IReadOnlyCollection<Product> products, int most, CancellationToken cancel)
    {
        var named = products.SelectMany(p => p.GoesWith).Except(products.Select(p => p.Slug)).Distinct().ToList();
        if (named.Count == 0)
        {
            return [];
        }

        var found = await db.Products.AsNoTracking().Include(p => p.Variants.Where(v => v.IsOnSale).OrderBy(v => v.Position)).Where(p => p.IsOnSale && named.Contains(p.Slug)).ToListAsync(cancel);
        return [.. found.Where(p => p.Variants.Any(v => v.Has(1))).OrderBy(p => named.IndexOf(p.Slug)).Take(most)];
    }
}
