using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Differences;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>Two who wrote at once: what the other saved, and both texts in one where their changes do not touch.</summary>
/// <param name="Theirs">The newest revision.</param>
/// <param name="Merged">Both in one; null where they changed the same.</param>
public sealed record Meeting(Revision Theirs, string? Merged)
{
    /// <summary>Reads what the other saved.</summary>
    /// <param name="baseNumber">The revision that both began from.</param>
    /// <param name="mine">Her text.</param>
    public static async Task<Meeting> ReadAsync(PortalDbContext db, Guid articleId, int baseNumber, ArticleContent mine, CancellationToken cancel)
    {
        var theirs = await db.Revisions.AsNoTracking().Where(r => r.ArticleId == articleId).OrderByDescending(r => r.Number).FirstAsync(cancel);
        var began = await db.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.ArticleId == articleId && r.Number == baseNumber, cancel);
        return new Meeting(theirs, began is null ? null : ThreeWayMerge.Of(began.Body, mine.Body, theirs.Body).Text);
    }
}
