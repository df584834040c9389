using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;

namespace SelfService.Core.Orders;

/// <summary>Something that could be added to an order.</summary>
/// <param name="Variant">With its product.</param>
/// <param name="GoesWith">Whether it is usually bought with what is ordered; otherwise it could be bought instead.</param>
public sealed record RelatedGood(Variant Variant, bool GoesWith);

/// <summary>What an agent can offer to somebody who has ordered.</summary>
public static class RelatedGoods
{
    /// <summary>Products that go with those of the order, then what is like them, each in its variants on sale.</summary>
    /// <param name="most">Most variants.</param>
    public static async Task<IReadOnlyList<RelatedGood>> RelatedAsync(this PortalDbContext db, Order order, int most, CancellationToken cancel)
    {
        var slugs = order.Lines.Where(l => l.Kept > 0).Select(l => l.Slug).Distinct().ToList();
        var named = await db.Products.AsNoTracking().Where(p => slugs.Contains(p.Slug)).Select(p => new { p.GoesWith, p.Related }).ToListAsync(cancel);
        var goesWith = named.SelectMany(p => p.GoesWith).ToHashSet();
        var wanted = named.SelectMany(p => p.GoesWith).Concat(named.SelectMany(p => p.Related)).Distinct().Except(slugs).ToList();
        var variants = await db.Variants.AsNoTracking().Include(v => v.Product).Where(v => v.IsOnSale && v.Product.IsOnSale && wanted.Contains(v.Product.Slug)).ToListAsync(cancel);
        return
        [
            .. variants.Where(v => v.Has(1) && CorrectOrder.Fits(order, v.Product)).OrderBy(v => wanted.IndexOf(v.Product.Slug)).ThenBy(v => v.Position)
                .Take(most).Select(v => new RelatedGood(v, goesWith.Contains(v.Product.Slug))),
        ];
    }
}
