using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Publishes what was scheduled for a moment that has come.</summary>
public sealed class PublishDueArticles(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Publishes everything that is due.</summary>
    /// <returns>Number of articles published.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await db.Articles.AnyAsync(a => a.PublishAt <= now, cancel))
        {
            return 0;
        }

        return await db.InTransactionAsync(async () =>
        {
            var due = await db.Articles.Where(a => a.PublishAt <= now).ToListAsync(cancel);
            foreach (var article in due)
            {
                var revision = await db.Revisions.SingleAsync(r => r.ArticleId == article.Id && r.Number == article.LatestRevisionNumber, cancel);
                article.Publish(revision, now);
                article.ChangeNumber = await db.NextAsync(Article.ChangeSequence, cancel);
            }

            await db.SaveChangesAsync(cancel);
            return due.Count;
        }, cancel);
    }
}
