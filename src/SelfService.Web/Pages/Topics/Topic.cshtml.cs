using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Topics;

[OutputCache(PolicyName = PublicPages.Policy)]
public sealed class TopicModel(PortalDbContext db) : PageModel
{
    private const int PageSize = 20;

    public TopicCard Topic { get; private set; } = null!;

    public Page<ArticleCard> Articles { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string slug, [FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        if (await db.TopicAsync(slug, User.Audience(), cancel, HttpContext.Reader()) is not { } topic)
        {
            return NotFound();
        }

        Topic = topic;
        Articles = await db.ArticlesOfAsync(slug, User.Audience(), PageNumber.Parse(page), PageSize, cancel, HttpContext.Reader());
        return Articles.Number > Articles.Count ? NotFound() : Page();
    }
}
