using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>The writing half of an import: does what was decided for each file.</summary>
internal sealed class ArticleStore(PortalDbContext db, TimeProvider clock, ArticleLoader loader, MediaShelf shelf, DecideImport decide, ImportReport report)
{
    private readonly Dictionary<string, Guid> categoryIds = new(StringComparer.Ordinal);

    /// <summary>
    /// Stores one batch in one transaction. If the database refuses it, its articles are stored one by one, so that only the
    /// one it refuses is left out.
    /// </summary>
    public async Task BatchAsync(IReadOnlyList<LoadedArticle> batch, CancellationToken cancel)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var media = shelf.TakeWaiting();
        try
        {
            await StoreBatchAsync(batch, media, cancel);
        }
        catch (DbUpdateException)
        {
            foreach (var loaded in batch)
            {
                await StoreAloneAsync(loaded, media, cancel);
            }
        }
    }

    private async Task StoreAloneAsync(LoadedArticle loaded, IReadOnlyList<Media> media, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        try
        {
            await StoreBatchAsync([loaded], media, cancel);
        }
        catch (DbUpdateException exception)
        {
            report.Count(new ImportedArticle(loaded.Path, ImportOutcome.Failed, "", loaded.Content!.Title, IsHeld: false));
            report.Problems.Add(ContentProblem.Error(ProblemKind.NotStored, 0, exception.GetBaseException().Message) with { File = loaded.Path });
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task StoreBatchAsync(IReadOnlyList<LoadedArticle> batch, IReadOnlyList<Media> media, CancellationToken cancel)
    {
        var decisions = await db.InTransactionAsync(async () =>
        {
            await KnowCategoriesAsync(cancel);
            await db.AddMissingAsync(media, cancel);
            await db.SaveChangesAsync(cancel);
            await db.HoldImagesAsync(batch.SelectMany(a => a.Rendered!.Images), cancel);
            var change = await db.NextAsync(Article.ChangeSequence, cancel);
            var decisions = await decide.RunAsync(batch, cancel);
            var written = new List<Written>();
            foreach (var decision in decisions)
            {
                if (await StoreAsync(decision, change, cancel) is { } one)
                {
                    written.Add(one);
                }
            }

            // An article points to the revision it shows and the revision to its article, so they are saved in two steps.
            await db.SaveChangesAsync(cancel);
            foreach (var one in written)
            {
                Live(one.Article, one.Revision, clock.GetUtcNow().UtcDateTime);
                await RedirectsAsync(one.Article, one.Path, one.Revision.Content, cancel);
            }

            return decisions;
        }, cancel);
        db.ChangeTracker.Clear();
        foreach (var decision in decisions)
        {
            report.Count(decision.Said);
            report.Problems.AddRange(decision.Problems);
        }
    }

    // Read in each transaction: one that was rolled back has taken the topics it made with it.
    private async Task KnowCategoriesAsync(CancellationToken cancel)
    {
        categoryIds.Clear();
        foreach (var category in await db.Categories.AsNoTracking().Select(c => new { c.Slug, c.Id }).ToListAsync(cancel))
        {
            categoryIds[category.Slug] = category.Id;
        }
    }

    /// <returns>What readers are to see; null where that stays as it is.</returns>
    private async Task<Written?> StoreAsync(ImportDecision decision, long change, CancellationToken cancel)
    {
        var (loaded, file, now) = (decision.Loaded, decision.File, clock.GetUtcNow().UtcDateTime);
        Note(file, loaded, now);
        var content = loaded.Content!;
        var article = decision.Article;
        if (article is null)
        {
            article = new Article { Id = file.ArticleId, Slug = decision.Said.Slug, CreatedAt = now, CategoryId = await CategoryAsync(content.Category, cancel), ChangeNumber = change };
            db.Articles.Add(article);
        }

        if (db.Entry(file).State == EntityState.Detached)
        {
            db.ImportedFiles.Add(file);
        }

        if (decision.Said.Outcome == ImportOutcome.Unchanged)
        {
            file.RevisionNumber = decision.SameAs;
            return null;
        }

        var editor = decide.Bringer?.Editor;
        var revision = editor is null
            ? article.AddRevision(content, loaded.Rendered!, RevisionOrigin.File, loaded.Path, now)
            : article.AddRevision(content, loaded.Rendered!, RevisionOrigin.Brought, editor.Name, now, editor.Id);
        db.Revisions.Add(revision);
        if (decision.Said.Outcome == ImportOutcome.Conflict)
        {
            return null;
        }

        file.RevisionNumber = revision.Number;
        if (decision.Said.IsHeld)
        {
            return null;
        }

        await MoveAsync(article, decision.Said.Slug, cancel);
        article.CategoryId = await CategoryAsync(content.Category, cancel);
        article.ChangeNumber = change;
        return new Written(article, revision, loaded.Path);
    }

    private static void Note(ImportedFile file, LoadedArticle loaded, DateTime now)
    {
        file.FileHash = loaded.FileHash;
        file.Images = loaded.Rendered!.Images;
        file.ImportedAt = now;
    }

    private void Live(Article article, Revision revision, DateTime now)
    {
        var kind = ArticleEventKind.Published;
        switch (revision.Content.Status)
        {
            case ArticleStatus.Published when revision.Content.ExpiresAt <= now:
                article.Archive(now);
                kind = ArticleEventKind.Archived;
                break;
            case ArticleStatus.Published when revision.Content.PublishAt > now:
                article.Schedule(revision.Content.PublishAt.Value);
                kind = ArticleEventKind.Scheduled;
                break;
            case ArticleStatus.Published:
                article.Publish(revision, now);
                break;
            case ArticleStatus.Archived:
                article.Archive(now);
                kind = ArticleEventKind.Archived;
                break;
            default:
                article.Withdraw(now);
                kind = ArticleEventKind.Withdrawn;
                break;
        }

        // What a folder does has nobody who did it; a draft that begins is no step.
        if (decide.Bringer is { } bringer && (kind != ArticleEventKind.Withdrawn || revision.Number > 1))
        {
            db.ArticleEvents.Add(ArticleEvent.Of(article, kind, bringer.Editor.Name, now, revision.Number));
        }
    }

    // An address that the front matter changes leaves a redirect where it was.
    private async Task MoveAsync(Article article, string slug, CancellationToken cancel)
    {
        if (article.Slug != slug)
        {
            var before = article.Slug;
            article.Slug = slug;
            await db.RedirectAsync(ArticleAddress.Of(before), article.Id, cancel);
        }
    }

    private async Task RedirectsAsync(Article article, string file, ArticleContent content, CancellationToken cancel)
    {
        // Links to the file by its name keep working when the front matter asks for another address.
        string[] paths = [.. content.RedirectFrom, ArticleAddress.Of(loader.SlugOf(file))];
        foreach (var path in paths.Where(p => p != ArticleAddress.Of(article.Slug)).Distinct())
        {
            await db.RedirectAsync(path, article.Id, cancel);
        }
    }

    private async Task<Guid> CategoryAsync(string slug, CancellationToken cancel)
    {
        if (categoryIds.TryGetValue(slug, out var id))
        {
            return id;
        }

        var category = new Category { Slug = slug, Title = TopicStore.Readable(slug), Position = int.MaxValue };
        db.Categories.Add(category);
        await db.SaveChangesAsync(cancel);
        return categoryIds[slug] = category.Id;
    }

    private sealed record Written(Article Article, Revision Revision, string Path);
}
