using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using SelfService.Core.Audit;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/pedidos: orders by the date of what is owed; chosen ones are moved together, all of a list go into a file.</summary>
public sealed class IndexModel(PortalDbContext db, OrderRules rules, OrdersFile file, SlaClock sla, TimeProvider clock) : PageModel
{
    public const string List = "/agente/pedidos";
    public const int PageSize = 50;

    /// <summary>Filters in the order they are offered, with their names in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, OrderFilter Filter)> Filters =
    [
        ("abiertos", OrderFilter.Open), ("vencidos", OrderFilter.Overdue), ("hoy", OrderFilter.Today), ("esperan-pago", OrderFilter.Unpaid), ("por-confirmar", OrderFilter.ToConfirm),
        ("confirmados", OrderFilter.Confirmed), ("en-preparacion", OrderFilter.Preparing), ("listos", OrderFilter.Ready), ("en-camino", OrderFilter.Shipped),
        ("devoluciones", OrderFilter.Returning), ("reembolsos", OrderFilter.Refund), ("terminados", OrderFilter.Ended), ("todos", OrderFilter.All),
    ];

    /// <summary>Ways to receive an order, with their names in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, Receiving Receiving)> Ways = [("entrega", Receiving.Delivery), ("sucursal", Receiving.Collection), ("domicilio", Receiving.AtHome)];

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(Name = "filtro", SupportsGet = true)]
    public string? FilterName { get; set; }

    [BindProperty(Name = "recibe", SupportsGet = true)]
    public string? Way { get; set; }

    [BindProperty(Name = "sucursal", SupportsGet = true)]
    public string? Branch { get; set; }

    [BindProperty(Name = "por", SupportsGet = true)]
    public string? Size { get; set; }

    public OrderFilter Filter { get; private set; }

    public OrderList Orders { get; private set; } = null!;

    public IReadOnlyList<Branch> Branches => rules.Collection?.Branches ?? [];

    public DateTime Now { get; private set; }

    public Paging Paging => new(Orders.Page, Orders.PageCount, page => Address(Filter, page));

    /// <summary>As many on a page as can be moved at once.</summary>
    public bool IsLong => Size == Most;

    public static string Most => MoveOrders.MaxCount.ToString(CultureInfo.InvariantCulture);

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel) => Orders = await db.ListAsync(Request(page), cancel);

    /// <summary>The orders of the list as a file, or their lines. That somebody took them along is written down.</summary>
    public async Task<IActionResult> OnPostAsync([FromForm(Name = "tabla")] string? table, CancellationToken cancel)
    {
        var request = Request(page: null);
        db.Audit(AuditKind.DataExported, Now, User.PersonId(), detail: "orders");
        await db.SaveChangesAsync(cancel);
        var orders = await db.ShownAsync(request, cancel);
        return table == OrdersFile.LinesTable ? file.Lines(orders, Now) : file.Orders(orders, Now);
    }

    /// <summary>Address of this list with another filter or page.</summary>
    public string Address(OrderFilter filter, int page = 1, bool? isLong = null) => QueryHelpers.AddQueryString(List, new Dictionary<string, string?>
    {
        ["filtro"] = Filters.First(f => f.Filter == filter).Name,
        ["recibe"] = Way,
        ["sucursal"] = Branch,
        ["q"] = Query,
        ["por"] = isLong ?? IsLong ? Most : null,
        ["pagina"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    private new OrderListRequest Request(string? page)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        Query = PlainText.Line(Query) is var query && query.Length > DeskList.QueryMaxLength ? query[..DeskList.QueryMaxLength] : query;
        Branch = rules.Branch(Branch)?.Key;
        var way = Ways.FirstOrDefault(w => w.Name == Way);
        Way = way.Name;
        // Who looks for something looks everywhere, unless she says where.
        Filter = Filters.FirstOrDefault(f => f.Name == FilterName) is { Name: not null } chosen ? chosen.Filter : Query.Length > 0 ? OrderFilter.All : OrderFilter.Open;
        return new OrderListRequest(Filter, Now, sla.EndOfDay(Now, day: null))
        {
            Page = PageNumber.Parse(page),
            PageSize = IsLong ? MoveOrders.MaxCount : PageSize,
            Text = Query,
            Receiving = way.Name is null ? null : way.Receiving,
            Branch = Branch,
        };
    }
}
