using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets.Rules;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Agent.Rules;

/// <summary>/agente/reglas/registro: what rules did, or why not, newest first.</summary>
public sealed class LogModel(PortalDbContext db) : PageModel
{
    private const int PageSize = 50;

    private int page, pages;

    public IReadOnlyList<(RuleRun Run, string Number)> Runs { get; private set; } = [];

    public Paging Paging => new(page, pages, number => $"/agente/reglas/registro?pagina={number}");

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? asked, CancellationToken cancel)
    {
        pages = Math.Max(1, (await db.RuleRuns.CountAsync(cancel) + PageSize - 1) / PageSize);
        page = Math.Clamp(PageNumber.Parse(asked), 1, pages);
        var runs = await db.RuleRuns.AsNoTracking().OrderByDescending(r => r.At).ThenBy(r => r.Id).Skip((page - 1) * PageSize).Take(PageSize)
            .Join(db.Tickets, r => r.TicketId, t => t.Id, (r, t) => new { Run = r, t.Number }).ToListAsync(cancel);
        Runs = [.. runs.OrderByDescending(r => r.Run.At).Select(r => (r.Run, r.Number))];
    }
}
