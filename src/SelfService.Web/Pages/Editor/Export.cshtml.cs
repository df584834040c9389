using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using SelfService.Core.Audit;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/exportar: every article with its topic and images as one ZIP, sent while it is made.</summary>
public sealed class ExportModel(PortalDbContext db, ExportArticles export, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        db.Audit(AuditKind.DataExported, now, User.PersonId(), detail: "articles");
        await db.SaveChangesAsync(cancel);
        var name = $"articulos-{now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.zip";
        Response.ContentType = "application/zip";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
        Response.Headers.CacheControl = "no-store";
        if (HttpContext.Features.Get<IHttpBodyControlFeature>() is { } body)
        {
            // A ZIP that is written forwards ends each file with a few bytes that the library writes at once.
            body.AllowSynchronousIO = true;
        }

        await export.RunAsync(Response.Body, cancel);
        return new EmptyResult();
    }
}
