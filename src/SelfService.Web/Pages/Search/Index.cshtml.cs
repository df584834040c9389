using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.KnowledgeBase;
using SelfService.Search;

namespace SelfService.Web.Pages.Search;

public sealed class IndexModel : PageModel
{
    public const int PageSize = 10;

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(Name = "tema", SupportsGet = true)]
    public string? Topic { get; set; }

    /// <summary>Number of the page shown, from 1.</summary>
    public int Number { get; private set; } = 1;

    public int PageCount => Math.Max(1, (Results.Total + PageSize - 1) / PageSize);

    public SearchResults Results { get; private set; } = SearchResults.Empty;

    /// <summary>Time the engine took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Topics with hits, their Articles being the number of hits; for the filter.</summary>
    public IReadOnlyList<TopicCard> Topics { get; private set; } = [];

    /// <summary>Title of each topic by slug, for the path above a result.</summary>
    public IReadOnlyDictionary<string, string> TopicTitles { get; private set; } = new Dictionary<string, string>();

    /// <summary>Shown when nothing was asked or nothing was found.</summary>
    public IReadOnlyList<ArticleCard> MostUseful { get; private set; } = [];

    public void OnGet()
    {
    }
}
