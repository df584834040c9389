using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Articles;

[OutputCache(PolicyName = PublicPages.Policy)]
public sealed class ArticleModel(PortalDbContext db, SelfServiceOptions options) : PageModel
{
    public ArticleView Article { get; private set; } = null!;

    /// <summary>Address of the site as customers know it; the request's own host is not believed.</summary>
    public string Origin => options.PublicUrl;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await db.ArticleAsync(slug, User.Audience(), cancel) is not { } article)
        {
            return NotFound();
        }

        Article = article;
        return Page();
    }
}
