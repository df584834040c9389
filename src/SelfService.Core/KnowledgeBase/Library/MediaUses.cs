using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Library;

/// <summary>An article that uses an image.</summary>
/// <param name="IsPublished">Whether readers see it.</param>
/// <param name="IsNewest">Whether its newest revision does.</param>
/// <param name="Older">How many other revisions do.</param>
public sealed record ArticleMediaUse(string Slug, string Title, bool IsPublished, bool IsNewest, int Older);

/// <summary>Every use of an image.</summary>
/// <param name="Snippets">Keys of the snippets that name it.</param>
/// <param name="Files">Paths of imported files that show it.</param>
/// <param name="Kept">Texts that name it and are kept without being saved.</param>
public sealed record MediaUses(IReadOnlyList<ArticleMediaUse> Articles, IReadOnlyList<(string Slug, string Title)> Products, IReadOnlyList<string> Snippets, IReadOnlyList<string> Files, int Kept)
{
    public bool Any => Articles.Count + Products.Count + Snippets.Count + Files.Count + Kept > 0;

    /// <summary>Reads them all, in old revisions too, shown or linked to.</summary>
    public static async Task<MediaUses> ReadAsync(PortalDbContext db, string hash, CancellationToken cancel)
    {
        var revisions = await db.RevisionsWith(hash).AsNoTracking().Select(r => new { r.Id, r.ArticleId, r.Number }).ToListAsync(cancel);
        var ids = revisions.Select(r => r.ArticleId).Distinct().ToList();
        var articles = await (
            from a in db.Articles.AsNoTracking().Where(a => EF.Parameter(ids).Contains(a.Id))
            join r in db.Revisions on new { a.Id, Number = a.LatestRevisionNumber } equals new { Id = r.ArticleId, r.Number }
            orderby r.Title, a.Slug
            select new { a.Id, a.Slug, r.Title, Newest = a.LatestRevisionNumber, Shown = a.Status == ArticleStatus.Published ? a.PublishedRevisionId : null }).ToListAsync(cancel);
        var products = (await db.Products.AsNoTracking().OrderBy(p => p.Title).Select(p => new { p.Slug, p.Title, p.Images, IsNamed = p.Description.Contains(hash) }).ToListAsync(cancel))
            .Where(p => p.IsNamed || p.Images.Any(i => i.Url.Contains(hash, StringComparison.Ordinal)));
        return new MediaUses(
            [.. from a in articles
                let own = revisions.Where(r => r.ArticleId == a.Id).ToList()
                select new ArticleMediaUse(a.Slug, a.Title, own.Exists(r => r.Id == a.Shown), own.Exists(r => r.Number == a.Newest), own.Count(r => r.Id != a.Shown && r.Number != a.Newest))],
            [.. products.Select(p => (p.Slug, p.Title))],
            await db.Snippets.Where(s => s.Body.Contains(hash)).OrderBy(s => s.Key).Select(s => s.Key).ToListAsync(cancel),
            [.. (await db.FilesWith(hash).Select(f => f.Path).ToListAsync(cancel)).Select(ImportedFile.Plain).Distinct().Order(StringComparer.Ordinal)],
            await db.Autosaves.CountAsync(a => a.Body.Contains(hash), cancel));
    }
}
