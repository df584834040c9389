using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.KnowledgeBase;

namespace SelfService.Web.Pages.Topics;

public sealed class TopicModel : PageModel
{
    public TopicCard Topic { get; private set; } = null!;

    public Page<ArticleCard> Articles { get; private set; } = null!;

    public void OnGet()
    {
    }
}
