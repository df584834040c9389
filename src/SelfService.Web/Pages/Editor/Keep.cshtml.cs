using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>POST /editor/articulos/{slug}/conservar: what is typed, kept by itself. The answer says when it was, so that the page does not claim it before.</summary>
public sealed class KeepModel(PortalDbContext db, WriteArticle write, CompanyProfile company, TimeProvider clock) : TextPage(db, company)
{
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var content = Typed();
        if (System.Text.Encoding.UTF8.GetByteCount(content.Body) > TextFile.MaxBytes)
        {
            return StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        await write.KeepAsync(Article.Id, Form.Base, content, User.PersonId()!.Value, cancel);
        return new JsonResult(new { keptAt = clock.GetUtcNow(), newest = Latest.Number });
    }
}
