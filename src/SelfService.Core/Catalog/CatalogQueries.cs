using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Core.Catalog;

/// <summary>What customers ask of the catalogue. Every query starts from what is on sale; none reads a description for a list.</summary>
public static class CatalogQueries
{
    /// <summary>Products at most that a search brings; the best ones.</summary>
    public const int MostFound = 500;

    // Fewer than this are looked up; for more it is quicker to read the index once.
    private const int FewFound = 50;

    /// <summary>Products at most beside a product, each of «goes with» and «similar».</summary>
    public const int MostBeside = 4;

    /// <summary>One page of the products that fit, with how many stand on each shelf and are of each kind.</summary>
    /// <param name="culture">The language of the titles, for their order.</param>
    /// <remarks>Three queries at most, whatever the number of products: how many, which (both from one index alone), and their cards.</remarks>
    public static async Task<CatalogPage> CatalogAsync(
        this PortalDbContext db, CatalogQuestion question, Shelves shelves, CultureInfo culture, int number, int size, CancellationToken cancel)
    {
        var fitting = Fitting(db.Products.AsNoTracking().Where(p => p.IsOnSale), question);
        var rows = question.Found is not null || question.Order == CatalogOrder.Name ? await RowsAsync(fitting, question, culture, cancel) : null;
        var counts = rows is null
            ? await fitting.GroupBy(p => new { p.Shelf, p.Kind }).Select(g => new CountRow(g.Key.Shelf, g.Key.Kind, g.Count())).ToListAsync(cancel)
            : [.. rows.GroupBy(r => (r.Shelf, r.Kind)).Select(g => new CountRow(g.Key.Shelf, g.Key.Kind, g.Count()))];
        var ofShelf = counts.Where(c => question.Shelf is null || c.Shelf == question.Shelf).ToList();
        var ofKind = counts.Where(c => question.Kind is null || c.Kind == question.Kind).ToList();
        var total = ofShelf.Where(ofKind.Contains).Sum(c => c.Count);
        number = Math.Clamp(number, 1, Math.Max(1, (total + size - 1) / size));

        var skip = (number - 1) * size;
        IReadOnlyList<Guid> ids = total == 0 ? []
            : rows is null ? await Ordered(Shown(fitting, question), question, shelves).Skip(skip).Take(size).Select(p => p.Id).ToListAsync(cancel)
            : [.. Ordered(rows, question, shelves).Skip(skip).Take(size).Select(r => r.Id)];
        return new CatalogPage(
            new Page<ProductCard>(await CardsOfAsync(db, ids, cancel), number, size, total),
            ofKind.GroupBy(c => c.Shelf).ToDictionary(g => g.Key, g => g.Sum(c => c.Count)),
            ofShelf.GroupBy(c => c.Kind).ToDictionary(g => g.Key, g => g.Sum(c => c.Count)));
    }

    /// <summary>The product of an address, with what is shown beside it; null where there never was one. It may be on sale no more.</summary>
    public static async Task<ProductView?> ProductAsync(this PortalDbContext db, string slug, CancellationToken cancel)
    {
        // Split: a product with twelve variants would come with twelve copies of its description.
        var product = await db.Products.AsNoTracking().AsSplitQuery().Include(p => p.Variants.Where(v => v.IsOnSale).OrderBy(v => v.Position).ThenBy(v => v.Sku))
            .SingleOrDefaultAsync(p => p.Slug == slug, cancel);
        if (product is null)
        {
            return null;
        }

        var named = product.GoesWith.Concat(product.Related).Where(s => s != slug).Distinct().ToList();
        var cards = named.Count == 0 ? []
            : (await Cards(db.Products.AsNoTracking().Where(p => p.IsOnSale && EF.Parameter(named).Contains(p.Slug))).ToListAsync(cancel)).Select(c => c.Card()).ToDictionary(c => c.Slug);
        var goesWith = Named(product.GoesWith).Where(c => c.Availability.CanBeBought).Take(MostBeside).ToList();
        var similar = Named(product.Related).OrderBy(c => !c.Availability.CanBeBought).Take(MostBeside).ToList();
        if (similar.Count < MostBeside)
        {
            similar.AddRange(await NearestAsync(db, product, [slug, .. named], MostBeside - similar.Count, cancel));
        }

        return new ProductView(product, goesWith, similar);

        IEnumerable<ProductCard> Named(IEnumerable<string> slugs) => slugs.Distinct().Where(cards.ContainsKey).Select(s => cards[s]);
    }

