using Microsoft.EntityFrameworkCore;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Articles;

/// <summary>
/// A browser says that it shows an article: POST /eventos with its slug and <c>visto</c>, and with <c>leido</c> once it was in sight
/// long enough, or far enough, to have been read. Without scripts it fetches an invisible picture instead, GET /eventos/visto.gif. It
/// counts only for a browser that has opened the article, and only for who may be followed.
/// </summary>
public static class Reading
{
    private const string SlugName = "articulo";
    private const string KindName = "que";

    // Who comes back to an open tab the next morning has read it too.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly byte[] Picture = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    /// <summary>Address of the picture.</summary>
    public static string PictureOf(string slug) => $"/eventos/visto.gif?{SlugName}={slug}";

    /// <summary>Maps the addresses.</summary>
    public static void MapReading(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/eventos", async (HttpContext context, PortalDbContext db, StepLog log, SelfServiceOptions options, TimeProvider clock, CancellationToken cancel) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (!SameOrigin.Allows(context.Request) || await PlainForm.ReadAsync(context.Request) is not { } sent || KindOf(sent[KindName]) is not { } kind)
            {
                return Results.BadRequest();
            }

            await SayAsync(kind, sent[SlugName].ToString(), context, db, log, options, clock.GetUtcNow().UtcDateTime, cancel);
            return Results.NoContent();
        }).RequireRateLimiting(RateLimits.Readings).DisableAntiforgery();
        routes.MapGet("/eventos/visto.gif", async (HttpContext context, PortalDbContext db, StepLog log, SelfServiceOptions options, TimeProvider clock, CancellationToken cancel) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (!IsOnOurPage(context.Request))
            {
                return Results.BadRequest();
            }

            await SayAsync(VisitStepKind.Shown, context.Request.Query[SlugName].ToString(), context, db, log, options, clock.GetUtcNow().UtcDateTime, cancel);
            return Results.Bytes(Picture, "image/gif");
        }).RequireRateLimiting(RateLimits.Readings);
    }

    private static VisitStepKind? KindOf(string? said) => said switch { "visto" => VisitStepKind.Shown, "leido" => VisitStepKind.Engaged, _ => null };

    private static async Task SayAsync(VisitStepKind kind, string slug, HttpContext context, PortalDbContext db, StepLog log, SelfServiceOptions options, DateTime now, CancellationToken cancel)
    {
        // What can be no slug is not looked up: PostgreSQL refuses some of it.
        if (Visitor.Known(context.Request, options.IsHttps) is not { } visitor || context.User.Audience() >= Audience.Staff || slug.Length > Article.SlugMaxLength || slug.Any(char.IsControl))
        {
            return;
        }

        if (!await HasOpenedAsync())
        {
            // A picture comes at once; that the article was opened may not be written yet.
            await log.FlushAsync(cancel);
            if (!await HasOpenedAsync())
            {
                return;
            }
        }

        log.Add(VisitStep.OnArticle(kind, visitor, slug, now));

        Task<bool> HasOpenedAsync() => db.VisitSteps.AnyAsync(
            s => s.VisitorId == visitor && s.At > now - Longest && (s.Kind == VisitStepKind.Read || s.Kind == VisitStepKind.ReadFromAgent) && s.Subject == slug, cancel);
    }

    // A picture is fetched without an origin; browsers too old to say where it stands still say who refers to it.
    private static bool IsOnOurPage(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [{ } site]
        ? site == "same-origin"
        : request.Headers.Referer is [{ } referer] && Uri.TryCreate(referer, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
