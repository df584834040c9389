using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Agent.Inventory;

/// <summary>/agente/inventario: every variant with its pieces, or only what is running out.</summary>
public sealed class IndexModel(PortalDbContext db) : PageModel
{
    public const string List = "/agente/inventario";
    public const string LowList = List + "?bajo=true";
    public const int PageSize = 50;

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    /// <summary>Only what is running out.</summary>
    [BindProperty(Name = "bajo", SupportsGet = true)]
    public string? Low { get; set; }

    public bool OnlyLow => Low == "true";

    public InventoryList Inventory { get; private set; } = null!;

    public Paging Paging => new(Inventory.Rows.Number, Inventory.Rows.Count, page => Address(OnlyLow, page));

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        Query = PlainText.Line(Query) is var query && query.Length > DeskList.QueryMaxLength ? query[..DeskList.QueryMaxLength] : query;
        Inventory = await db.InventoryAsync(Query, OnlyLow, PageNumber.Parse(page), PageSize, cancel);
    }

    /// <summary>Address of this list, all of it or only what is running out.</summary>
    public string Address(bool onlyLow, int page = 1) => QueryHelpers.AddQueryString(List, new Dictionary<string, string?>
    {
        ["q"] = Query,
        ["bajo"] = onlyLow ? "true" : null,
        ["pagina"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));
}
