using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Appointments;

/// <summary>/agente/casos/{number}/espera: takes somebody off the waiting list. Done twice, it was done.</summary>
public sealed class UnlistModel(PortalDbContext db, ChangeWaiting change) : TicketPage(db)
{
    public IActionResult OnGet() => LocalRedirect(Address);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Detail.Waiting is null)
        {
            return NotFound();
        }

        await change.LeaveAsync(Ticket.Id, Step.Actor, cancel);
        return LocalRedirect(Address + "?hecho=1");
    }
}
