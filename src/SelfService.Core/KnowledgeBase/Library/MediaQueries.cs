using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Library;

/// <summary>Which images an editor looks at.</summary>
public enum MediaView
{
    All,

    /// <summary>That nothing uses; they may be deleted.</summary>
    Unused,
}

/// <summary>Something that shows an image now.</summary>
/// <param name="Slug">Of the article or the product.</param>
/// <param name="IsPublished">Whether readers see it there.</param>
public sealed record MediaUse(string Slug, string Title, bool IsProduct, bool IsPublished);

/// <summary>An image as it stands in the list.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="CameAt">When it came, UTC.</param>
/// <param name="Uses">Where it is shown now: by published or newest revisions, and by products.</param>
public sealed record MediaRow(string Hash, string Name, string ContentType, int Width, int Height, int Size, DateTime CameAt, IReadOnlyList<MediaUse> Uses)
{
    /// <summary>Address it is served at.</summary>
    public string Url => Media.UrlOf(Hash, Name);

    /// <summary>What shows it in a text, with the description still to be written.</summary>
    public string Markdown => $"![]({Url})";
}

/// <summary>What editors ask of the library of images.</summary>
public static class MediaQueries
{
    /// <summary>A page of images, newest first.</summary>
    /// <param name="query">Words of the name; null for all.</param>
    public static async Task<Page<MediaRow>> MediaAsync(this PortalDbContext db, MediaView view, string? query, int page, int size, CancellationToken cancel)
    {
        var images = db.Media.AsNoTracking();
        foreach (var word in (query ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => Slug.From(w, "")).Where(w => w.Length > 0))
        {
            // Names are stored as slugs.
            images = images.Where(m => m.Name.Contains(word));
        }

        var ids = await images.OrderByDescending(m => m.Id).Select(m => new { m.Id, m.Hash }).ToListAsync(cancel);
        if (view == MediaView.Unused)
        {
            var used = await db.UsedImagesAsync(cancel);
            ids.RemoveAll(m => used.Contains(m.Hash));
        }

        var number = Math.Min(page, Math.Max(1, (ids.Count + size - 1) / size));
        var shown = ids.Skip((number - 1) * size).Take(size).Select(m => m.Id).ToList();
        var rows = await db.Media.AsNoTracking().Where(m => EF.Parameter(shown).Contains(m.Id)).OrderByDescending(m => m.Id)
            .Select(m => new { m.Id, m.Hash, m.Name, m.ContentType, m.Width, m.Height, Size = m.Bytes.Length }).ToListAsync(cancel);
        var uses = await UsesNowAsync(db, rows.Select(m => m.Hash).ToHashSet(), cancel);
        return new Page<MediaRow>([.. rows.Select(m => new MediaRow(m.Hash, m.Name, m.ContentType, m.Width, m.Height, m.Size, Media.CameAtOf(m.Id), [.. uses[m.Hash]]))], number, size, ids.Count);
    }

    /// <summary>One image; null when there is none.</summary>
    public static async Task<MediaRow?> MediaAsync(this PortalDbContext db, string hash, CancellationToken cancel)
    {
        var found = await db.Media.AsNoTracking().Where(m => m.Hash == hash).Select(m => new { m.Id, m.Name, m.ContentType, m.Width, m.Height, Size = m.Bytes.Length }).SingleOrDefaultAsync(cancel);
        return found is null ? null : new MediaRow(hash, found.Name, found.ContentType, found.Width, found.Height, found.Size, Media.CameAtOf(found.Id), []);
    }

    /// <summary>Hashes of every image that anything uses: any revision by showing it or by linking to it, a file, a snippet, a product, or a text that is kept and not saved.</summary>
    public static async Task<IReadOnlySet<string>> UsedImagesAsync(this PortalDbContext db, CancellationToken cancel)
    {
        var used = new HashSet<string>();
        await foreach (var images in db.Revisions.Select(r => r.Images).AsAsyncEnumerable().WithCancellation(cancel))
        {
            used.UnionWith(images.Select(i => i.Hash));
        }

        used.UnionWith((await db.ImportedFiles.Select(f => f.Images).ToListAsync(cancel)).SelectMany(i => i).Select(i => i.Hash));
        used.UnionWith((await db.Products.Select(p => p.Images).ToListAsync(cancel)).SelectMany(i => i).SelectMany(i => HashesIn(i.Url)));
        foreach (var texts in new[] { db.Revisions.Select(r => r.Body), db.Autosaves.Select(a => a.Body), db.Snippets.Select(s => s.Body), db.Products.Select(p => p.Description) })
        {
            await foreach (var text in texts.Where(t => t.Contains(StoredImages.Mark)).AsAsyncEnumerable().WithCancellation(cancel))
            {
                used.UnionWith(HashesIn(text));
            }
        }

        return used;
    }

    private static async Task<ILookup<string, MediaUse>> UsesNowAsync(PortalDbContext db, HashSet<string> hashes, CancellationToken cancel)
    {
        var articles = await (
            from a in db.Articles.AsNoTracking()
            join r in db.Revisions.AsNoTracking() on a.Id equals r.ArticleId
            where r.Id == a.PublishedRevisionId || r.Number == a.LatestRevisionNumber
            select new { a.Slug, r.Number, r.Title, r.Images, IsPublished = a.Status == ArticleStatus.Published && r.Id == a.PublishedRevisionId }).ToListAsync(cancel);
        var products = await db.Products.AsNoTracking().Select(p => new { p.Slug, p.Title, p.Images, p.IsOnSale }).ToListAsync(cancel);
        var shown =
            from a in articles
            from hash in a.Images.Select(i => i.Hash).Distinct().Where(hashes.Contains)
                // Of an article that both its published and its newest revision show, once.
            group a by (hash, a.Slug) into same
            let newest = same.MaxBy(a => a.Number)!
            select (same.Key.hash, Use: new MediaUse(newest.Slug, newest.Title, false, same.Any(a => a.IsPublished)));
        var sold =
            from p in products
            from hash in p.Images.SelectMany(i => HashesIn(i.Url)).Distinct().Where(hashes.Contains)
            select (hash, Use: new MediaUse(p.Slug, p.Title, true, p.IsOnSale));
        return shown.Concat(sold).OrderBy(u => u.Use.Title, StringComparer.Ordinal).ToLookup(u => u.hash, u => u.Use);
    }

    private static IEnumerable<string> HashesIn(string text) => StoredImages.In(text).Select(i => i.Hash);
}
