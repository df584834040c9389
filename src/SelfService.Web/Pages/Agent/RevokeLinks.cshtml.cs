using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/revocar-enlaces: no link and no browser opens it any more without an account.</summary>
public sealed class RevokeLinksModel(PortalDbContext db, RevokeLinks revoke) : TicketPage(db)
{
    public void OnGet() => Look();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await revoke.RunAsync(Ticket.Id, Me, cancel);
        return LocalRedirect(Address + "#enlaces");
    }
}
