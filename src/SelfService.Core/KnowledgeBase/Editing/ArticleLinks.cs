using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Persistence;

namespace SelfService.Core.KnowledgeBase.Editing;

/// <summary>What the addresses in an article mean when its file is not at hand: of articles in the database, and of stored images.</summary>
public sealed class ArticleLinks : IArticleLinks
{
    private readonly IReadOnlySet<string> slugs;
    private readonly SlugPlan plan;
    private readonly string path;
    private readonly IReadOnlyDictionary<string, string> hashBySource;
    private readonly IReadOnlyDictionary<string, LinkedImage> images;

    private ArticleLinks(IReadOnlySet<string> slugs, SlugPlan plan, string path, IReadOnlyDictionary<string, string> hashBySource, IReadOnlyDictionary<string, LinkedImage> images) =>
        (this.slugs, this.plan, this.path, this.hashBySource, this.images) = (slugs, plan, path, hashBySource, images);

    /// <summary>Reads what a text needs.</summary>
    /// <param name="articleId">The article; its file may name images and neighbours in its own way.</param>
    /// <param name="body">Markdown.</param>
    public static async Task<ArticleLinks> ReadAsync(PortalDbContext db, Guid articleId, string body, CancellationToken cancel)
    {
        var slugs = await db.Articles.Where(a => a.TrashedAt == null).Select(a => a.Slug).ToHashSetAsync(cancel);
        var files = await db.ImportedFiles.Join(db.Articles, f => f.ArticleId, a => a.Id, (f, a) => new { f.Path, f.ArticleId, a.Slug }).ToListAsync(cancel);
        var own = files.Find(f => f.ArticleId == articleId);
        // The newest revision that names a source says what it was.
        var named = await db.Revisions.Where(r => r.ArticleId == articleId).OrderBy(r => r.Number).Select(r => r.Images).ToListAsync(cancel);
        var hashBySource = new Dictionary<string, string>();
        foreach (var image in named.SelectMany(i => i))
        {
            hashBySource[image.Source] = image.Hash;
        }

        // A snippet brings its images into the text that names it.
        var snippets = await db.Snippets.Where(s => s.Body.Contains(StoredImages.Mark)).Select(s => s.Body).ToListAsync(cancel);
        foreach (var (url, hash) in snippets.Append(body).SelectMany(StoredImages.In))
        {
            hashBySource[url] = hash;
        }

        var hashes = hashBySource.Values.Distinct().ToList();
        var images = await db.Media.Where(m => hashes.Contains(m.Hash)).Select(m => new { m.Hash, m.Name, m.Width, m.Height })
            .ToDictionaryAsync(m => m.Hash, m => new LinkedImage(Media.UrlOf(m.Hash, m.Name), m.Hash, m.Width, m.Height), cancel);
        var plan = new SlugPlan([], files.DistinctBy(f => ImportedFile.Plain(f.Path)).ToDictionary(f => ImportedFile.Plain(f.Path), f => f.Slug), new HashSet<string>());
        return new ArticleLinks(slugs, plan, own is null ? "nuevo.md" : ImportedFile.Plain(own.Path), hashBySource, images);
    }

    /// <inheritdoc/>
    public string? Resolve(string link)
    {
        if (plan.Resolve(path, link) is { } address)
        {
            return address;
        }

        var slug = Slug.From(Path.GetFileNameWithoutExtension(link.Split('#')[0]), "");
        return slugs.Contains(slug) ? ArticleAddress.Of(slug) : null;
    }

    /// <inheritdoc/>
    public LinkedImage? Image(string source) => hashBySource.GetValueOrDefault(source) is { } hash ? images.GetValueOrDefault(hash) : null;
}