    /// <summary>Address of the product that has this SKU as one of its variants; null where there is none.</summary>
    public static Task<string?> SlugOfSkuAsync(this PortalDbContext db, string sku, CancellationToken cancel) =>
        db.Variants.Where(v => v.Sku == sku).Select(v => v.Product.Slug).SingleOrDefaultAsync(cancel);

    /// <summary>The products that answer a question, the best first, and what was searched where words were corrected.</summary>
    public static (IReadOnlyList<Guid> Ids, string? Correction) Find(this CatalogEngine catalog, SearchQuery query, bool asTyped)
    {
        var results = catalog.Engine.Search(new SearchRequest(query, Audience.Public) { AsTyped = asTyped, Limit = MostFound });
        return ([.. results.Hits.Select(hit => Guid.Parse(hit.Document.Id))], results.Correction);
    }

    // What could be bought instead and can be had, by price; what somebody named comes before.
    private static async Task<IEnumerable<ProductCard>> NearestAsync(PortalDbContext db, Product product, IReadOnlyList<string> shown, int count, CancellationToken cancel)
    {
        var (kind, shelf, price) = (product.Kind, product.Shelf, product.PriceFrom);
        var ids = await db.Products.AsNoTracking()
            .Where(p => p.IsOnSale && p.Shelf == shelf && p.Kind == kind && p.Variants.Any(v => v.IsOnSale && (v.InStock == null || v.InStock > 0)))
            .OrderBy(p => Math.Abs(p.PriceFrom - price)).ThenBy(p => p.Id).Take(count + shown.Count).Select(p => p.Id).ToListAsync(cancel);
        return (await CardsOfAsync(db, ids, cancel)).Where(c => !shown.Contains(c.Slug)).Take(count);
    }

    // All of the question but shelf and kind, of which the page shows what else there would be.
    private static IQueryable<Product> Fitting(IQueryable<Product> products, CatalogQuestion question)
    {
        if (question is { Min: null, Max: null, OnlyAvailable: false })
        {
            return products;
        }

        // One variant has to fit in all of it: the cheap one that is sold out is no answer.
        var (min, max, any) = (question.Min ?? long.MinValue, question.Max ?? long.MaxValue, !question.OnlyAvailable);
        return products.Where(p => p.Variants.Any(v => v.IsOnSale && v.Price >= min && v.Price <= max && (any || v.InStock == null || v.InStock > 0)));
    }

    private static IQueryable<Product> Shown(IQueryable<Product> products, CatalogQuestion question)
    {
        if (question.Shelf is { } shelf)
        {
            products = products.Where(p => p.Shelf == shelf);
        }

        if (question.Kind is { } kind)
        {
            products = products.Where(p => p.Kind == kind);
        }

        return products;
    }

    private static IQueryable<Product> Ordered(IQueryable<Product> products, CatalogQuestion question, Shelves shelves) => question.Order switch
    {
        CatalogOrder.PriceUp => products.OrderBy(p => p.PriceFrom).ThenBy(p => p.Id),
        CatalogOrder.PriceDown => products.OrderByDescending(p => p.PriceFrom).ThenBy(p => p.Id),
        // The ids count time.
        CatalogOrder.Newest => products.OrderByDescending(p => p.Id),
        _ when question.Shelf is not null => products.OrderBy(p => p.Position).ThenBy(p => p.Id),
        _ => products.OrderBy(PlaceOf(shelves)).ThenBy(p => p.Position).ThenBy(p => p.Id),
    };

