using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.KnowledgeBase;

namespace SelfService.Web.Pages.Topics;

public sealed class IndexModel : PageModel
{
    public IReadOnlyList<TopicCard> Topics { get; private set; } = [];

    public void OnGet()
    {
    }
}
