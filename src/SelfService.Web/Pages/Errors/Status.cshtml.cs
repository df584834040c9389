using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Search;
using SelfService.Search.Querying;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Errors;

/// <summary>The page for every failed request: 400, 403, 404, 409, 413, 429, 500, 503. A 404 searches for what was asked.</summary>
public sealed class StatusModel(PortalDbContext db, ISearchEngine engine) : PageModel
{
    private const int MaxHits = 5;

    private const string RetryAfterSeconds = "10";

    public int Code { get; private set; } = StatusCodes.Status404NotFound;

    /// <summary>Words of the address that was not found, for the search box; empty otherwise.</summary>
    public string Query { get; private set; } = "";

    /// <summary>Number of the case that was asked for, whether or not there is one; null elsewhere.</summary>
    public string? Case { get; private set; }

    /// <summary>What the search found for those words, at most five.</summary>
    public IReadOnlyList<SearchHit> Hits { get; private set; } = [];

    /// <summary>Number to quote when asking for help.</summary>
    public string RequestId => Activity.Current?.TraceId.ToString() ?? HttpContext.TraceIdentifier;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var failed = HttpContext.Features.Get<IStatusCodeReExecuteFeature>();
        // Asked for by its own address, the page is one that does not exist.
        var isReal = failed is not null || HttpContext.Features.Get<IExceptionHandlerPathFeature>() is not null;
        Code = isReal && Response.StatusCode >= 400 ? Response.StatusCode : StatusCodes.Status404NotFound;
        if (Code == StatusCodes.Status404NotFound)
        {
            if (failed is not null && await db.RedirectAsync(failed.OriginalPath, User.Audience(), cancel) is { } address)
            {
                return RedirectPermanent(address);
            }

            Case = failed?.OriginalPath.Split('/') is [_, "casos", var number, ..] ? TicketNumber.Parse(number) : null;
            SearchFor(Case is null ? failed?.OriginalPath ?? "" : "");
        }

        if (Code == StatusCodes.Status503ServiceUnavailable)
        {
            Response.Headers.RetryAfter = RetryAfterSeconds;
        }

        Response.StatusCode = Code;
        return Page();
    }

    private void SearchFor(string path)
    {
        var last = path.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        var words = string.Join(' ', Path.GetFileNameWithoutExtension(last).Split(['-', '_', '+', ' ', '.'], StringSplitOptions.RemoveEmptyEntries));
        var query = SearchQuery.Parse(words);
        Query = query.Text;
        if (Query.Length > 0)
        {
            Hits = engine.Search(new SearchRequest(query, User.Audience()) { Reader = HttpContext.Reader().Code, Limit = MaxHits }).Hits;
        }
    }
}
