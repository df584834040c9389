using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Search.Querying;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Catalog;

/// <summary>GET /catalogo/{slug}: one product. What is no longer sold says so and shows what there is instead.</summary>
public sealed class ProductModel(PortalDbContext db, ISearchEngine articles, Shelves shelves, OrderRules rules, SelfServiceOptions options) : PageModel
{
    private const int MostArticles = 3;

    public ProductView View { get; private set; } = null!;

    public Product Product => View.Product;

    public Shelf? Shelf => shelves.Find(Product.Shelf);

    /// <summary>How it is delivered, fetched and taxed.</summary>
    public OrderRules Rules => rules;

    /// <summary>The variant that is chosen to begin with; null when none can be bought.</summary>
    public Variant? Chosen { get; private set; }

    public Availability Availability { get; private set; }

    /// <summary>Lowest price of what is on sale, in minor units.</summary>
    public long Price => Product.Variants.Select(v => v.Price).DefaultIfEmpty(Product.PriceFrom).Min();

    public bool PriceVaries => Product.Variants.DistinctBy(v => v.Price).Count() > 1;

    /// <summary>Most pieces the form takes.</summary>
    public int MostPieces => Math.Clamp(Product.Variants.Max(v => v.InStock ?? OrderLine.MaxQuantity), 1, OrderLine.MaxQuantity);

    /// <summary>Articles of the knowledge base about it.</summary>
    public IReadOnlyList<SearchHit> Articles { get; private set; } = [];

    /// <summary>Address of the site as customers know it; the request's own host is not believed.</summary>
    public string Origin => options.PublicUrl;

    public async Task<IActionResult> OnGetAsync(string slug, [FromQuery(Name = "variante")] string? sku, CancellationToken cancel)
    {
        var known = slug.ToLowerInvariant();
        if (!known.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || known.Length > Product.SkuMaxLength)
        {
            return NotFound();
        }

        if (await db.ProductAsync(known, cancel) is not { } view)
        {
            // Somebody typed what is written on the box.
            return await db.SlugOfSkuAsync(known.ToUpperInvariant(), cancel) is { } other
                ? RedirectPermanent($"{Product.AddressOf(other)}?variante={known.ToUpperInvariant()}")
                : NotFound();
        }

        if (known != slug)
        {
            return RedirectPermanent(Product.AddressOf(known));
        }

        View = view;
        Availability = Availability.Of(Product.Kind, Product.LeadDays, [.. Product.Variants.Select(v => (v.InStock, v.LowStock))]);
        Chosen = Product.Variants.OrderBy(v => v.Sku != sku).FirstOrDefault(v => v.Has(1));
        Articles = articles.Search(new SearchRequest(SearchQuery.Parse(Product.Title), User.Audience()) { Limit = MostArticles }).Hits;
        if (!Product.IsOnSale)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
        }

        return Page();
    }
}
