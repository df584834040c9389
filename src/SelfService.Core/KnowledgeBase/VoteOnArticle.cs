using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Records whether an article helped a visitor.</summary>
public sealed class VoteOnArticle(PortalDbContext db, TimeProvider clock)
{
    /// <summary>
    /// Stores the vote; the same visitor's earlier vote on the article is replaced, and its comment kept when
    /// <paramref name="comment"/> is null.
    /// </summary>
    public Task CastAsync(Guid articleId, Guid visitorId, bool helpful, string? comment, CancellationToken cancel) =>
        // Of two clicks at once the second becomes an update of the first.
        db.RetriedAsync(() => db.InTransactionAsync(async () =>
        {
            // Holds the article until commit: on PostgreSQL two votes at once would each count without the other.
            await db.Articles.Where(a => a.Id == articleId)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.HelpfulVotes, a => a.HelpfulVotes), cancel);
            var vote = await db.ArticleVotes.SingleOrDefaultAsync(v => v.ArticleId == articleId && v.VisitorId == visitorId, cancel);
            if (vote is null)
            {
                vote = new ArticleVote { ArticleId = articleId, VisitorId = visitorId };
                db.ArticleVotes.Add(vote);
            }

            vote.Helpful = helpful;
            // Another comment has not been read yet.
            vote.SettledAt = comment is null || comment == vote.Comment ? vote.SettledAt : null;
            vote.Comment = comment ?? vote.Comment;
            vote.VotedAt = clock.GetUtcNow().UtcDateTime;
            vote.RevisionId = await db.Articles.Where(a => a.Id == articleId).Select(a => a.PublishedRevisionId).SingleAsync(cancel);
            await db.SaveChangesAsync(cancel);

            // Counted from the votes each time: a counter that is only ever added to drifts.
            var helpfulVotes = await db.ArticleVotes.CountAsync(v => v.ArticleId == articleId && v.Helpful, cancel);
            var unhelpfulVotes = await db.ArticleVotes.CountAsync(v => v.ArticleId == articleId && !v.Helpful, cancel);
            await db.Articles.Where(a => a.Id == articleId).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.HelpfulVotes, helpfulVotes).SetProperty(a => a.UnhelpfulVotes, unhelpfulVotes), cancel);
            return true;
        }, cancel));
}
