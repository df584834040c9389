using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/borradores/{slug}: an article that nobody but staff sees yet, and the file to go on writing it in.</summary>
public sealed class DraftModel(PortalDbContext db) : PageModel
{
    public string Slug { get; private set; } = "";

    public Revision Revision { get; private set; } = null!;

    /// <summary>Its page.</summary>
    public static string AddressOf(string slug) => "/editor/borradores/" + slug;

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Slug = (string)RouteData.Values["slug"]!;
        var revision = await (
            from a in db.Articles.AsNoTracking().Where(a => a.Slug == Slug && a.Status == ArticleStatus.Draft)
            join r in db.Revisions.AsNoTracking() on new { a.Id, Number = a.LatestRevisionNumber } equals new { Id = r.ArticleId, r.Number }
            select r).SingleOrDefaultAsync(HttpContext.RequestAborted);
        if (revision is null)
        {
            context.Result = NotFound();
            return;
        }

        Revision = revision;
        await next();
    }

    public void OnGet()
    {
    }

    /// <summary>The Markdown file, which imports to the same article.</summary>
    public IActionResult OnGetArchivo() => File(Encoding.UTF8.GetBytes(ArticleFileWriter.Write(Revision.Content with { Body = Revision.Body })), "text/markdown; charset=utf-8", Slug + ".md");
}
