using Microsoft.AspNetCore.WebUtilities;
using SelfService.Core.Catalog;
using SelfService.Search.Querying;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Catalog;

/// <summary>What the address of the catalogue asks for. What cannot be meant is left out; prices that were typed are told about.</summary>
public sealed record Filters
{
    public const string Path = "/catalogo";

    /// <summary>Longest price that is read, in characters.</summary>
    public const int PriceMaxLength = 24;

    /// <summary>Kinds as addresses write them.</summary>
    public static readonly IReadOnlyList<(string Name, ProductKind Kind)> Kinds =
        [("producto", ProductKind.Product), ("refaccion", ProductKind.Part), ("servicio", ProductKind.Service)];

    /// <summary>Orders as addresses write them.</summary>
    public static readonly IReadOnlyList<(string Name, CatalogOrder Order)> Orders =
    [
        ("relevancia", CatalogOrder.Relevance), ("estante", CatalogOrder.Shelf), ("precio", CatalogOrder.PriceUp),
        ("precio-mayor", CatalogOrder.PriceDown), ("nombre", CatalogOrder.Name), ("nuevo", CatalogOrder.Newest),
    ];

    public required SearchQuery Query { get; init; }

    public Shelf? Shelf { get; init; }

    public ProductKind? Kind { get; init; }

    public CatalogOrder Order { get; init; }

    public long? Min { get; init; }

    public long? Max { get; init; }

    public bool OnlyAvailable { get; init; }

    /// <summary>Search exactly what was typed, after a correction was shown.</summary>
    public bool AsTyped { get; init; }

    /// <summary>Prices that could not be read, as they were typed.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>The prices had changed places.</summary>
    public bool Swapped { get; init; }

    /// <summary>Filters of the form that are set.</summary>
    public int Count => (Kind is null ? 0 : 1) + (Min is null && Max is null ? 0 : 1) + (OnlyAvailable ? 1 : 0);

    /// <summary>Nothing is asked for but the catalogue.</summary>
    public bool IsPlain => Query.Text.Length == 0 && Shelf is null && Count == 0;

    private CatalogOrder UsualOrder => Query.IsEmpty ? CatalogOrder.Shelf : CatalogOrder.Relevance;

    public static Filters Read(IQueryCollection asked, Shelves shelves, CatalogWords words)
    {
        var unread = new List<string>();
        var (min, max) = (Price("min"), Price("max"));
        var swapped = min > max;
        var query = SearchQuery.Parse(One("q"));
        var filters = new Filters
        {
            Query = query,
            Shelf = shelves.Find(One("estante")),
            Kind = Kinds.Where(k => k.Name == One("tipo")).Select(k => (ProductKind?)k.Kind).FirstOrDefault(),
            Min = swapped ? max : min,
            Max = swapped ? min : max,
            Swapped = swapped,
            Unread = unread,
            OnlyAvailable = One("disponible") is "1" or "true" or "on",
            AsTyped = One("literal") is "1" or "true",
        };
        var order = Orders.Where(o => o.Name == One("orden")).Select(o => (CatalogOrder?)o.Order).FirstOrDefault() ?? filters.UsualOrder;
        return filters with { Order = order == CatalogOrder.Relevance ? filters.UsualOrder : order };

        string One(string name) => asked[name] is [{ } first, ..] ? first : "";

        long? Price(string name)
        {
            var typed = One(name).Trim();
            if (typed.Length == 0)
            {
                return null;
            }

            var price = typed.Length <= PriceMaxLength ? words.MinorUnits(typed) : null;
            if (price is null or < 0)
            {
                unread.Add(Shortened(typed));
                return null;
            }

            return price;
        }
    }

    /// <summary>The question these filters ask the catalogue.</summary>
    /// <param name="found">What the search brought; null without a search.</param>
    public CatalogQuestion Question(IReadOnlyList<Guid>? found) => new()
    {
        Found = found,
        Shelf = Shelf?.Key,
        Kind = Kind,
        Min = Min,
        Max = Max,
        OnlyAvailable = OnlyAvailable,
        Order = Order,
    };

    /// <summary>What the address says, without what says nothing; for links and hidden fields.</summary>
    public IEnumerable<(string Name, string Value)> Fields(CatalogWords words) => new (string Name, string? Value)[]
    {
        ("q", Query.Text),
        ("estante", Shelf?.Key),
        ("tipo", Kind is { } kind ? Kinds.First(k => k.Kind == kind).Name : null),
        ("min", Min is { } min ? words.Typed(min) : null),
        ("max", Max is { } max ? words.Typed(max) : null),
        ("disponible", OnlyAvailable ? "1" : null),
        ("literal", AsTyped ? "1" : null),
        ("orden", Order == UsualOrder ? null : Orders.First(o => o.Order == Order).Name),
    }.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => (field.Name, field.Value!));

    /// <summary>The address that asks for this.</summary>
    public string Address(CatalogWords words, int page = 1) => QueryHelpers.AddQueryString(
        Path, Fields(words).Select(field => KeyValuePair.Create(field.Name, (string?)field.Value)).Concat(page > 1 ? [KeyValuePair.Create("pagina", (string?)$"{page}")] : []));

    /// <summary>The same without the filters of the form.</summary>
    public Filters Cleared => this with { Kind = null, Min = null, Max = null, OnlyAvailable = false };

    private static string Shortened(string typed) =>
        typed.Length <= PriceMaxLength ? typed : typed[..(char.IsHighSurrogate(typed[PriceMaxLength - 1]) ? PriceMaxLength - 1 : PriceMaxLength)] + "…";
}
