using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Desk;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente: every ticket, first what is late, then by its date.</summary>
public sealed class IndexModel(PortalDbContext db, ServiceDesk desk, CompanyProfile company, SlaClock sla, TimeProvider clock) : PageModel
{
    public const int PageSize = 50;

    /// <summary>What the list shows.</summary>
    public DeskList Shown { get; private set; } = null!;

    public TicketList List { get; private set; } = null!;

    /// <summary>Views that she keeps or that are shared with her.</summary>
    public IReadOnlyList<DeskView> Views { get; private set; } = [];

    /// <summary>Who may answer for a ticket.</summary>
    public IReadOnlyList<DeskPerson> People { get; private set; } = [];

    public IReadOnlyList<Queue> Queues => desk.Queues;

    public DateTime Now { get; private set; }

    public Paging Paging => new(List.Page, List.PageCount, page => Shown.Address(page));

    /// <summary>Where the numbers of the filters come from while the page stays open; null where nothing counts them.</summary>
    public string? Live => Shown is { Query.Length: 0 } && Shown.Narrowing == new TicketNarrowing { Queue = Shown.Narrowing.Queue } ? $"{DeskAddress.List}/contadores?cola={Shown.Narrowing.Queue}" : null;

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        var me = User.PersonId()!.Value;
        Now = clock.GetUtcNow().UtcDateTime;
        Shown = DeskList.Read(Request.Query, desk);
        Views = await db.DeskViewsAsync(me, cancel);
        People = await db.DeskPeopleAsync(cancel);
        List = await db.ListAsync(
            db.Tickets.AsNoTracking().VisibleTo(User.Viewer()).NarrowedTo(Shown.Narrowing), Shown.Request(me, Now, company.Country, sla.EndOfDay(Now, null), PageNumber.Parse(page), PageSize), cancel);
    }
}
