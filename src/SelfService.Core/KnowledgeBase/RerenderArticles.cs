using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Renders again what an older version of the renderer made, so that an upgrade changes every article once, or what names a figure that has changed.</summary>
public sealed class RerenderArticles(PortalDbContext db, ArticleRenderer renderer)
{
    private const int BatchSize = 50;

    /// <summary>Renders every published revision that is behind.</summary>
    /// <returns>Number of articles rendered.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var behind = await db.Articles
            .Where(a => a.PublishedRevision != null && a.PublishedRevision.RendererVersion < ArticleRenderer.CurrentVersion)
            .Select(a => a.Id).ToListAsync(cancel);
        return await RunAsync(behind, cancel);
    }

    /// <summary>Renders what readers see of some articles.</summary>
    /// <returns>Number of articles rendered.</returns>
    public async Task<int> RunAsync(IReadOnlyList<Guid> articles, CancellationToken cancel)
    {
        foreach (var batch in articles.Chunk(BatchSize))
        {
            await db.InTransactionAsync(async () =>
            {
                var change = await db.NextAsync(Article.ChangeSequence, cancel);
                foreach (var article in await db.Articles.Include(a => a.PublishedRevision).Where(a => batch.Contains(a.Id)).ToListAsync(cancel))
                {
                    var revision = article.PublishedRevision!;
                    var links = await ArticleLinks.ReadAsync(db, article.Id, revision.Body, cancel);
                    revision.Rerender(renderer.Render(revision.Title, revision.Body, links));
                    article.ChangeNumber = change;
                }

                await db.SaveChangesAsync(cancel);
            }, cancel);
            db.ChangeTracker.Clear();
        }

        return articles.Count;
    }
}
