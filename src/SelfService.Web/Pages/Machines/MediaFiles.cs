using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Machines;

/// <summary>GET /media/{hash}/{name}: images of articles. The address names the content, so an answer never changes.</summary>
public static class MediaFiles
{
    /// <summary>Maps the images.</summary>
    public static void MapMedia(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/media/{hash:length(64)}/{name}", async (string hash, HttpResponse response, PortalDbContext db, CancellationToken cancel) =>
        {
            var media = await db.Media.AsNoTracking().Where(m => m.Hash == hash)
                .Select(m => new { m.ContentType, m.Bytes }).FirstOrDefaultAsync(cancel);
            if (media is null)
            {
                return Results.NotFound();
            }

            response.Headers.ContentSecurityPolicy = SecurityHeaders.FilePolicy;
            response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return Results.Bytes(media.Bytes, media.ContentType);
        }).CacheOutput(PublicPages.Policy);
}
