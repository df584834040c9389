using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Care;

/// <summary>What a reader said of an article beside her vote.</summary>
/// <param name="IsOld">Whether the text has changed since she read it.</param>
public sealed record ReaderComment(Guid Id, string Slug, string Title, bool Helpful, string Text, DateTime At, DateTime? SettledAt, bool IsOld);

/// <summary>Comments of readers, as a list to be worked through.</summary>
public static class ReaderComments
{
    /// <summary>A page of comments, newest first, of articles that are not in the trash.</summary>
    /// <param name="settled">Those that somebody was done with, instead of the open ones.</param>
    /// <param name="slug">Of one article; null for all.</param>
    public static async Task<Page<ReaderComment>> ReaderCommentsAsync(this PortalDbContext db, bool settled, string? slug, int page, int size, CancellationToken cancel)
    {
        var comments =
            from v in db.ArticleVotes
            join a in db.Articles on v.ArticleId equals a.Id
            where v.Comment != "" && a.TrashedAt == null && (v.SettledAt != null) == settled && (slug == null || a.Slug == slug)
            join r in db.Revisions on new { a.Id, Number = a.LatestRevisionNumber } equals new { Id = r.ArticleId, r.Number }
            orderby v.VotedAt descending, v.Id
            select new ReaderComment(v.Id, a.Slug, r.Title, v.Helpful, v.Comment, v.VotedAt, v.SettledAt, v.RevisionId != a.PublishedRevisionId);
        return new Page<ReaderComment>(await comments.Skip((page - 1) * size).Take(size).ToListAsync(cancel), page, size, await comments.CountAsync(cancel));
    }

    /// <summary>Notes that somebody is done with a comment, or opens it again.</summary>
    /// <param name="at">UTC; null to open it again.</param>
    /// <param name="text">The comment that she has read; another one that has come since stays open.</param>
    public static Task<int> SettleAsync(this PortalDbContext db, Guid comment, string text, DateTime? at, CancellationToken cancel) =>
        db.InTransactionAsync(() => db.ArticleVotes.Where(v => v.Id == comment && v.Comment == text).ExecuteUpdateAsync(set => set.SetProperty(v => v.SettledAt, at), cancel), cancel);
}