    // What the database cannot say: what the search engine found, and how Spanish orders titles. A row is a line of the index.
    private static async Task<List<Row>> RowsAsync(IQueryable<Product> fitting, CatalogQuestion question, CultureInfo culture, CancellationToken cancel)
    {
        if (question.Found is { Count: <= FewFound } few)
        {
            fitting = fitting.Where(p => EF.Parameter(few).Contains(p.Id));
        }

        var rows = await fitting.Select(p => new Row(p.Id, p.Shelf, p.Kind, p.PriceFrom, p.Position, question.Order == CatalogOrder.Name ? p.Title : "")).ToListAsync(cancel);
        if (question.Found is { } found)
        {
            var byId = rows.ToDictionary(r => r.Id);
            rows = [.. found.Distinct().Where(byId.ContainsKey).Select(id => byId[id])];
        }

        return question.Order == CatalogOrder.Name ? [.. rows.OrderBy(r => r.Title, StringComparer.Create(culture, CompareOptions.IgnoreCase)).ThenBy(r => r.Id)] : rows;
    }

    // The same orders as in the database; rows come by name or by relevance already.
    private static IEnumerable<Row> Ordered(IEnumerable<Row> rows, CatalogQuestion question, Shelves shelves)
    {
        rows = rows.Where(r => (question.Shelf is null || r.Shelf == question.Shelf) && (question.Kind is null || r.Kind == question.Kind));
        var place = shelves.All.Select((shelf, at) => (shelf.Key, at)).ToDictionary(s => s.Key, s => s.at);
        return question.Order switch
        {
            CatalogOrder.PriceUp => rows.OrderBy(r => r.Price).ThenBy(r => r.Id),
            CatalogOrder.PriceDown => rows.OrderByDescending(r => r.Price).ThenBy(r => r.Id),
            CatalogOrder.Newest => rows.OrderByDescending(r => r.Id),
            CatalogOrder.Shelf => rows.OrderBy(r => place.GetValueOrDefault(r.Shelf, place.Count)).ThenBy(r => r.Position).ThenBy(r => r.Id),
            _ => rows,
        };
    }

    /// <summary>Cards of these products in this order, of those on sale.</summary>
    public static async Task<IReadOnlyList<ProductCard>> CardsOfAsync(this PortalDbContext db, IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var cards = await CardsByIdAsync(db, ids, cancel);
        return [.. ids.Where(cards.ContainsKey).Select(id => cards[id])];
    }

    /// <summary>The cards of those products that are on sale.</summary>
    public static async Task<IReadOnlyDictionary<Guid, ProductCard>> CardsByIdAsync(this PortalDbContext db, IReadOnlyList<Guid> ids, CancellationToken cancel) =>
        (await Cards(db.Products.AsNoTracking().Where(p => p.IsOnSale && EF.Parameter(ids).Contains(p.Id))).ToListAsync(cancel)).ToDictionary(c => c.Id, c => c.Card());

    // The place of its shelf as the database can order by it; a shelf that is no longer there comes last.
    private static Expression<Func<Product, int>> PlaceOf(Shelves shelves)
    {
        var product = Expression.Parameter(typeof(Product), "p");
        var shelf = Expression.Property(product, nameof(Product.Shelf));
        Expression place = Expression.Constant(shelves.All.Count);
        for (var i = shelves.All.Count - 1; i >= 0; i--)
        {
            place = Expression.Condition(Expression.Equal(shelf, Expression.Constant(shelves.All[i].Key)), Expression.Constant(i), place);
        }

        return Expression.Lambda<Func<Product, int>>(place, product);
    }

    private static IQueryable<CardRow> Cards(IQueryable<Product> products) => products.Select(p => new CardRow
    {
        Id = p.Id,
        Slug = p.Slug,
        Title = p.Title,
        Summary = p.Summary,
        Kind = p.Kind,
        PriceFrom = p.PriceFrom,
        PriceNote = p.PriceNote,
        LeadDays = p.LeadDays,
        Images = p.Images,
        Variants = p.Variants.Where(v => v.IsOnSale).Select(v => new VariantRow(v.Sku, v.Price, v.InStock, v.LowStock)).ToList(),
    });

