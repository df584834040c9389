using System.Text.Json.Serialization;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Search;

/// <summary>GET /sugerencias?q=: what completes the words in the search box.</summary>
public static class Suggestions
{
    private const int Limit = 8;

    /// <summary>Longest text that is completed, in characters; nobody types more into a box with suggestions.</summary>
    private const int MaxLength = 100;

    /// <summary>Maps the address.</summary>
    public static void MapSuggestions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/sugerencias", (string? q, HttpContext context, ISearchEngine engine) =>
        {
            var found = string.IsNullOrWhiteSpace(q) || q.Length > MaxLength ? [] : engine.Suggest(q, context.User.Audience(), Limit);
            context.Response.Headers.CacheControl = "private, max-age=60";
            return Results.Json(
                found.Select(s => new Line(s.Title, s.Url, "article", s.Section)).ToArray(), SuggestionsJson.Default.LineArray);
        }).RequireRateLimiting(RateLimits.Suggestions);

    /// <summary>One suggestion as the browser receives it.</summary>
    public sealed record Line(string Title, string Url, string Kind, string? Section);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Suggestions.Line[]))]
internal sealed partial class SuggestionsJson : JsonSerializerContext;
