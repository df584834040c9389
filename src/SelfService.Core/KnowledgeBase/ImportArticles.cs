using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>How far a long run has come.</summary>
public readonly record struct ContentProgress(int Done, int Total);

/// <summary>What an import did.</summary>
public sealed record ImportReport
{
    public int Files { get; internal set; }
    public int Created { get; internal set; }
    public int Updated { get; internal set; }
    public int Unchanged { get; internal set; }

    /// <summary>Changed both in the file and in the browser; the file waits as a draft revision.</summary>
    public int Conflicts { get; internal set; }

    /// <summary>Not loaded; what was published before stays published.</summary>
    public int Failed { get; internal set; }

    public List<ContentProblem> Problems { get; init; } = [];

    /// <summary>Whether readers may see something new.</summary>
    public bool ChangedSomething => Created + Updated > 0;

    /// <summary>Both in one.</summary>
    public ImportReport And(ImportReport other) => new()
    {
        Files = Files + other.Files,
        Created = Created + other.Created,
        Updated = Updated + other.Updated,
        Unchanged = Unchanged + other.Unchanged,
        Conflicts = Conflicts + other.Conflicts,
        Failed = Failed + other.Failed,
        Problems = [.. Problems, .. other.Problems],
    };
}

/// <summary>
/// Brings a folder of Markdown into the database. The database is the truth: a changed file becomes a new revision, and
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
        var report = new ImportReport();
        var folder = ContentFolder.OfArticles(contentDirectory);
        var paths = folder.Files(ArticleLoader.Endings, report.Problems);
        var known = await db.ImportedFiles.AsNoTracking()
            .Join(db.Articles, f => f.ArticleId, a => a.Id, (f, a) => new KnownFile(f.Path, f.FileHash, f.Images, a.Slug))
            .ToDictionaryAsync(f => f.Path, cancel);
        var ownSlugs = known.ToDictionary(f => f.Key, f => f.Value.Slug);
        var taken = await db.Articles.Select(a => a.Slug).ToHashSetAsync(cancel);
        taken.ExceptWith(ownSlugs.Values);
        foreach (var (path, slug) in await BornHereAsync(paths.Where(p => !known.ContainsKey(p)), cancel))
        {
            ownSlugs[path] = slug;
            taken.Remove(slug);
        }

        var shelf = new MediaShelf();
        var loader = new ArticleLoader(folder, new SlugPlan(paths, ownSlugs, taken), renderer, shelf, zone);
        var store = new ArticleStore(db, clock, loader, shelf, report);

        await store.CategoriesAsync(folder, cancel);
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
            report.Failed += changed.Count(a => a.Content is null);
            await store.BatchAsync([.. changed.Where(a => a.Content is not null)], cancel);
            progress?.Report(new ContentProgress(done += batch.Length, paths.Count));
        }

        foreach (var gone in known.Keys.Except(paths).Order(StringComparer.Ordinal))
        {
            report.Problems.Add(ContentProblem.Notice(ProblemKind.FileGone, 0, known[gone].Slug) with { File = gone });
        }

        return report;
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