    private sealed record CountRow(string Shelf, ProductKind Kind, int Count);

    private sealed record Row(Guid Id, string Shelf, ProductKind Kind, long Price, int Position, string Title);

    private sealed record VariantRow(string Sku, long Price, int? InStock, int LowStock);

    private sealed class CardRow
    {
        public required Guid Id { get; init; }
        public required string Slug { get; init; }
        public required string Title { get; init; }
        public required string Summary { get; init; }
        public required ProductKind Kind { get; init; }
        public required long PriceFrom { get; init; }
        public required string PriceNote { get; init; }
        public required int? LeadDays { get; init; }
        public required IReadOnlyList<ProductImage> Images { get; init; }
        public required List<VariantRow> Variants { get; init; }

        public ProductCard Card() => new(
            Slug, Title, Summary, Kind, Variants.Select(v => v.Price).DefaultIfEmpty(PriceFrom).Min(), Variants.DistinctBy(v => v.Price).Count() > 1, PriceNote,
            Images is [var first, ..] ? first : null, Availability.Of(Kind, LeadDays, [.. Variants.Select(v => (v.InStock, v.LowStock))]), Variants is [var only] ? only.Sku : null);
    }
}

/// <summary>In which order products are listed.</summary>
public enum CatalogOrder
{
    /// <summary>As the shelves stand, and the products on them.</summary>
    Shelf,

    /// <summary>What answers best; only for a search.</summary>
    Relevance,
    PriceUp,
    PriceDown,
    Name,
    Newest,
}

/// <summary>Which products are wanted.</summary>
public sealed record CatalogQuestion
{
    /// <summary>What a search brought, the best first; null without a search.</summary>
    public IReadOnlyList<Guid>? Found { get; init; }

    /// <summary>Key of the only shelf wanted; null for all.</summary>
    public string? Shelf { get; init; }

    public ProductKind? Kind { get; init; }

    /// <summary>Lowest and highest price of a variant, in minor units.</summary>
    public long? Min { get; init; }

    /// <inheritdoc cref="Min"/>
    public long? Max { get; init; }

    /// <summary>Only what can be bought now.</summary>
    public bool OnlyAvailable { get; init; }

    public CatalogOrder Order { get; init; }
}

/// <summary>A page of the catalogue.</summary>
/// <param name="Shelves">Products that fit, by shelf, whichever shelf is wanted.</param>
/// <param name="Kinds">Products that fit, by kind, whichever kind is wanted.</param>
public sealed record CatalogPage(Page<ProductCard> Products, IReadOnlyDictionary<string, int> Shelves, IReadOnlyDictionary<ProductKind, int> Kinds)
{
    /// <summary>A catalogue without anything.</summary>
    public static CatalogPage Empty { get; } = new(new Page<ProductCard>([], 1, 1, 0), new Dictionary<string, int>(), new Dictionary<ProductKind, int>());
}

/// <summary>A product as it is listed.</summary>
/// <param name="Price">Lowest price of its variants, in minor units.</param>
/// <param name="PriceVaries">Whether another variant costs more.</param>
/// <param name="OnlySku">What is bought where there is nothing to choose; otherwise null.</param>
public sealed record ProductCard(
    string Slug, string Title, string Summary, ProductKind Kind, long Price, bool PriceVaries, string PriceNote, ProductImage? Image, Availability Availability, string? OnlySku)
{
    /// <summary>Address of its page.</summary>
    public string Url => Product.AddressOf(Slug);
}

/// <summary>What the page of a product shows.</summary>
/// <param name="Product">With its variants on sale.</param>
/// <param name="GoesWith">What is usually bought with it and can be had.</param>
/// <param name="Similar">What could be bought instead.</param>
public sealed record ProductView(Product Product, IReadOnlyList<ProductCard> GoesWith, IReadOnlyList<ProductCard> Similar);
