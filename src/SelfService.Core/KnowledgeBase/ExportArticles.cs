using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Writes what every article shows as Markdown that imports to the same revision, with its topic and its images.</summary>
public sealed class ExportArticles(PortalDbContext db)
{
    private const int BatchSize = 100;
    private const string Root = "articles/";

    /// <summary>Writes <c>articles/…</c> and <c>snippets/…</c> below <paramref name="directory"/>, replacing files of the same name.</summary>
    /// <returns>Number of articles written.</returns>
    public Task<int> RunAsync(string directory, IProgress<ContentProgress>? progress, CancellationToken cancel)
    {
        var root = Path.GetFullPath(directory);
        return WriteAsync(
            async (path, bytes) =>
            {
                var target = Path.Combine(root, path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await File.WriteAllBytesAsync(target, bytes, cancel);
            },
            progress, cancel);
    }

    /// <summary>Writes the same as a ZIP, one file after the other.</summary>
    /// <param name="output">Need not be able to go back; left open.</param>
    /// <returns>Number of articles written.</returns>
    public async Task<int> RunAsync(Stream output, CancellationToken cancel)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        return await WriteAsync(
            async (path, bytes) =>
            {
                await using var entry = await zip.CreateEntry(path).OpenAsync(cancel);
                await entry.WriteAsync(bytes, cancel);
            },
            null, cancel);
    }

    /// <param name="write">Takes a path and what is in the file; each path once.</param>
    private async Task<int> WriteAsync(Func<string, byte[], Task> write, IProgress<ContentProgress>? progress, CancellationToken cancel)
    {
        foreach (var category in await db.Categories.AsNoTracking().OrderBy(c => c.Slug).ToListAsync(cancel))
        {
            await write($"{Root}{category.Slug}/{ArticleLoader.CategoryFileName}", Encoding.UTF8.GetBytes(CategoryText(category)));
        }

        foreach (var snippet in await db.Snippets.AsNoTracking().OrderBy(s => s.Key).ToListAsync(cancel))
        {
            await write($"{ImportSnippets.FolderName}/{snippet.Key}.md", Encoding.UTF8.GetBytes(snippet.Body + "\n"));
        }

        var paths = (await db.ImportedFiles.Select(f => new { f.ArticleId, f.Path }).ToListAsync(cancel))
            .GroupBy(f => f.ArticleId, f => ImportedFile.Plain(f.Path)).ToDictionary(g => g.Key, g => g.Min(StringComparer.Ordinal)!);
        var ids = await db.Articles.Where(a => a.TrashedAt == null).OrderBy(a => a.Slug).Select(a => a.Id).ToListAsync(cancel);
        var (done, images) = (0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var batch in ids.Chunk(BatchSize))
        {
            foreach (var article in await db.Articles.AsNoTracking().Include(a => a.Category).Where(a => batch.Contains(a.Id)).ToListAsync(cancel))
            {
                var revision = await RevisionAsync(article, cancel);
                var path = paths.GetValueOrDefault(article.Id) ?? $"{article.Category.Slug}/{article.Slug}.md";
                await write(Root + path, Encoding.UTF8.GetBytes(ArticleFileWriter.Write(article.AsFile(revision))));
                foreach (var (image, hash) in ImagesOf(path, revision).Where(i => images.Add(i.Path)))
                {
                    await write(Root + image, await db.Media.Where(m => m.Hash == hash).Select(m => m.Bytes).SingleAsync(cancel));
                }
            }

            progress?.Report(new ContentProgress(done += batch.Length, ids.Count));
        }

        return ids.Count;
    }

    // A file can say one text: what is to be published by itself, else what readers see, else the newest. A draft beside it stays here.
    private Task<Revision> RevisionAsync(Article article, CancellationToken cancel)
    {
        var own = db.Revisions.AsNoTracking().Where(r => r.ArticleId == article.Id);
        var number = article.ScheduledNumber ?? article.LatestRevisionNumber;
        return article is { Status: ArticleStatus.Published, PublishAt: null } ? own.SingleAsync(r => r.Id == article.PublishedRevisionId, cancel) : own.SingleAsync(r => r.Number == number, cancel);
    }

    private static IEnumerable<(string Path, string Hash)> ImagesOf(string file, Revision revision) =>
        from image in revision.Images
        where !image.Source.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        let path = ContentFolder.Combine(file, Uri.UnescapeDataString(image.Source.Split('?', '#')[0]))
        where path is not null
        select (path, image.Hash);

    private static string CategoryText(Category category)
    {
        var position = category.Position == int.MaxValue ? "" : $"position: {category.Position}\n";
        return $"title: {ArticleFileWriter.Quoted(category.Title)}\ndescription: {ArticleFileWriter.Quoted(category.Description)}\nicon: {ArticleFileWriter.Quoted(category.Icon)}\n{position}";
    }
}
