using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Persistence;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Agent.Planning;

/// <summary>/agente/agenda/espera: who waits for an hour, in the order in which hours are offered.</summary>
public sealed class WaitingModel(PortalDbContext db) : PageModel
{
    private const int PageSize = 50;

    public IReadOnlyList<WaitingEntry> Entries { get; private set; } = [];

    public Paging Paging { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        var waiting = db.WaitingEntries.AsNoTracking().OnTheList();
        var count = Math.Max(1, (await waiting.CountAsync(cancel) + PageSize - 1) / PageSize);
        var number = Math.Min(PageNumber.Parse(page), count);
        Paging = new Paging(number, count, to => $"{AgendaAddress.Waiting}?pagina={to}");
        Entries = await waiting.Include(w => w.Ticket).Skip((number - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
    }
}
