using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase.Variants;
using SelfService.Core.Persistence;
using SelfService.Search;

namespace SelfService.Core.KnowledgeBase;

/// <summary>What readers ask of the knowledge base. Every query starts from what this audience may see.</summary>
public static class ArticleQueries
{
    private const int RelatedCount = 3;

    /// <summary>Published articles for this audience.</summary>
    public static IQueryable<Article> VisibleTo(this IQueryable<Article> articles, Audience audience)
    {
        // Written out, because an enum stored as text has no order in the database.
        var levels = Enum.GetValues<Audience>().Where(level => level <= audience).ToArray();
        return articles.Where(a => a.Status == ArticleStatus.Published && a.PublishedRevisionId != null && levels.Contains(a.Audience));
    }

    /// <summary>Topics that have articles for this audience, in their order.</summary>
    public static async Task<IReadOnlyList<TopicCard>> TopicsAsync(this PortalDbContext db, Audience audience, CancellationToken cancel, Reader? reader = null) =>
        await db.Articles.VisibleTo(audience).For(reader)
            .GroupBy(a => new { a.Category.Slug, a.Category.Title, a.Category.Description, a.Category.Icon, a.Category.Position })
            .OrderBy(g => g.Key.Position).ThenBy(g => g.Key.Title)
            .Select(g => new TopicCard(g.Key.Slug, g.Key.Title, g.Key.Description, g.Key.Icon, g.Count()))
            .ToListAsync(cancel);

    /// <summary>One topic; null when it has nothing for this audience.</summary>
    public static async Task<TopicCard?> TopicAsync(this PortalDbContext db, string slug, Audience audience, CancellationToken cancel, Reader? reader = null) =>
        (await db.TopicsAsync(audience, cancel, reader)).FirstOrDefault(t => t.Slug == slug);

    /// <summary>Articles of a topic, by title.</summary>
    public static async Task<Page<ArticleCard>> ArticlesOfAsync(
        this PortalDbContext db, string topic, Audience audience, int page, int size, CancellationToken cancel, Reader? reader = null)
    {
        var articles = db.Articles.VisibleTo(audience).For(reader).Where(a => a.Category.Slug == topic);
        var total = await articles.CountAsync(cancel);
        var items = await Cards(articles.OrderBy(a => a.PublishedRevision!.Title).ThenBy(a => a.Id).Skip((page - 1) * size).Take(size)).ToListAsync(cancel);
        return new Page<ArticleCard>(items, page, size, total);
    }

    /// <summary>The articles of these addresses that this audience may see, in the order they are named.</summary>
    public static async Task<IReadOnlyList<ArticleCard>> ArticlesNamedAsync(
        this PortalDbContext db, IReadOnlyList<string> slugs, Audience audience, CancellationToken cancel)
    {
        if (slugs.Count == 0)
        {
            return [];
        }

        var cards = await Cards(db.Articles.VisibleTo(audience).Where(a => slugs.Contains(a.Slug))).ToListAsync(cancel);
        return [.. cards.OrderBy(c => slugs.ToList().IndexOf(c.Slug))];
    }

    /// <summary>
    /// Articles to show first: those that readers have proven useful, then the company's own choice, then the most recently changed.
    /// </summary>
    public static async Task<IReadOnlyList<ArticleCard>> MostUsefulAsync(
        this PortalDbContext db, Audience audience, IReadOnlyList<string> featured, int count, CancellationToken cancel, Reader? reader = null)
    {
        var articles = await db.Articles.VisibleTo(audience).For(reader)
            .Select(a => new { a.Slug, a.Usefulness, a.UpdatedAt }).ToListAsync(cancel);
        var choice = featured.Select((slug, place) => (slug, place)).ToDictionary(f => f.slug, f => f.place);
        var slugs = articles
            .OrderByDescending(a => a.Usefulness >= Usefulness.Leading ? a.Usefulness : 0)
            .ThenBy(a => choice.GetValueOrDefault(a.Slug, int.MaxValue))
            .ThenByDescending(a => a.UpdatedAt).ThenBy(a => a.Slug, StringComparer.Ordinal)
            .Take(count).Select(a => a.Slug).ToList();
        var cards = await Cards(db.Articles.VisibleTo(audience).Where(a => slugs.Contains(a.Slug))).ToListAsync(cancel);
        return [.. cards.OrderBy(c => slugs.IndexOf(c.Slug))];
    }

