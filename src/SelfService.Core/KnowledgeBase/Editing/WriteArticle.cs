using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>How saving ended.</summary>
public enum SaveResult
{
    Saved,

    /// <summary>It says the same as the newest revision; nothing was added.</summary>
    Same,

    /// <summary>Somebody has saved a newer revision than the one it began from. Nothing is lost: her text is kept as she left it.</summary>
    Overtaken,

    /// <summary>There is no such article any more.</summary>
    Gone,
}

/// <summary>How saving ended, with the number of the newest revision.</summary>
public sealed record SaveOutcome(SaveResult Result, int Number);

/// <summary>Writes articles in the browser: every save is a revision of its own beside what readers see, and nobody overwrites anybody.</summary>
public sealed class WriteArticle(PortalDbContext db, ArticleRenderer renderer, TimeProvider clock)
{
    /// <summary>Begins an article.</summary>
    /// <param name="content">Its topic must exist.</param>
    /// <param name="sourceTicketId">The ticket whose answer it begins with.</param>
    /// <param name="existing">Looks for the same article, when nobody else can begin one; may be asked again.</param>
    /// <returns>Its slug, or that of the same one; null when there is no such topic.</returns>
    public Task<string?> CreateAsync(ArticleContent content, Editor author, CancellationToken cancel, Guid? sourceTicketId = null, Func<Task<string?>>? existing = null) =>
        // An import, or an article that moves, may take the address at the same moment; there are others.
        db.RetriedAsync(() => db.InTransactionAsync(
            async () =>
            {
                // Of those who begin the same at once, each sees what the one before has taken.
                await db.LockAddressesAsync(cancel);
                return (existing is null ? null : await existing()) ?? await AddAsync(content, author, sourceTicketId, cancel);
            },
            cancel));

    /// <summary>Renders a text as a revision of that article would be.</summary>
    public async Task<RenderedArticle> RenderAsync(Guid articleId, ArticleContent content, CancellationToken cancel) =>
        renderer.Render(content.Title, content.Body, await ArticleLinks.ReadAsync(db, articleId, content.Body, cancel));

    /// <summary>Saves a text as the next revision.</summary>
    /// <param name="baseNumber">The revision that it began from, or that she has seen and taken into hers.</param>
    public Task<SaveOutcome> SaveAsync(Guid articleId, int baseNumber, ArticleContent content, Editor editor, CancellationToken cancel) =>
        // Somebody may save, or delete an image that it shows, at the same moment.
        db.RetriedAsync(async () =>
        {
            var rendered = await RenderAsync(articleId, content, cancel);
            return await db.InTransactionAsync(() => AddRevisionAsync(articleId, baseNumber, content, rendered, editor, cancel), cancel);
        });

    /// <summary>Says an old revision again as the newest.</summary>
    /// <returns>The outcome; <see cref="SaveResult.Gone"/> when there is no such revision.</returns>
    public async Task<SaveOutcome> RestoreAsync(Guid articleId, int number, Editor editor, CancellationToken cancel)
    {
        var old = await db.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.ArticleId == articleId && r.Number == number, cancel);
        var latest = await db.Articles.Where(a => a.Id == articleId).Select(a => (int?)a.LatestRevisionNumber).SingleOrDefaultAsync(cancel);
        return old is null || latest is null ? new SaveOutcome(SaveResult.Gone, 0) : await SaveAsync(articleId, latest.Value, old.FullContent, editor, cancel);
    }

    /// <summary>Keeps what she has typed so far, without a revision.</summary>
    public Task KeepAsync(Guid articleId, int baseNumber, ArticleContent content, Guid personId, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var kept = await db.Autosaves.SingleOrDefaultAsync(a => a.ArticleId == articleId && a.PersonId == personId, cancel);
            if (kept is null)
            {
                db.Autosaves.Add(kept = new Autosave { ArticleId = articleId, PersonId = personId, Content = content });
            }

            (kept.BaseNumber, kept.Content, kept.Body, kept.SavedAt) = (baseNumber, content with { Body = "" }, content.Body, clock.GetUtcNow().UtcDateTime);
        },
        cancel);

    /// <summary>Forgets what she has typed and not saved.</summary>
    public Task DropAsync(Guid articleId, Guid personId, CancellationToken cancel) =>
        db.InTransactionAsync(() => db.Autosaves.Where(a => a.ArticleId == articleId && a.PersonId == personId).ExecuteDeleteAsync(cancel), cancel);

    private async Task<string?> AddAsync(ArticleContent content, Editor author, Guid? sourceTicketId, CancellationToken cancel)
    {
        if (await db.Categories.Where(c => c.Slug == content.Category).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel) is not { } category)
        {
            return null;
        }

        var (now, wanted) = (clock.GetUtcNow().UtcDateTime, Slug.From(content.Slug ?? content.Title, "articulo").Cut(Article.SlugMaxLength - 8));
        // Before the images are looked up: from here on nobody deletes one.
        await db.LockImagesAsync(alone: false, cancel);
        var article = new Article { Slug = await FreeAsync(wanted, cancel), CategoryId = category, CreatedAt = now, SourceTicketId = sourceTicketId };
        var links = await ArticleLinks.ReadAsync(db, article.Id, content.Body, cancel);
        db.Articles.Add(article);
        db.Revisions.Add(article.AddRevision(content, renderer.Render(content.Title, content.Body, links), RevisionOrigin.Browser, author.Name, now, author.Id));
        return article.Slug;
    }

    private async Task<string> FreeAsync(string wanted, CancellationToken cancel)
    {
        var taken = await db.Articles.Where(a => a.Slug.StartsWith(wanted)).Select(a => a.Slug).ToHashSetAsync(cancel);
        return Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? wanted : $"{wanted}-{n}").First(slug => !taken.Contains(slug));
    }

    private async Task<SaveOutcome> AddRevisionAsync(Guid articleId, int baseNumber, ArticleContent content, RenderedArticle rendered, Editor editor, CancellationToken cancel)
    {
        if (await db.Articles.SingleOrDefaultAsync(a => a.Id == articleId && a.TrashedAt == null, cancel) is not { } article)
        {
            return new SaveOutcome(SaveResult.Gone, 0);
        }

        var latest = await db.Revisions.Where(r => r.ArticleId == articleId && r.Number == article.LatestRevisionNumber).Select(r => r.ContentHash).SingleAsync(cancel);
        if (latest == content.Hash(rendered.Images))
        {
            await ForgetAsync();
            return new SaveOutcome(SaveResult.Same, article.LatestRevisionNumber);
        }

        if (article.LatestRevisionNumber != baseNumber)
        {
            return new SaveOutcome(SaveResult.Overtaken, article.LatestRevisionNumber);
        }

        await db.HoldImagesAsync(rendered.Images, cancel);
        var revision = article.AddRevision(content, rendered, RevisionOrigin.Browser, editor.Name, clock.GetUtcNow().UtcDateTime, editor.Id);
        db.Revisions.Add(revision);
        if (article.PublishedRevisionId is null)
        {
            // What readers have never seen moves at once.
            article.CategoryId = await db.Categories.Where(c => c.Slug == content.Category).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancel) ?? article.CategoryId;
        }

        await ForgetAsync();
        return new SaveOutcome(SaveResult.Saved, revision.Number);

        Task ForgetAsync() => db.Autosaves.Where(a => a.ArticleId == articleId && a.PersonId == editor.Id).ExecuteDeleteAsync(cancel);
    }
}
