using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Search;

namespace SelfService.Core.KnowledgeBase.Variants;

/// <summary>The same article for other readers.</summary>
/// <param name="Language">Two letters; empty for the company's own.</param>
/// <param name="Country">ISO 3166 code; empty for all.</param>
public sealed record ArticleVariant(string Slug, string Title, string Language, string Country);

/// <summary>An article that is not there in a language or for a country.</summary>
public sealed record MissingVariant(string Slug, string Title, string Topic);

/// <summary>What is asked about variants.</summary>
public static class VariantQueries
{
    /// <summary>All variants of an article that this audience may see, itself among them; none where it is the only one.</summary>
    public static async Task<IReadOnlyList<ArticleVariant>> VariantsAsync(this PortalDbContext db, Article article, Audience audience, CancellationToken cancel)
    {
        if (article.Readers.Length == 0)
        {
            return [];
        }

        var main = article.VariantOf.Length == 0 ? article.Slug
            : await db.Articles.AnyAsync(a => a.Slug == article.VariantOf, cancel) ? article.VariantOf
            : await db.RedirectAsync(ArticleAddress.Of(article.VariantOf), audience, cancel) is { } address ? ArticleAddress.SlugOf(address) : article.VariantOf;
        var old = db.ArticleRedirects.Where(r => db.Articles.Any(a => a.Id == r.ArticleId && a.Slug == main)).Select(r => r.Path);
        return await db.Articles.VisibleTo(audience).Where(a => a.Slug == main || a.VariantOf == main || (a.VariantOf != "" && old.Contains("/articulos/" + a.VariantOf)))
            .OrderBy(a => a.VariantOf).ThenBy(a => a.Slug)
            .Select(a => new ArticleVariant(a.Slug, a.PublishedRevision!.Title, a.Language, a.Country)).ToListAsync(cancel);
    }

    /// <summary>Published articles of the company's language that nobody has begun in another one, or for another country.</summary>
    /// <param name="language">Two letters; empty to ask for a country.</param>
    /// <param name="country">ISO 3166 code; empty to ask for a language.</param>
    public static async Task<Page<MissingVariant>> MissingVariantsAsync(this PortalDbContext db, string language, string country, int page, int size, CancellationToken cancel)
    {
        var begun = db.Articles.Where(v => v.TrashedAt == null && v.Status != ArticleStatus.Archived && (language != "" ? v.Language == language : v.Country == country));
        var missing = db.Articles.Where(a => a.Status == ArticleStatus.Published && a.VariantOf == "" && a.Country == "" && (language == "" || a.Language != language)
            // A variant names its main article by the address that had then.
            && !begun.Any(v => v.VariantOf == a.Slug || db.ArticleRedirects.Any(r => r.ArticleId == a.Id && r.Path == "/articulos/" + v.VariantOf)));
        var items = await missing.OrderBy(a => a.Category.Position).ThenBy(a => a.PublishedRevision!.Title).ThenBy(a => a.Id).Skip((page - 1) * size).Take(size)
            .Select(a => new MissingVariant(a.Slug, a.PublishedRevision!.Title, a.Category.Title)).ToListAsync(cancel);
        return new Page<MissingVariant>(items, page, size, await missing.CountAsync(cancel));
    }
}
