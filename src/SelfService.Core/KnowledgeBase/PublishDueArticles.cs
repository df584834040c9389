using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Publishes what was scheduled for a moment that has come, and archives what was to be shown only until then.</summary>
public sealed class PublishDueArticles(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Does everything that is due.</summary>
    /// <returns>Number of articles published or archived.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await db.Articles.AnyAsync(a => a.PublishAt <= now || a.ExpiresAt <= now, cancel))
        {
            return 0;
        }

        return await db.InTransactionAsync(async () =>
        {
            var due = await db.Articles.Where(a => a.PublishAt <= now || a.ExpiresAt <= now).ToListAsync(cancel);
            foreach (var article in due)
            {
                if (article.PublishAt <= now)
                {
                    var number = article.ScheduledNumber ?? article.LatestRevisionNumber;
                    await db.PublishAsync(article, await db.Revisions.SingleAsync(r => r.ArticleId == article.Id && r.Number == number, cancel), "", now, cancel);
                }
                else
                {
                    article.Archive(now);
                    db.ArticleEvents.Add(ArticleEvent.Of(article, ArticleEventKind.Expired, "", now));
                    article.ChangeNumber = await db.NextAsync(Article.ChangeSequence, cancel);
                }
            }

            await db.SaveChangesAsync(cancel);
            return due.Count;
        }, cancel);
    }
}
