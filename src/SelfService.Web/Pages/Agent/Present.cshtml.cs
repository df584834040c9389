using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets.Desk;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/presencia: the browser says that she is at the ticket, and hears who else is and whether something has happened.</summary>
public sealed class PresentModel(PortalDbContext db, TimeProvider clock) : TicketPage(db)
{
    private readonly PortalDbContext db = db;

    /// <summary>Whether she has begun to write.</summary>
    [BindProperty]
    public bool IsWriting { get; set; }

    public IActionResult OnGet() => NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var others = await db.BePresentAsync(Ticket.Id, Me, IsWriting, clock.GetUtcNow().UtcDateTime, cancel);
        return new JsonResult(new { others = others.Select(o => new { name = o.Name, writing = o.IsWriting }), isNew = Detail.History.Count > Seen });
    }
}
