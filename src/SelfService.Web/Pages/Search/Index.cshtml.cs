using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Core.Shortcuts;
using SelfService.Search;
using SelfService.Search.Querying;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Search;

[EnableRateLimiting(RateLimits.Search)]
[OutputCache(PolicyName = PublicPages.Answers)]
public sealed class IndexModel(ISearchEngine engine, CatalogEngine catalog, ShortcutIndex shortcuts, KeptTopics keptTopics, KeptCards keptCards, Trials trials, PortalDbContext db, CompanyProfile company) : PageModel
{
    public const int PageSize = 10;

    private const int MostUsefulCount = 6;
    private const int ShortcutCount = 2;

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(Name = "tema", SupportsGet = true)]
    public string? Topic { get; set; }

    /// <summary>Search exactly what was typed, after a correction was shown.</summary>
    [BindProperty(Name = "literal", SupportsGet = true)]
    public bool AsTyped { get; set; }

    /// <summary>Staff may ask why the hits stand in this order.</summary>
    public bool CanExplain => User.Audience() == Audience.Staff;

    /// <summary>They did.</summary>
    public bool Explains { get; private set; }

    /// <summary>Number of the page shown, from 1.</summary>
    public int Number { get; private set; } = 1;

    public int PageCount => Math.Max(1, (Results.Total + PageSize - 1) / PageSize);

    public SearchResults Results { get; private set; } = SearchResults.Empty;

    /// <summary>Topics and actions that the question asks for by name, shown above the results.</summary>
    public IReadOnlyList<Shortcut> Shortcuts { get; private set; } = [];

    /// <summary>Products that answer too, beside the first page of all topics.</summary>
    public FoundProducts Products { get; private set; } = FoundProducts.None;

    /// <summary>Time the engine took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Topics with hits, their Articles being the number of hits; for the filter.</summary>
    public IReadOnlyList<TopicCard> Topics { get; private set; } = [];

    /// <summary>Title of each topic by slug, for the path above a result.</summary>
    public IReadOnlyDictionary<string, string> TopicTitles { get; private set; } = new Dictionary<string, string>();

    /// <summary>Shown when nothing was asked or nothing was found.</summary>
    public IReadOnlyList<ArticleCard> MostUseful { get; private set; } = [];

    public async Task OnGetAsync(
        [FromQuery(Name = "pagina")] string? page, [FromQuery(Name = "explicar")] string? explain, CancellationToken cancel)
    {
        Explains = CanExplain && explain == "1";
        var topics = await keptTopics.OfAsync(db, User.Audience(), HttpContext.Reader(), cancel);
        TopicTitles = topics.ToDictionary(t => t.Slug, t => t.Title);
        Topic = Topic is not null && TopicTitles.ContainsKey(Topic) ? Topic : null;
        Number = PageNumber.Parse(page);

        var query = SearchQuery.Parse(Query);
        Query = query.Text;
        if (query.Text.Length > 0)
        {
            Search(query);
            Products = Number > 1 || Topic is not null ? FoundProducts.None : await FoundProducts.FindAsync(db, catalog, keptCards, query, AsTyped, cancel);
            Footsteps.Found(HttpContext, Results.Total + Products.Total);
            Shortcuts = Number > 1 ? [] : shortcuts.Named(query.Text, User.Audience(), ShortcutCount);
            Topics = [.. topics.Where(t => Results.Topics.ContainsKey(t.Slug)).Select(t => t with { Articles = Results.Topics[t.Slug] })];
        }

        if (Results.Total == 0)
        {
            MostUseful = await db.MostUsefulAsync(User.Audience(), company.Featured, MostUsefulCount, cancel, HttpContext.Reader());
        }
    }

    private void Search(SearchQuery query)
    {
        using var span = Signals.Spans.StartActivity("search");
        var started = Stopwatch.GetTimestamp();
        var request = new SearchRequest(query, User.Audience()) { Reader = HttpContext.Reader().Code, Topic = Topic, AsTyped = AsTyped, Explain = Explains, Offset = (Number - 1) * PageSize, Limit = PageSize };
        Results = engine.Search(request);
        if (Results is { Hits.Count: 0, Total: > 0 })
        {
            // A page beyond the last shows the last.
            Number = PageCount;
            Results = engine.Search(request with { Offset = (Number - 1) * PageSize });
        }

        Results = trials.Of(HttpContext, Results);
        Elapsed = Stopwatch.GetElapsedTime(started);
    }
}
