using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>A page that is sent a whole article.</summary>
[RequestSizeLimit(MaxRequestBytes), RequestFormLimits(ValueLengthLimit = MaxRequestBytes, BufferBodyLengthLimit = MaxRequestBytes, MultipartBodyLengthLimit = MaxRequestBytes)]
public abstract class TextPage(PortalDbContext db, CompanyProfile company) : ArticlePage(db)
{
    // The longest text as a form writes it, each character as %C3%B1, beside another that it may be put together with.
    private const int MaxRequestBytes = (6 * TextFile.MaxBytes) + (256 * 1024);

    [BindProperty(Name = "")]
    public EditForm Form { get; set; } = new();

    /// <summary>What was typed.</summary>
    protected ArticleContent Typed() => Form.Content(Latest.FullContent, Article.Slug, company.TimeZone);

    /// <summary>The form for a text.</summary>
    protected EditForm FormOf(ArticleContent content, int number) => EditForm.Of(content, Article.Slug, number, company.TimeZone);
}
