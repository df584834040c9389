using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase;

/// <summary>Renders again what an older version of the renderer made, so that an upgrade changes every article once.</summary>
public sealed class RerenderArticles(PortalDbContext db, ArticleRenderer renderer)
{
    private const int BatchSize = 50;

    /// <summary>Renders every published revision that is behind.</summary>
    /// <returns>Number of articles rendered.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var behind = await db.Articles
            .Where(a => a.PublishedRevision != null && a.PublishedRevision.RendererVersion < ArticleRenderer.CurrentVersion)
            .Select(a => a.Id).ToListAsync(cancel);
        if (behind.Count == 0)
        {
            return 0;
        }

        var slugs = await db.Articles.Select(a => a.Slug).ToListAsync(cancel);
        var files = await db.ImportedFiles.Join(db.Articles, f => f.ArticleId, a => a.Id, (f, a) => new { f.Path, f.ArticleId, a.Slug }).ToListAsync(cancel);
        var plan = new SlugPlan([], files.ToDictionary(f => f.Path, f => f.Slug), new HashSet<string>());
        var pathById = files.GroupBy(f => f.ArticleId).ToDictionary(g => g.Key, g => g.First().Path);
        foreach (var batch in behind.Chunk(BatchSize))
        {
            await db.InTransactionAsync(async () =>
            {
                var change = await db.NextAsync(Article.ChangeSequence, cancel);
                foreach (var article in await db.Articles.Include(a => a.PublishedRevision).Where(a => batch.Contains(a.Id)).ToListAsync(cancel))
                {
                    var revision = article.PublishedRevision!;
                    var hashes = revision.Images.Select(i => i.Hash).ToList();
                    var media = await db.Media.Where(m => hashes.Contains(m.Hash))
                        .Select(m => new { m.Hash, m.Name, m.Width, m.Height }).ToDictionaryAsync(m => m.Hash, m => new LinkedImage(Media.UrlOf(m.Hash, m.Name), m.Hash, m.Width, m.Height), cancel);
                    var links = new StoredLinks(plan, pathById.GetValueOrDefault(article.Id) ?? article.Slug + ".md", revision.Images, media, slugs);
                    revision.Rerender(renderer.Render(revision.Title, revision.Body, links));
                    article.ChangeNumber = change;
                }

                await db.SaveChangesAsync(cancel);
            }, cancel);
            db.ChangeTracker.Clear();
        }

        return behind.Count;
    }

    /// <summary>The addresses of an article when its file is not at hand.</summary>
    private sealed class StoredLinks(
        SlugPlan plan, string path, IReadOnlyList<ArticleImage> images, Dictionary<string, LinkedImage> media, List<string> slugs) : IArticleLinks
    {
        public string? Resolve(string link)
        {
            if (plan.Resolve(path, link) is { } address)
            {
                return address;
            }

            var slug = Slug.From(Path.GetFileNameWithoutExtension(link.Split('#')[0]), "");
            return slugs.Contains(slug) ? ArticleAddress.Of(slug) : null;
        }

        public LinkedImage? Image(string source) =>
            images.FirstOrDefault(i => i.Source == source) is { } image ? media.GetValueOrDefault(image.Hash) : null;
    }
}
