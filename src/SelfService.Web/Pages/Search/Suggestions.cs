using System.Text.Json.Serialization;
using SelfService.Core.Catalog;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Shortcuts;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Search;

/// <summary>GET /sugerencias?q=: what completes the words in the search box, articles before products before topics before actions.</summary>
public static class Suggestions
{
    private const int Limit = 8;

    /// <summary>Products, topics and actions at most, each.</summary>
    private const int OthersOfAKind = 2;

    /// <summary>Articles at most where there are others, so that the last group is still on the screen of a phone.</summary>
    private const int ArticlesBesideOthers = 5;

    /// <summary>Articles at least, whatever others there are: most questions are answered by one.</summary>
    private const int ArticlesAtLeast = 3;

    /// <summary>Longest text that is completed, in characters; nobody types more into a box with suggestions.</summary>
    private const int MaxLength = 100;

    /// <summary>Maps the address.</summary>
    public static void MapSuggestions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sugerencias", (string? q, HttpContext context, ISearchEngine engine, CatalogEngine catalog, Trials trials, ShortcutIndex shortcuts) =>
        {
            context.Response.Headers.CacheControl = "private, max-age=60";
            return Results.Json(
                string.IsNullOrWhiteSpace(q) || q.Length > MaxLength ? [] : Complete(q, context, engine, catalog, trials, shortcuts), SuggestionsJson.Default.LineArray);
        }).RequireRateLimiting(RateLimits.Suggestions);

    private static Line[] Complete(string typed, HttpContext context, ISearchEngine engine, CatalogEngine catalog, Trials trials, ShortcutIndex shortcuts)
    {
        var audience = context.User.Audience();
        var products = catalog.Engine.Suggest(typed, Audience.Public, Limit).Where(s => s.Section is null).Take(OthersOfAKind).ToList();
        var beside = shortcuts.Suggest(typed, audience, OthersOfAKind);
        var others = products.Count + beside.Count;
        var articles = others == 0 ? Limit : Math.Clamp(Limit - others, ArticlesAtLeast, ArticlesBesideOthers);
        var completed = engine.Suggest(typed, audience, articles, context.Reader().Code);
        var without = trials.Without(context, completed.Select(s => ArticleAddress.SlugOf(s.Url)));
        return
        [
            .. completed.Where(s => !without.Contains(ArticleAddress.SlugOf(s.Url))).Select(s => new Line(s.Title, s.Url, "article", s.Section)),
            .. products.Select(s => new Line(s.Title, s.Url, "product", null)),
            .. beside.Select(s => new Line(s.Title, s.Url, s.Kind == ShortcutKind.Topic ? "topic" : "action", null, s.Icon)),
        ];
    }

    /// <summary>One suggestion as the browser receives it. Those of one kind follow each other.</summary>
    public sealed record Line(
        string Title, string Url, string Kind, string? Section, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Icon = null);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Suggestions.Line[]))]
internal sealed partial class SuggestionsJson : JsonSerializerContext;
