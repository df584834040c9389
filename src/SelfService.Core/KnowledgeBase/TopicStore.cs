using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Creates and updates topics from <c>_category.yaml</c> files; who brought them changes only the topics in which she publishes.</summary>
/// <param name="now">UTC.</param>
internal sealed class TopicStore(PortalDbContext db, Bringer? bringer, ImportReport report, DateTime now)
{
    /// <param name="writes">Whether anything is written, or only looked at.</param>
    public async Task RunAsync(IArticleFiles files, bool writes, CancellationToken cancel)
    {
        var read = Read(files);
        if (writes)
        {
            await db.InTransactionAsync(
                async () =>
                {
                    report.Topics = await ChangeAsync(read, cancel);
                    if (report.Topics > 0)
                    {
                        await db.NextAsync(Article.ChangeSequence, cancel);
                    }
                },
                cancel);
        }
        else
        {
            report.Topics = await ChangeAsync(read, cancel);
        }

        db.ChangeTracker.Clear();
    }

    /// <summary>A title for a topic that has none.</summary>
    public static string Readable(string slug) => char.ToUpperInvariant(slug[0]) + slug[1..].Replace('-', ' ');

    private List<(string Path, string Slug, CategoryFile File, string Hash)> Read(IArticleFiles files)
    {
        var read = new List<(string, string, CategoryFile, string)>();
        foreach (var path in files.Files([ArticleLoader.CategoryFileName], report.Problems).Where(p => p.Count(c => c == '/') == 1))
        {
            try
            {
                var bytes = files.Read(path, TextFile.MaxBytes) ?? throw new ContentException(ContentProblem.Error(ProblemKind.FileUnreadable));
                read.Add((path, Category.SlugOf(path[..path.IndexOf('/')]), CategoryFile.Read(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes))));
            }
            catch (ContentException exception)
            {
                report.Problems.Add(exception.Problem with { File = path });
            }
        }

        return read;
    }

    /// <returns>How many are new or change.</returns>
    private async Task<int> ChangeAsync(List<(string Path, string Slug, CategoryFile File, string Hash)> files, CancellationToken cancel)
    {
        var changed = 0;
        var existing = await db.Categories.ToDictionaryAsync(c => c.Slug, cancel);
        foreach (var (path, slug, file, hash) in files)
        {
            var isNew = !existing.TryGetValue(slug, out var category);
            category ??= new Category { Slug = slug, Title = Readable(slug) };
            // A file of the content folder that has not changed undoes nothing.
            var isOld = bringer is null && category.FileHash == hash;
            category.FileHash = hash;
            if (isOld)
            {
                continue;
            }

            var (title, description) = (Cut(file.Title, Category.TitleMaxLength) ?? category.Title, Cut(file.Description, Category.DescriptionMaxLength) ?? category.Description);
            var icon = Cut(file.Icon, Category.IconMaxLength) ?? category.Icon;
            if (!isNew && (title, description, icon, file.Position) == (category.Title, category.Description, category.Icon, category.Position))
            {
                continue;
            }

            if (!isNew && bringer?.MayPublish(slug) == false)
            {
                report.Problems.Add(ContentProblem.Warning(ProblemKind.TopicKept, 0, category.Title) with { File = path });
                continue;
            }

            if (!isNew && bringer is null && category.EditedAt is not null)
            {
                report.Problems.Add(ContentProblem.Warning(ProblemKind.EditedInBrowser, 0, slug) with { File = path });
                continue;
            }

            category.EditedAt = bringer is null ? category.EditedAt : now;
            (category.Title, category.Description, category.Icon, category.Position) = (title, description, icon, file.Position);
            changed++;
            if (isNew)
            {
                db.Categories.Add(category);
                existing[slug] = category;
            }
        }

        return changed;
    }

    private static string? Cut(string? text, int length) =>
        string.IsNullOrWhiteSpace(text) ? null : TextFile.Printable(text).Trim().Cut(length);
}
