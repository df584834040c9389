using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Catalog;

/// <summary>GET /catalogo: what is on sale, by shelf, searched and filtered. Not kept: what is left changes with every order.</summary>
[EnableRateLimiting(RateLimits.CatalogSearches)]
public sealed class IndexModel(PortalDbContext db, CatalogEngine catalog, Shelves shelves, CompanyProfile company, CatalogWords words) : PageModel
{
    public const int PageSize = 24;

    public Filters Filters { get; private set; } = null!;

    public CatalogPage Catalog { get; private set; } = CatalogPage.Empty;

    /// <summary>What was searched instead of what was typed.</summary>
    public string? Correction { get; private set; }

    /// <summary>Shelves with something that fits, with their number.</summary>
    public IEnumerable<(Shelf Shelf, int Count)> Shelves =>
        shelves.All.Where(s => Catalog.Shelves.ContainsKey(s.Key) || s == Filters.Shelf).Select(s => (s, Catalog.Shelves.GetValueOrDefault(s.Key)));

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        Filters = Filters.Read(Request.Query, shelves, words);
        IReadOnlyList<Guid>? found = null;
        if (Filters.Query.Text.Length > 0)
        {
            (found, Correction) = catalog.Find(Filters.Query, Filters.AsTyped);
        }

        // A page beyond the last shows the last.
        Catalog = await db.CatalogAsync(Filters.Question(found), shelves, CultureInfo.GetCultureInfo(company.Locale), PageNumber.Parse(page), PageSize, cancel);
    }
}
