using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>POST /editor/articulos/{slug}/vista: the text through the same renderer and the same sanitiser that readers get it from.</summary>
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(ValueLengthLimit = MaxRequestBytes, BufferBodyLengthLimit = MaxRequestBytes, MultipartBodyLengthLimit = MaxRequestBytes)]
public sealed class PreviewModel(PortalDbContext db, WriteArticle write, CompanyProfile company) : ArticlePage(db)
{
    private const int MaxRequestBytes = (2 * TextFile.MaxBytes) + (256 * 1024);

    [BindProperty(Name = "")]
    public EditForm Form { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        Content((await write.RenderAsync(Article.Id, Form.Content(Latest.FullContent, Article.Slug, company.TimeZone), cancel)).Html, "text/html; charset=utf-8");
}
