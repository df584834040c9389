using System.Text.Json.Serialization;
using SelfService.Core.Journeys;
using SelfService.Core.Requests;
using SelfService.Core.Shortcuts;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Requests;

/// <summary>
/// POST /solicitudes/{form}/sugerencias: articles that answer what is being written. It is sent and not asked for by address,
/// so that nobody's words stand in a log.
/// </summary>
public static class Offers
{
    /// <summary>Field with what has been written so far.</summary>
    public const string TextField = "texto";

    /// <summary>Maps the address.</summary>
    public static void MapFormOffers(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/solicitudes/{form}/sugerencias", AnswerAsync).RequireRateLimiting(RateLimits.FormOffers).DisableAntiforgery();

    private static async Task<IResult> AnswerAsync(string form, HttpContext context, RequestForms forms, OfferArticles offers, Trials trials, ShortcutIndex shortcuts)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (forms.Find(form) is null)
        {
            return Results.NotFound();
        }

        if (!SameOrigin.Allows(context.Request) || await PlainForm.ReadAsync(context.Request) is not { } sent)
        {
            return Results.BadRequest();
        }

        // All from memory: she is still typing.
        var found = offers.For(sent[TextField].ToString(), context.User.Audience(), context.Reader().Code);
        var without = trials.Without(context, found.Select(o => o.Slug));
        found = [.. found.Where(o => !without.Contains(o.Slug))];
        if (found.Count > 0 && !trials.ShowsBesideForm(context, form, found[0].Slug))
        {
            found = [];
        }

        return Results.Json(
            found.Select(o => new Line(o.Slug, o.Title, o.Url, o.Section, o.Summary, shortcuts.TitleOf(o.Topic))).ToArray(), OffersJson.Default.LineArray);
    }

    /// <summary>One offer as the browser receives it.</summary>
    /// <param name="Article">Slug, for saying that it helped.</param>
    /// <param name="Section">Heading that <paramref name="Url"/> leads to, or null.</param>
    public sealed record Line(string Article, string Title, string Url, string? Section, string Summary, string Topic);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Offers.Line[]))]
internal sealed partial class OffersJson : JsonSerializerContext;
