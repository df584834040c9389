using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Search.Querying;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Search;

/// <summary>Products that answer a question, beside the articles that do.</summary>
/// <param name="Cards">The best of them.</param>
/// <param name="Total">All that the catalogue finds for it.</param>
/// <param name="AreNamed">Whether the question names one of them; they stand before the articles then, and otherwise after.</param>
public sealed record FoundProducts(IReadOnlyList<ProductCard> Cards, int Total, bool AreNamed)
{
    private const int Most = 4;

    /// <summary>No product.</summary>
    public static readonly FoundProducts None = new([], 0, false);

    /// <summary>Asks the search of the catalogue.</summary>
    public static async Task<FoundProducts> FindAsync(PortalDbContext db, CatalogEngine catalog, KeptCards cards, SearchQuery query, bool asTyped, CancellationToken cancel)
    {
        var results = catalog.Engine.Search(new SearchRequest(query, Audience.Public) { AsTyped = asTyped, Limit = Most });
        if (results.Total == 0)
        {
            return None;
        }

        // Completing finished words finds those that have every one of them in their title or among the words for it.
        var named = catalog.Engine.Suggest(query.Text + " ", Audience.Public, 1) is [{ Section: null }];
        // A question about a bill finds every plan that mentions one; what is asked for stands in the title.
        var hits = results.Hits.Where(hit => named || hit.TitleHtml.Contains("<mark>", StringComparison.Ordinal)).ToList();
        return new FoundProducts(await cards.OfAsync(db, [.. hits.Select(hit => Guid.Parse(hit.Document.Id))], cancel), results.Total, named);
    }
}
