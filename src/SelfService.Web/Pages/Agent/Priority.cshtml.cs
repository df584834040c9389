using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/prioridad: how much it presses. Its targets follow; what the customer was told stays.</summary>
public sealed class PriorityModel(PortalDbContext db, HandleTicket handle) : TicketPage(db)
{
    [BindProperty]
    public TicketPriority? Priority { get; set; }

    public void OnGet()
    {
        Look();
        Priority = Ticket.Priority;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Priority is not { } priority || !Enum.IsDefined(priority))
        {
            ModelState.AddModelError(nameof(Priority), "Workspace.PriorityRequired");
            return Refuse();
        }

        return await AfterAsync(await handle.RunAsync(Step, (ticket, now) => ticket.ChangePriority(priority, Step.Actor, now), mail: null, cancel), cancel);
    }
}
