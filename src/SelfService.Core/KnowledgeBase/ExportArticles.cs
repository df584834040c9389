using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Writes the latest revision of every article as Markdown that imports to the same revision.</summary>
public sealed class ExportArticles(PortalDbContext db)
{
    private const int BatchSize = 100;

    /// <summary>Writes <c>articles/…</c> and <c>snippets/…</c> below <paramref name="directory"/>, replacing files of the same name.</summary>
    /// <returns>Number of articles written.</returns>
    public async Task<int> RunAsync(string directory, IProgress<ContentProgress>? progress, CancellationToken cancel)
    {
        var root = Path.Combine(Path.GetFullPath(directory), "articles");
        foreach (var category in await db.Categories.AsNoTracking().ToListAsync(cancel))
        {
            await WriteAsync(Path.Combine(root, category.Slug, ArticleLoader.CategoryFileName), CategoryText(category), cancel);
        }

        foreach (var snippet in await db.Snippets.AsNoTracking().ToListAsync(cancel))
        {
            await WriteAsync(Path.Combine(Path.GetFullPath(directory), ImportSnippets.FolderName, snippet.Key + ".md"), snippet.Body + "\n", cancel);
        }

        var files = await db.ImportedFiles.AsNoTracking().GroupBy(f => f.ArticleId)
            .Select(g => new { g.Key, Path = g.Min(f => f.Path) }).ToDictionaryAsync(f => f.Key, f => f.Path, cancel);
        var ids = await db.Articles.Where(a => a.TrashedAt == null).OrderBy(a => a.Slug).Select(a => a.Id).ToListAsync(cancel);
        var done = 0;
        foreach (var batch in ids.Chunk(BatchSize))
        {
            foreach (var article in await db.Articles.AsNoTracking().Include(a => a.Category).Where(a => batch.Contains(a.Id)).ToListAsync(cancel))
            {
                var revision = await RevisionAsync(article, cancel);
                var path = files.GetValueOrDefault(article.Id) ?? $"{article.Category.Slug}/{article.Slug}.md";
                await WriteAsync(Path.Combine(root, path), ArticleFileWriter.Write(article.AsFile(revision)), cancel);
                await ImagesAsync(root, path, revision.Images, cancel);
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

    private async Task ImagesAsync(string root, string file, IReadOnlyList<ArticleImage> images, CancellationToken cancel)
    {
        foreach (var image in images.Where(i => !i.Source.StartsWith("data:", StringComparison.OrdinalIgnoreCase)))
        {
            if (ContentFolder.Combine(file, Uri.UnescapeDataString(image.Source.Split('?', '#')[0])) is not { } path)
            {
                continue;
            }

            var bytes = await db.Media.Where(m => m.Hash == image.Hash).Select(m => m.Bytes).SingleAsync(cancel);
            var target = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, bytes, cancel);
        }
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, cancel);
    }

    private static string CategoryText(Category category)
    {
        var position = category.Position == int.MaxValue ? "" : $"position: {category.Position}\n";
        return $"title: {ArticleFileWriter.Quoted(category.Title)}\ndescription: {ArticleFileWriter.Quoted(category.Description)}\nicon: {ArticleFileWriter.Quoted(category.Icon)}\n{position}";
    }
}
