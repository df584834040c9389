using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;

namespace SelfService.Web.Pages;

public sealed class IndexModel : PageModel
{
    public IReadOnlyList<TopicCard> Topics { get; private set; } = [];

    public IReadOnlyList<ArticleCard> MostUseful { get; private set; } = [];

    public OpenState Open { get; private set; } = new(false, null);

    public void OnGet()
    {
    }
}
