using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Web.Pages.Editor;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Reports;

/// <summary>/informes/vacios/{clave}: one thing that customers ask for and do not find, and the draft of what would answer it.</summary>
public sealed class GapModel(PortalDbContext db, DraftFromGap draft, CompanyProfile company, TimeProvider clock, IStringLocalizer<Texts> texts) : PageModel
{
    private const int DaysBack = 90;
    private const int Window = 72;

    public Gap Gap { get; private set; } = null!;

    /// <summary>Subjects of requests that followed, masked.</summary>
    public IReadOnlyList<string> Requests { get; private set; } = [];

    public IReadOnlyList<TopicCard> Topics { get; private set; } = [];

    /// <summary>Its page.</summary>
    public static string AddressOf(string key) => "/informes/vacios/" + Uri.EscapeDataString(key);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var cancel = HttpContext.RequestAborted;
        var (key, now) = (RouteData.Values["clave"] as string, clock.GetUtcNow());
        var today = Instant.FromDateTimeOffset(now).InZone(company.TimeZone).Date;
        var searches = await db.SearchesAsync(new ReportPeriod(today.PlusDays(-DaysBack), today, Window), cancel);
        if (Gaps.Of(searches).FirstOrDefault(g => g.Key == key) is not { } gap)
        {
            context.Result = NotFound();
            return;
        }

        Gap = gap;
        Requests = await db.RequestsAfterAsync(gap, now.UtcDateTime.AddDays(-DaysBack), cancel);
        Topics = await db.TopicsAsync(Audience.Staff, cancel);
        await next();
    }

    public void OnGet()
    {
    }

    /// <summary>Makes the draft, once.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm(Name = "tema")] string? topic, CancellationToken cancel)
    {
        if (!User.IsEditor())
        {
            return Forbid();
        }

        var body = texts["Reports.GapBody", string.Join('\n', Gap.Questions.Select(q => $"- «{q}»"))].Value;
        // Of those that were offered.
        var slug = Topics.Any(t => t.Slug == topic) ? await draft.RunAsync(Gap, topic!, body, await db.EditorAsync(User, cancel), cancel) : null;
        return slug is null ? BadRequest() : Redirect(EditorAddress.Of(slug));
    }
}
