using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/enviar-enlace: a new link to the ticket's own address.</summary>
public sealed class SendLinkModel(PortalDbContext db, SendLink send) : TicketPage(db)
{
    /// <summary>Sent twice, one mail.</summary>
    [BindProperty]
    public Guid Key { get; set; }

    public void OnGet()
    {
        Look();
        Key = Guid.NewGuid();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Key = Key == Guid.Empty ? Guid.NewGuid() : Key;
        if (!await send.RunAsync(Ticket.Id, Key, cancel))
        {
            ModelState.AddModelError("", "Desk.NoAddress");
            return Refuse(StatusCodes.Status409Conflict);
        }

        return LocalRedirect($"{Address}?enlace={Key}");
    }
}
