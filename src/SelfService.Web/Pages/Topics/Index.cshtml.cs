using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Topics;

[OutputCache(PolicyName = PublicPages.Policy)]
public sealed class IndexModel(PortalDbContext db) : PageModel
{
    public IReadOnlyList<TopicCard> Topics { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Topics = await db.TopicsAsync(User.Audience(), cancel, HttpContext.Reader());
}
