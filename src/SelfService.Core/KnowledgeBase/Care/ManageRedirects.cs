using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Care;

/// <summary>An old address and the article it leads to.</summary>
/// <param name="IsShown">Whether readers can see that article.</param>
public sealed record RedirectRow(string Path, string Slug, string Title, bool IsShown);

/// <summary>How adding an old address ended.</summary>
public enum AddedRedirect
{
    Done,

    /// <summary>It is no path of this site, or too long.</summary>
    NotAPath,

    /// <summary>An article stands there, so nobody would be led on.</summary>
    InUse,

    /// <summary>There is no such article to lead to.</summary>
    NoArticle,
}

/// <summary>Old addresses that lead to articles.</summary>
public sealed class ManageRedirects(PortalDbContext db)
{
    /// <summary>A page of them, by path.</summary>
    /// <param name="query">Part of the old path, or of the article's address; null for all.</param>
    public async Task<Page<RedirectRow>> ListAsync(string? query, int page, int size, CancellationToken cancel)
    {
        var part = (query ?? "").Normalize().ToLowerInvariant();
        var rows =
            from r in db.ArticleRedirects
            join a in db.Articles on r.ArticleId equals a.Id
            where part == "" || r.Path.Contains(part) || a.Slug.Contains(part)
            join v in db.Revisions on new { a.Id, Number = a.LatestRevisionNumber } equals new { Id = v.ArticleId, v.Number }
            orderby r.Path
            select new RedirectRow(r.Path, a.Slug, v.Title, a.Status == ArticleStatus.Published);
        return new Page<RedirectRow>(await rows.Skip((page - 1) * size).Take(size).ToListAsync(cancel), page, size, await rows.CountAsync(cancel));
    }

    /// <summary>Leads an old address to an article; one that led elsewhere leads here from now on.</summary>
    /// <param name="path">From the root; a whole address is taken by its path.</param>
    /// <param name="slug">Of the article; its address will do.</param>
    public Task<AddedRedirect> AddAsync(string path, string slug, CancellationToken cancel) =>
        // Whoever adds it second changes what the first has added.
        db.RetriedAsync(() => db.InTransactionAsync(() => LeadAsync(path, slug, cancel), cancel));

    /// <summary>Forgets an old address.</summary>
    public Task DeleteAsync(string path, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            await db.ArticleRedirects.Where(r => r.Path == path).ExecuteDeleteAsync(cancel);
            await TellAsync(cancel);
        }, cancel);

    // Variants find the article they belong to by its old addresses too.
    private Task TellAsync(CancellationToken cancel) => db.NextAsync(Article.ChangeSequence, cancel);

    private async Task<AddedRedirect> LeadAsync(string path, string slug, CancellationToken cancel)
    {
        var old = ArticleRedirect.Normalise(Uri.TryCreate(path.Trim(), UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https" ? Uri.UnescapeDataString(whole.AbsolutePath) : path.Split('?', '#')[0]);
        if (old.Length is < 2 or > ArticleRedirect.PathMaxLength || old.Any(char.IsControl))
        {
            return AddedRedirect.NotAPath;
        }

        if (await db.Articles.AnyAsync(a => "/articulos/" + a.Slug == old && a.Status == ArticleStatus.Published, cancel))
        {
            return AddedRedirect.InUse;
        }

        var target = slug.Trim().TrimEnd('/').Split('/')[^1];
        if (await db.Articles.Where(a => a.Slug == target && a.TrashedAt == null).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancel) is not { } article)
        {
            return AddedRedirect.NoArticle;
        }

        await db.RedirectAsync(old, article, cancel);
        await TellAsync(cancel);
        return AddedRedirect.Done;
    }
}
