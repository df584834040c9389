using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente: every ticket, first what is late, then by its date.</summary>
public sealed class IndexModel(PortalDbContext db, ServiceDesk desk, CompanyProfile company, TimeProvider clock) : PageModel
{
    public const int PageSize = 50;
    public const int QueryMaxLength = 200;

    /// <summary>Filters in the order they are offered, with their names in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, TicketFilter Filter)> Filters =
    [
        ("abiertos", TicketFilter.Open), ("mios", TicketFilter.Mine), ("sin-responsable", TicketFilter.Unowned), ("vencidos", TicketFilter.Overdue),
        ("en-espera", TicketFilter.Waiting), ("terminados", TicketFilter.Ended), ("todos", TicketFilter.All),
    ];

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(Name = "cola", SupportsGet = true)]
    public string? Queue { get; set; }

    public TicketFilter Filter { get; private set; }

    public TicketList List { get; private set; } = null!;

    public IReadOnlyList<Queue> Queues => desk.Queues;

    public DateTime Now { get; private set; }

    public Paging Paging => new(List.Page, List.PageCount, page => Address(Filter, Queue, page));

    public async Task OnGetAsync([FromQuery(Name = "filtro")] string? filter, [FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        Query = PlainText.Line(Query) is var query && query.Length > QueryMaxLength ? query[..QueryMaxLength] : query;
        Queue = desk.Queues.FirstOrDefault(q => q.Key == Queue)?.Key;
        // Who looks for something looks everywhere, unless she says where.
        Filter = Filters.FirstOrDefault(f => f.Name == filter) is { Name: not null } chosen ? chosen.Filter : Query.Length > 0 ? TicketFilter.All : TicketFilter.Open;

        var request = new TicketListRequest(Filter, User.PersonId(), Now, PageNumber.Parse(page), PageSize) { Text = Query, Phone = PhoneNumber.Parse(Query, company.Country)?.E164 };
        List = await db.ListAsync(db.Tickets.AsNoTracking().VisibleTo(User.Viewer()).OfQueue(Queue), request, cancel);
    }

    /// <summary>Address of this list with another filter, queue or page.</summary>
    public string Address(TicketFilter filter, string? queue, int page = 1)
    {
        var parts = new Dictionary<string, string?>
        {
            ["filtro"] = Filters.First(f => f.Filter == filter).Name,
            ["cola"] = queue,
            ["q"] = Query,
            ["pagina"] = page > 1 ? page.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
        };
        return QueryHelpers.AddQueryString(DeskAddress.List, parts.Where(p => !string.IsNullOrEmpty(p.Value)));
    }
}
