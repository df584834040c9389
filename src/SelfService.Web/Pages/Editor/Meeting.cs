using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Differences;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>Two who wrote at once. What only the other changed is taken over; what both changed is shown beside hers, and nobody decides for her.</summary>
/// <param name="Theirs">The newest revision.</param>
/// <param name="Taken">Fields that were taken over from it.</param>
/// <param name="Both">Fields that both changed, with what the other has.</param>
/// <param name="Together">Both texts in one; null where they changed the same, or only one of them did.</param>
/// <param name="Difference">From the other's text to hers.</param>
public sealed record Meeting(Revision Theirs, IReadOnlyList<string> Taken, IReadOnlyList<(string Field, string Theirs)> Both, string? Together, TextDifference Difference)
{
    /// <summary>Reads what the other saved.</summary>
    /// <param name="baseNumber">The revision that both began from.</param>
    /// <param name="mine">Her form; fields are taken over into it.</param>
    /// <param name="formOf">The form for a revision.</param>
    public static async Task<Meeting> ReadAsync(PortalDbContext db, Guid articleId, int baseNumber, EditForm mine, Func<Revision, EditForm> formOf, CancellationToken cancel)
    {
        var theirs = await db.Revisions.AsNoTracking().Where(r => r.ArticleId == articleId).OrderByDescending(r => r.Number).FirstAsync(cancel);
        var began = await db.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.ArticleId == articleId && r.Number == baseNumber, cancel);
        var (taken, both) = mine.Meet(began is null ? new EditForm() : formOf(began), formOf(theirs));
        var bothWrote = began is not null && both.Any(f => f.Field == nameof(EditForm.Body));
        return new Meeting(
            theirs, taken, [.. both.Where(f => f.Field != nameof(EditForm.Body))], bothWrote ? ThreeWayMerge.Of(began!.Body, mine.Body ?? "", theirs.Body).Text : null,
            TextDifference.Between(theirs.Body, mine.Body ?? ""));
    }
}
