using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>What becomes true when readers see a revision, whoever publishes it and whenever: its topic, its address, its old addresses.</summary>
internal static class Publication
{
    /// <summary>Whether the address that a revision asks for can be had.</summary>
    public static async Task<bool> IsAddressFreeAsync(this PortalDbContext db, Article article, Revision revision, CancellationToken cancel) =>
        revision.Content.Slug is not { Length: > 0 } wanted || wanted == article.Slug || !await db.Articles.AnyAsync(a => a.Slug == wanted, cancel);

    /// <summary>Shows a revision to readers, in the transaction that is open. An address that is another's is not taken.</summary>
    /// <param name="actor">Name of who publishes it; empty for the portal itself.</param>
    /// <param name="now">UTC.</param>
    public static async Task PublishAsync(this PortalDbContext db, Article article, Revision revision, string actor, DateTime now, CancellationToken cancel)
    {
        var (content, before) = (revision.Content, article.Slug);
        article.CategoryId = await db.Categories.Where(c => c.Slug == content.Category).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel) ?? article.CategoryId;
        if (content.Slug is { Length: > 0 } wanted && wanted != before && await db.IsAddressFreeAsync(article, revision, cancel))
        {
            article.Slug = wanted;
            if (article.PublishedAt is not null)
            {
                await db.RedirectAsync(ArticleAddress.Of(before), article.Id, cancel);
                db.ArticleEvents.Add(ArticleEvent.Of(article, ArticleEventKind.Moved, actor, now, detail: before));
            }
        }

        foreach (var path in content.RedirectFrom.Where(p => p != ArticleAddress.Of(article.Slug)))
        {
            await db.RedirectAsync(path, article.Id, cancel);
        }

        article.Publish(revision, now);
        db.ArticleEvents.Add(ArticleEvent.Of(article, ArticleEventKind.Published, actor, now, revision.Number));
        article.ChangeNumber = await db.NextAsync(Article.ChangeSequence, cancel);
    }

    /// <summary>Leads an old address to an article.</summary>
    /// <param name="path">In the form of <see cref="ArticleRedirect.Normalise"/>.</param>
    public static async Task RedirectAsync(this PortalDbContext db, string path, Guid articleId, CancellationToken cancel)
    {
        if (await db.ArticleRedirects.FindAsync([path], cancel) is { } redirect)
        {
            redirect.ArticleId = articleId;
        }
        else
        {
            db.ArticleRedirects.Add(new ArticleRedirect { Path = path, ArticleId = articleId });
        }
    }
}
