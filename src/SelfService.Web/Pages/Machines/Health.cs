using Microsoft.EntityFrameworkCore;
using SelfService.Core.Jobs;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Machines;

/// <summary>Health of the process and of what it needs. Which part is broken is told to staff only.</summary>
public static class Health
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("ok")).DisableRateLimiting();
        routes.MapGet("/health/ready", async (HttpContext context, Readiness readiness, PortalDbContext db, ISearchEngine engine, TimeProvider clock, CancellationToken cancel) =>
        {
            var parts = new Dictionary<string, bool>
            {
                ["open"] = readiness.IsOpen,
                ["database"] = await AnswersAsync(db, cancel),
                ["search"] = engine.Revision > 0 || readiness.IsOpen,
            };
            var ready = parts.Values.All(ok => ok);
            var status = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.User.Audience() == Audience.Staff
                ? Results.Json(await DetailsAsync(parts, db, clock.GetUtcNow().UtcDateTime, cancel), statusCode: status)
                : Results.Text(ready ? "ok" : "no", statusCode: status);
        }).DisableRateLimiting();
    }

    // Jobs that wait or were given up keep nobody from being served, so they are told and do not count.
    private static async Task<Dictionary<string, object>> DetailsAsync(Dictionary<string, bool> parts, PortalDbContext db, DateTime now, CancellationToken cancel)
    {
        var details = parts.ToDictionary(p => p.Key, p => (object)p.Value);
        if (parts["database"])
        {
            var jobs = await db.Jobs.HealthAsync(now, cancel);
            details["jobs_dead"] = jobs.Dead;
            details["jobs_oldest_seconds"] = (long)jobs.Age(now).TotalSeconds;
        }

        return details;
    }

    private static async Task<bool> AnswersAsync(PortalDbContext db, CancellationToken cancel)
    {
        try
        {
            await db.Sequences.CountAsync(cancel);
            return true;
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException)
        {
            return false;
        }
    }
}
