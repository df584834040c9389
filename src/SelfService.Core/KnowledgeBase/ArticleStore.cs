using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>The writing half of an import: decides what a loaded file means for the article in the database.</summary>
internal sealed class ArticleStore(PortalDbContext db, TimeProvider clock, ArticleLoader loader, MediaShelf shelf, ImportReport report)
{
    private readonly Dictionary<string, Guid> categoryIds = new(StringComparer.Ordinal);

    /// <summary>Creates and updates topics from <c>_category.yaml</c> files.</summary>
    public async Task CategoriesAsync(ContentFolder folder, CancellationToken cancel)
    {
        var files = new List<(string Slug, CategoryFile File)>();
        foreach (var path in folder.Files([ArticleLoader.CategoryFileName], report.Problems).Where(p => p.Count(c => c == '/') == 1))
        {
            try
            {
                var bytes = folder.Read(path, TextFile.MaxBytes) ?? throw new ContentException(ContentProblem.Error(ProblemKind.FileUnreadable));
                files.Add((Slug.From(path[..path.IndexOf('/')], "general"), CategoryFile.Read(bytes)));
            }
            catch (ContentException exception)
            {
                report.Problems.Add(exception.Problem with { File = path });
            }
        }

        await db.InTransactionAsync(async () =>
        {
            var changed = false;
            var existing = await db.Categories.ToDictionaryAsync(c => c.Slug, cancel);
            foreach (var (slug, file) in files)
            {
                if (!existing.TryGetValue(slug, out var category))
                {
                    db.Categories.Add(category = new Category { Slug = slug, Title = Readable(slug) });
                }

                category.Title = Cut(file.Title, Category.TitleMaxLength) ?? category.Title;
                category.Description = Cut(file.Description, Category.DescriptionMaxLength) ?? category.Description;
                category.Icon = Cut(file.Icon, 32) ?? category.Icon;
                category.Position = file.Position;
                changed |= db.Entry(category).State != EntityState.Unchanged;
            }

            if (changed)
            {
                await db.NextAsync(Article.ChangeSequence, cancel);
            }

            await db.SaveChangesAsync(cancel);
        }, cancel);
        db.ChangeTracker.Clear();
    }

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
            report.Failed++;
            report.Problems.Add(ContentProblem.Error(ProblemKind.NotStored, 0, exception.GetBaseException().Message) with { File = loaded.Path });
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task StoreBatchAsync(IReadOnlyList<LoadedArticle> batch, IReadOnlyList<Media> media, CancellationToken cancel)
    {
        var tally = await db.InTransactionAsync(async () =>
        {
            await KnowCategoriesAsync(cancel);
            await db.AddMissingAsync(media, cancel);
            var change = await db.NextAsync(Article.ChangeSequence, cancel);
            var paths = batch.Select(loaded => loaded.Path).ToList();
            var files = await db.ImportedFiles.Where(f => paths.Contains(f.Path)).ToDictionaryAsync(f => f.Path, cancel);
            var tally = new Tally();
            var written = new List<Written>();
            foreach (var loaded in batch)
            {
                if (await StoreAsync(loaded, files.GetValueOrDefault(loaded.Path), change, tally, cancel) is { } one)
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

            return tally;
        }, cancel);
        db.ChangeTracker.Clear();

        report.Created += tally.Created;
        report.Updated += tally.Updated;
        report.Unchanged += tally.Unchanged;
        report.Conflicts += tally.Conflicts;
        report.Problems.AddRange(tally.Problems);
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

    private async Task<Written?> StoreAsync(LoadedArticle loaded, ImportedFile? file, long change, Tally tally, CancellationToken cancel)
    {
        var (content, rendered, now) = (loaded.Content!, loaded.Rendered!, clock.GetUtcNow().UtcDateTime);
        Article article;
        file ??= await AdoptedAsync(loaded, cancel);
        if (file is null)
        {
            article = new Article { Slug = await FreeSlugAsync(loaded, tally, cancel), CreatedAt = now };
            file = new ImportedFile { Path = loaded.Path, FileHash = loaded.FileHash, ArticleId = article.Id };
            tally.Created++;
        }
        else
        {
            article = await db.Articles.SingleAsync(a => a.Id == file.ArticleId, cancel);
            if (await SaysTheSameAsync(article, content.Hash(rendered.Images), cancel) is { } number)
            {
                Note(file, loaded, now);
                file.RevisionNumber = number;
                tally.Unchanged++;
                return null;
            }

            if (article.LatestRevisionNumber != file.RevisionNumber || article.TrashedAt is not null)
            {
                db.Revisions.Add(article.AddRevision(content, rendered, RevisionOrigin.File, loaded.Path, now));
                Note(file, loaded, now);
                tally.Conflicts++;
                tally.Problems.Add(ContentProblem.Warning(ProblemKind.EditedInBrowser, 0, article.Slug) with { File = loaded.Path });
                return null;
            }

            await MoveAsync(article, loaded, tally, cancel);
            tally.Updated++;
        }

        article.CategoryId = await CategoryAsync(content.Category, cancel);
        article.ChangeNumber = change;
        var revision = article.AddRevision(content, rendered, RevisionOrigin.File, loaded.Path, now);
        Note(file, loaded, now);
        file.RevisionNumber = revision.Number;
        if (revision.Number == 1)
        {
            db.AddRange(article, file);
        }

        db.Revisions.Add(revision);
        return new Written(article, revision, loaded.Path);
    }

    private static void Note(ImportedFile file, LoadedArticle loaded, DateTime now)
    {
        file.FileHash = loaded.FileHash;
        file.Images = loaded.Rendered!.Images;
        file.ImportedAt = now;
    }

    private static void Live(Article article, Revision revision, DateTime now)
    {
        switch (revision.Content.Status)
        {
            case ArticleStatus.Published when revision.Content.ExpiresAt <= now:
                article.Archive(now);
                break;
            case ArticleStatus.Published when revision.Content.PublishAt > now:
                article.Schedule(revision.Content.PublishAt.Value);
                break;
            case ArticleStatus.Published:
                article.Publish(revision, now);
                break;
            case ArticleStatus.Archived:
                article.Archive(now);
                break;
            default:
                article.Withdraw(now);
                break;
        }
    }

    // An address that the front matter changes leaves a redirect where it was.
    private async Task MoveAsync(Article article, LoadedArticle loaded, Tally tally, CancellationToken cancel)
    {
        if (loaded.Content!.Slug is { Length: > 0 } wished && wished != article.Slug)
        {
            var before = article.Slug;
            article.Slug = await FreeSlugAsync(loaded, tally, cancel) is var free && free == wished ? wished : before;
            if (article.Slug != before)
            {
                await db.RedirectAsync(ArticleAddress.Of(before), article.Id, cancel);
            }
        }
    }

    // The file of an article that was begun in the browser and exported.
    private async Task<ImportedFile?> AdoptedAsync(LoadedArticle loaded, CancellationToken cancel)
    {
        var slug = loader.SlugOf(loaded.Path);
        if (await db.Articles.Where(a => a.Slug == slug && !db.ImportedFiles.Any(f => f.ArticleId == a.Id)).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(cancel) is not { } id)
        {
            return null;
        }

        var file = new ImportedFile { Path = loaded.Path, FileHash = loaded.FileHash, ArticleId = id };
        db.ImportedFiles.Add(file);
        return file;
    }

    /// <summary>The revision that a file says again: the newest, or what readers see beside a newer draft, in the state the article has.</summary>
    private async Task<int?> SaysTheSameAsync(Article article, string hash, CancellationToken cancel)
    {
        var revisions = await db.Revisions.AsNoTracking().Where(r => r.ArticleId == article.Id && (r.Number == article.LatestRevisionNumber || r.Id == article.PublishedRevisionId))
            .OrderByDescending(r => r.Number).ToListAsync(cancel);
        return revisions.Find(r => r.ContentHash == hash && r.Number == article.LatestRevisionNumber)?.Number
            ?? revisions.Find(r => article.AsFile(r).Hash(r.Images) == hash)?.Number;
    }

    private async Task<string> FreeSlugAsync(LoadedArticle loaded, Tally tally, CancellationToken cancel)
    {
        var planned = loader.SlugOf(loaded.Path);
        if (loaded.Content!.Slug is not { Length: > 0 } wished || wished == planned)
        {
            return planned;
        }

        if (!loader.Uses(wished) && !db.Articles.Local.Any(a => a.Slug == wished) && !await db.Articles.AnyAsync(a => a.Slug == wished, cancel))
        {
            return wished;
        }

        tally.Problems.Add(ContentProblem.Warning(ProblemKind.SlugTaken, 0, wished) with { File = loaded.Path });
        return planned;
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

        var category = new Category { Slug = slug, Title = Readable(slug), Position = int.MaxValue };
        db.Categories.Add(category);
        await db.SaveChangesAsync(cancel);
        return categoryIds[slug] = category.Id;
    }

    private static string Readable(string slug) => char.ToUpperInvariant(slug[0]) + slug[1..].Replace('-', ' ');

    private static string? Cut(string? text, int length) =>
        string.IsNullOrWhiteSpace(text) ? null : TextFile.Printable(text).Trim().Cut(length);

    private sealed record Written(Article Article, Revision Revision, string Path);

    private sealed class Tally
    {
        public int Created;
        public int Updated;
        public int Unchanged;
        public int Conflicts;
        public readonly List<ContentProblem> Problems = [];
    }
}
