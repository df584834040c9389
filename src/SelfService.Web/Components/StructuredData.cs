using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;
using SelfService.Core.Catalog;
using SelfService.Core.KnowledgeBase;

namespace SelfService.Web.Components;

/// <summary>JSON-LD for search engines: data, not script, so the content security policy lets it pass.</summary>
public static class StructuredData
{
    // Accented letters stay readable; <, > and & are still escaped, so no text can end the element.
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement, UnicodeRanges.LatinExtendedA),
    };

    /// <summary>The site and how to search it.</summary>
    public static IHtmlContent Site(string name, string origin) => Write(new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@type"] = "WebSite",
        ["name"] = name,
        ["url"] = origin + "/",
        ["potentialAction"] = new JsonObject
        {
            ["@type"] = "SearchAction",
            ["target"] = origin + "/buscar?q={search_term_string}",
            ["query-input"] = "required name=search_term_string",
        },
    });

    /// <summary>An article and the way to it.</summary>
    public static IHtmlContent Article(ArticleView article, string company, string origin, string language, string home) => Write(new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@graph"] = new JsonArray(
            new JsonObject
            {
                ["@type"] = "TechArticle",
                ["headline"] = article.Title,
                ["description"] = article.Summary,
                ["url"] = origin + article.Url,
                ["mainEntityOfPage"] = origin + article.Url,
                ["inLanguage"] = language,
                ["datePublished"] = Moment(article.PublishedAt),
                ["dateModified"] = Moment(article.UpdatedAt),
                ["author"] = new JsonObject { ["@type"] = "Organization", ["name"] = company, ["url"] = origin + "/" },
                ["publisher"] = new JsonObject { ["@type"] = "Organization", ["name"] = company },
            },
            Breadcrumb(
                (home, origin + "/"),
                (article.TopicTitle, origin + ArticleAddress.OfTopic(article.TopicSlug)),
                (article.Title, origin + article.Url))),
    });

    /// <summary>A product with what each of its variants costs, and the way to it.</summary>
    public static IHtmlContent Product(Product product, CatalogWords words, string currency, string company, string origin, params (string Name, string Address)[] way) => Write(new JsonObject
    {
        ["@context"] = "https://schema.org",
        ["@graph"] = new JsonArray(
            new JsonObject
            {
                ["@type"] = "Product",
                ["name"] = product.Title,
                ["description"] = product.Summary,
                ["sku"] = product.Slug.ToUpperInvariant(),
                ["url"] = origin + product.Address,
                ["image"] = new JsonArray([.. product.Images.Select(i => (JsonNode)(origin + i.Url))]),
                ["brand"] = new JsonObject { ["@type"] = "Brand", ["name"] = company },
                ["offers"] = new JsonArray([.. product.Variants.Select(v => new JsonObject
                {
                    ["@type"] = "Offer",
                    ["sku"] = v.Sku,
                    ["name"] = string.Join(", ", new[] { product.Title, v.OptionsText(product) }.Where(t => t.Length > 0)),
                    ["url"] = origin + product.Address + (product.Variants.Count > 1 ? "?variante=" + v.Sku : ""),
                    ["price"] = words.Exact(v.Price),
                    ["priceCurrency"] = currency,
                    ["availability"] = "https://schema.org/" + Schema(Availability.Of(product, v).Kind),
                    ["itemCondition"] = "https://schema.org/NewCondition",
                    ["seller"] = new JsonObject { ["@type"] = "Organization", ["name"] = company },
                })]),
            },
            Breadcrumb([.. way.Select(step => (step.Name, origin + step.Address))])),
    });

    private static string Schema(AvailabilityKind availability) => availability switch
    {
        AvailabilityKind.SoldOut => "OutOfStock",
        AvailabilityKind.LastPieces => "LimitedAvailability",
        AvailabilityKind.MadeToOrder => "MadeToOrder",
        _ => "InStock",
    };

    private static string Moment(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Breadcrumb(params (string Name, string Address)[] steps) => new()
    {
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = new JsonArray([.. steps.Select((step, index) => new JsonObject
        {
            ["@type"] = "ListItem",
            ["position"] = index + 1,
            ["name"] = step.Name,
            ["item"] = step.Address,
        })]),
    };

    private static HtmlString Write(JsonNode data) =>
        new("<script type=\"application/ld+json\">" + data.ToJsonString(Options) + "</script>");
}
