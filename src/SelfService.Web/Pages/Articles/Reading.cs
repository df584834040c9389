using Microsoft.EntityFrameworkCore;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Articles;

/// <summary>
/// POST /articulos/{slug}/leido: the browser says that the article was in sight long enough, or far enough, to have been read. It
/// counts only for a browser that has opened the article, and only for who may be followed.
/// </summary>
public static class Reading
{
    // Who comes back to an open tab the next morning has read it too.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Address to which the browser says it.</summary>
    public static string AddressOf(string slug) => ArticleAddress.Of(slug) + "/leido";

    /// <summary>Maps the address.</summary>
    public static void MapReading(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/articulos/{slug}/leido", SayAsync).RequireRateLimiting(RateLimits.Votes).DisableAntiforgery();

    private static async Task<IResult> SayAsync(string slug, HttpContext context, PortalDbContext db, StepLog log, SelfServiceOptions options, TimeProvider clock, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!SameOrigin.Allows(context.Request))
        {
            return Results.BadRequest();
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (Visitor.Known(context.Request, options.IsHttps) is { } visitor && context.User.Audience() < Audience.Staff
            && await db.VisitSteps.AnyAsync(s => s.VisitorId == visitor && s.At > now - Longest && s.Kind == VisitStepKind.Read && s.Subject == slug, cancel))
        {
            log.Add(VisitStep.Engagement(visitor, slug, now));
        }

        return Results.NoContent();
    }
}
