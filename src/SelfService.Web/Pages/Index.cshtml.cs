using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages;

[OutputCache(PolicyName = PublicPages.Policy)]
public sealed class IndexModel(PortalDbContext db, CompanyProfile company, TimeProvider clock) : PageModel
{
    private const int MostUsefulCount = 6;

    public IReadOnlyList<TopicCard> Topics { get; private set; } = [];

    public IReadOnlyList<ArticleCard> MostUseful { get; private set; } = [];

    public OpenState Open { get; private set; } = new(false, null);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Topics = await db.TopicsAsync(User.Audience(), cancel, HttpContext.Reader());
        MostUseful = await db.MostUsefulAsync(User.Audience(), company.Featured, MostUsefulCount, cancel, HttpContext.Reader());
        Open = company.OpeningHours.At(Instant.FromDateTimeOffset(clock.GetUtcNow()));
    }
}
