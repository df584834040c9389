using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;
using SelfService.Search;

namespace SelfService.Core.Catalog;

/// <summary>Keeps the search of the catalogue at the state of the database, by the number of the last change seen.</summary>
public sealed class CatalogIndex(PortalDbContext db, CatalogEngine catalog)
{
    // What is read at once while the whole index is built; larger blocks only cost memory.
    private const int BlockSize = 500;

    /// <summary>Applies every change since the engine's revision.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> FollowAsync(CancellationToken cancel)
    {
        var newest = await db.NewestAsync(Product.ChangeSequence, cancel);
        var seen = catalog.Engine.Revision;
        if (newest == seen)
        {
            return false;
        }

        // A smaller number than the engine's means that another database was put in place: everything is read again.
        var since = newest < seen ? 0 : seen;
        var changed = new List<SearchDocument>();
        var removed = new List<string>();
        var ids = await db.Products.Where(p => p.ChangeNumber > since).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancel);
        foreach (var block in ids.Chunk(BlockSize))
        {
            foreach (var product in await db.Products.AsNoTracking().Include(p => p.Variants).Where(p => EF.Parameter(block).Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancel))
            {
                if (product.IsOnSale)
                {
                    changed.Add(Document(product));
                }
                else
                {
                    removed.Add(product.Id.ToString());
                }
            }
        }

        catalog.Engine.Apply(changed, removed, newest);
        return true;
    }

    // A SKU that is copied from an invoice, the colour and the capacity are words that customers look for.
    private static SearchDocument Document(Product product) => new()
    {
        Id = product.Id.ToString(),
        Title = product.Title,
        Summary = product.Summary,
        Keywords = [.. product.Keywords, product.Slug, .. product.Variants.Where(v => v.IsOnSale).Select(v => v.Sku), .. product.Options.SelectMany(o => o.Values).Select(v => v.Label)],
        Sections =
        [
            .. StoredHtml.Sections(product.DescriptionHtml).Select(s => new SearchSection("", s.Heading, s.Text)),
            new SearchSection("", "", string.Join(". ", product.Specs.Select(spec => $"{spec.Label}: {spec.Value}"))),
        ],
        Topic = product.Shelf,
        Url = product.Address,
    };
}
