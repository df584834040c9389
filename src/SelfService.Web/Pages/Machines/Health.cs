using Microsoft.EntityFrameworkCore;
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
        routes.MapGet("/health/live", () => Results.Text("ok"));
        routes.MapGet("/health/ready", async (HttpContext context, Readiness readiness, PortalDbContext db, ISearchEngine engine, CancellationToken cancel) =>
        {
            var parts = new Dictionary<string, bool>
            {
                ["open"] = readiness.IsOpen,
                ["database"] = await AnswersAsync(db, cancel),
                ["search"] = engine.Revision > 0 || readiness.IsOpen,
            };
            var ready = parts.Values.All(ok => ok);
            var status = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.User.Audience() == Audience.Staff ? Results.Json(parts, statusCode: status) : Results.Text(ready ? "ok" : "no", statusCode: status);
        });
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
