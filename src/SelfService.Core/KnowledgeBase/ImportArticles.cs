using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>How far a long run has come.</summary>
public readonly record struct ContentProgress(int Done, int Total);

/// <summary>
/// Brings a folder of Markdown, or files that somebody brought, into the database. The database is the truth: a changed file becomes a new revision, and
/// if the article was also edited in the browser, a draft for an editor to merge. Nothing is overwritten.
/// </summary>
public sealed class ImportArticles(PortalDbContext db, ArticleRenderer renderer, TimeProvider clock, DateTimeZone? zone = null)
{
    // One transaction a batch: small enough to keep memory flat, large enough to be fast.
    private const int BatchSize = 50;

    /// <summary>Imports everything that changed since the last import.</summary>
    /// <param name="contentDirectory">A content folder, or a folder of Markdown files.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public async Task<ImportReport> RunAsync(string contentDirectory, IProgress<ContentProgress>? progress, CancellationToken cancel)
    {
        var folder = ContentFolder.OfArticles(contentDirectory);
        var report = await RunAsync(folder, null, writes: true, progress, cancel);
        var here = folder.Files(ArticleLoader.Endings, []);
        var gone = await db.ImportedFiles.AsNoTracking().Where(f => !f.Path.StartsWith("/"))
            .Join(db.Articles, f => f.ArticleId, a => a.Id, (f, a) => new { f.Path, a.Slug }).ToDictionaryAsync(f => f.Path, f => f.Slug, cancel);
        report.Problems.AddRange(gone.Keys.Except(here).Order(StringComparer.Ordinal).Select(path => ContentProblem.Notice(ProblemKind.FileGone, 0, gone[path]) with { File = path }));
        return report;
    }

    /// <summary>Imports files that somebody brought. The same path is the same article; articles without a file among them are not touched.</summary>
    /// <param name="progress">Told after every batch.</param>
    public Task<ImportReport> BringAsync(IArticleFiles files, Bringer bringer, IProgress<ContentProgress>? progress, CancellationToken cancel) =>
        RunAsync(files, bringer, writes: true, progress, cancel);

    /// <summary>Says what <see cref="BringAsync"/> would do now, and writes nothing.</summary>
    /// <param name="progress">Told after every batch.</param>
    public Task<ImportReport> PlanAsync(IArticleFiles files, Bringer bringer, IProgress<ContentProgress>? progress, CancellationToken cancel) =>
        RunAsync(files, bringer, writes: false, progress, cancel);

    private async Task<ImportReport> RunAsync(IArticleFiles files, Bringer? bringer, bool writes, IProgress<ContentProgress>? progress, CancellationToken cancel)
    {
        var report = new ImportReport();
        var paths = files.Files(ArticleLoader.Endings, report.Problems);
        var known = await KnownAsync(isBrought: bringer is not null, cancel);
        var ownSlugs = known.ToDictionary(f => f.Key, f => f.Value.Slug);
        var taken = await db.Articles.Select(a => a.Slug).ToHashSetAsync(cancel);
        taken.ExceptWith(ownSlugs.Values);
        foreach (var (path, slug) in await BornHereAsync(paths.Where(p => !known.ContainsKey(p)), cancel))
        {
            ownSlugs[path] = slug;
            taken.Remove(slug);
        }

        var library = await db.Media.Select(m => new { m.Hash, m.Name, m.Width, m.Height }).ToListAsync(cancel);
        var shelf = new MediaShelf(library.Select(m => new LinkedImage(Media.UrlOf(m.Hash, m.Name), m.Hash, m.Width, m.Height)));
        var loader = new ArticleLoader(files, new SlugPlan(paths, ownSlugs, taken), renderer, shelf, zone)
        {
            // Whoever brings a text alone, mended, does not take its images away.
            ShownBefore = (path, source) => bringer is null ? null : known.GetValueOrDefault(path)?.Images.FirstOrDefault(i => i.Source == source)?.Hash,
        };
        var decide = new DecideImport(db, loader, bringer) { IsPlan = !writes };
        var store = new ArticleStore(db, clock, loader, shelf, decide, report);

        await new TopicStore(db, bringer, report, clock.GetUtcNow().UtcDateTime).RunAsync(files, writes, cancel);
        report.Files = paths.Count;
        var done = 0;
        foreach (var batch in paths.Chunk(BatchSize))
        {
            cancel.ThrowIfCancellationRequested();
            var changed = batch.AsParallel().AsOrdered().WithCancellation(cancel)
                .Where(path => !IsUnchanged(loader, known.GetValueOrDefault(path), path))
                .Select(loader.Load).ToList();
            report.Unchanged += batch.Length - changed.Count;
            report.Problems.AddRange(changed.SelectMany(a => a.Problems));
            foreach (var failed in changed.Where(a => a.Content is null))
            {
                report.Count(new ImportedArticle(failed.Path, ImportOutcome.Failed, "", failed.Path, IsHeld: false));
            }

            List<LoadedArticle> loaded = [.. changed.Where(a => a.Content is not null)];
            await (writes ? store.BatchAsync(loaded, cancel) : PlanAsync(decide, loaded, shelf, report, cancel));
            progress?.Report(new ContentProgress(done += batch.Length, paths.Count));
        }

        return report;
    }

    private async Task PlanAsync(DecideImport decide, IReadOnlyList<LoadedArticle> batch, MediaShelf shelf, ImportReport report, CancellationToken cancel)
    {
        shelf.TakeWaiting();
        foreach (var decision in await decide.RunAsync(batch, cancel))
        {
            report.Count(decision.Said);
            report.Problems.AddRange(decision.Problems);
        }

        db.ChangeTracker.Clear();
    }

    // By path: what was brought the same way, else what the other way made of the same path.
    private async Task<Dictionary<string, KnownFile>> KnownAsync(bool isBrought, CancellationToken cancel)
    {
        var all = await db.ImportedFiles.AsNoTracking().Join(db.Articles, f => f.ArticleId, a => a.Id, (f, a) => new KnownFile(f.Path, f.FileHash, f.Images, a.Slug)).ToListAsync(cancel);
        var known = new Dictionary<string, KnownFile>(StringComparer.Ordinal);
        foreach (var file in all.OrderBy(f => f.Path.StartsWith('/') == isBrought))
        {
            var path = ImportedFile.Plain(file.Path);
            // Accents come apart on the disk of a Mac, and never in an archive.
            known[isBrought ? path.Normalize() : path] = file;
        }

        return known;
    }

    // Files of articles that were begun in the browser and exported: by their topic and address.
    private async Task<Dictionary<string, string>> BornHereAsync(IEnumerable<string> paths, CancellationToken cancel)
    {
        var born = await db.Articles.Where(a => !db.ImportedFiles.Any(f => f.ArticleId == a.Id)).Select(a => a.Category.Slug + "/" + a.Slug).ToHashSetAsync(cancel);
        return born.Count == 0 ? [] : paths.Where(p => born.Contains(p[..^Path.GetExtension(p).Length])).DistinctBy(p => p[..^Path.GetExtension(p).Length]).ToDictionary(p => p, p => Path.GetFileNameWithoutExtension(p));
    }

    private static bool IsUnchanged(ArticleLoader loader, KnownFile? known, string path) =>
        known is not null && loader.Hash(path) == known.FileHash && loader.SameImages(path, known.Images);

    private sealed record KnownFile(string Path, string FileHash, IReadOnlyList<ArticleImage> Images, string Slug);
}
