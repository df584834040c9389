using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.KnowledgeBase;

namespace SelfService.Web.Pages.Articles;

public sealed class ArticleModel : PageModel
{
    public ArticleView Article { get; private set; } = null!;

    public void OnGet()
    {
    }
}