    /// <summary>Everything the article page shows; null when there is nothing here for this audience.</summary>
    public static async Task<ArticleView?> ArticleAsync(this PortalDbContext db, string slug, Audience audience, CancellationToken cancel, Reader? reader = null)
    {
        var found = await db.Articles.VisibleTo(audience).Where(a => a.Slug == slug)
            .Select(a => new { Article = a, Revision = a.PublishedRevision!, TopicSlug = a.Category.Slug, TopicTitle = a.Category.Title })
            .AsNoTracking().SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return null;
        }

        var (article, revision) = (found.Article, found.Revision);
        var related = await RelatedAsync(db, article, revision.Content, audience, reader, cancel);
        var (previous, next) = await NeighboursAsync(db, article, revision.Title, audience, reader, cancel);
        var image = revision.Images is [var first, ..]
            ? await db.Media.Where(m => m.Hash == first.Hash).Select(m => new { m.Hash, m.Name }).FirstOrDefaultAsync(cancel)
            : null;
        return new ArticleView(
            article.Id, article.Slug, revision.Title, revision.Summary, revision.Html,
            [.. revision.Sections.Where(s => s.Anchor.Length > 0).Select(s => new OutlineEntry(s.Anchor, s.Heading, s.Level))],
            revision.Content.Tags, article.PublishedAt ?? article.CreatedAt, article.UpdatedAt, revision.ReadingMinutes,
            found.TopicSlug, found.TopicTitle, article.Audience, image is null ? null : Media.UrlOf(image.Hash, image.Name), related, previous, next)
        {
            Language = article.Language,
            Variants = await db.VariantsAsync(article, audience, cancel),
        };
    }

    /// <summary>Address an old path now leads to, when that article is visible; null otherwise.</summary>
    public static async Task<string?> RedirectAsync(this PortalDbContext db, string path, Audience audience, CancellationToken cancel)
    {
        var normalised = ArticleRedirect.Normalise(path);
        var slug = await db.ArticleRedirects.Where(r => r.Path == normalised)
            .Join(db.Articles.VisibleTo(audience), r => r.ArticleId, a => a.Id, (r, a) => a.Slug).SingleOrDefaultAsync(cancel);
        return slug is null ? null : ArticleAddress.Of(slug);
    }

    private static async Task<IReadOnlyList<ArticleCard>> RelatedAsync(
        PortalDbContext db, Article article, ArticleContent content, Audience audience, Reader? reader, CancellationToken cancel)
    {
        var named = content.Related.Take(RelatedCount * 2).ToList();
        var related = await Cards(db.Articles.VisibleTo(audience).Where(a => a.Id != article.Id && named.Contains(a.Slug))).ToListAsync(cancel);
        related = [.. related.OrderBy(c => named.IndexOf(c.Slug)).Take(RelatedCount)];
        if (related.Count < RelatedCount)
        {
            var shown = related.Select(c => c.Slug).ToList();
            related.AddRange(await Cards(db.Articles.VisibleTo(audience).For(reader)
                .Where(a => a.CategoryId == article.CategoryId && a.Id != article.Id && !shown.Contains(a.Slug))
                .OrderByDescending(a => a.HelpfulVotes - a.UnhelpfulVotes).ThenByDescending(a => a.UpdatedAt)
                .Take(RelatedCount - related.Count)).ToListAsync(cancel));
        }

        return related;
    }

    private static async Task<(ArticleCard? Previous, ArticleCard? Next)> NeighboursAsync(
        PortalDbContext db, Article article, string title, Audience audience, Reader? reader, CancellationToken cancel)
    {
        var topic = db.Articles.VisibleTo(audience).For(reader).Where(a => a.CategoryId == article.CategoryId && a.Id != article.Id);
        var previous = await Cards(topic.Where(a => string.Compare(a.PublishedRevision!.Title, title) < 0)
            .OrderByDescending(a => a.PublishedRevision!.Title).Take(1)).SingleOrDefaultAsync(cancel);
        var next = await Cards(topic.Where(a => string.Compare(a.PublishedRevision!.Title, title) > 0)
            .OrderBy(a => a.PublishedRevision!.Title).Take(1)).SingleOrDefaultAsync(cancel);
        return (previous, next);
    }

    private static IQueryable<ArticleCard> Cards(IQueryable<Article> articles) => articles.Select(a => new ArticleCard(
        a.Slug, a.PublishedRevision!.Title, a.PublishedRevision.Summary, a.Category.Slug, a.Category.Title, a.UpdatedAt, a.PublishedRevision.ReadingMinutes));
}
