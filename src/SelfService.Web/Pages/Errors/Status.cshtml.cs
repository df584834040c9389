using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Search;

namespace SelfService.Web.Pages.Errors;

/// <summary>The page for every failed request: 400, 403, 404, 409, 413, 429, 500, 503. A 404 searches for what was asked.</summary>
public sealed class StatusModel : PageModel
{
    public int Code { get; private set; } = 404;

    /// <summary>Words of the address that was not found, for the search box; empty otherwise.</summary>
    public string Query { get; private set; } = "";

    /// <summary>What the search found for those words, at most five.</summary>
    public IReadOnlyList<SearchHit> Hits { get; private set; } = [];

    /// <summary>Number to quote when asking for help.</summary>
    public string RequestId { get; private set; } = "";

    public void OnGet()
    {
    }
}
