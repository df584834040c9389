using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>POST /editor/articulos/{slug}/vista: the text through the same renderer and the same sanitiser that readers get it from.</summary>
public sealed class PreviewModel(PortalDbContext db, WriteArticle write, CompanyProfile company) : TextPage(db, company)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        Content((await write.RenderAsync(Article.Id, Typed(), cancel)).Html, "text/html; charset=utf-8");
}
