using Microsoft.AspNetCore.Mvc;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/asignar: who answers for it: she, a colleague, or only the queue.</summary>
public sealed class AssignModel(PortalDbContext db, HandleTicket handle) : TicketPage(db)
{
    private const string Nobody = "nadie";

    private readonly PortalDbContext db = db;

    /// <summary>Id of an account, or <c>nadie</c>.</summary>
    [BindProperty]
    public string? Owner { get; set; }

    public IReadOnlyList<DeskPerson> People { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Look();
        People = await db.DeskPeopleAsync(cancel);
        Owner = Ticket.OwnerId?.ToString() ?? Nobody;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        People = await db.DeskPeopleAsync(cancel);
        var person = People.FirstOrDefault(p => p.Id.ToString() == Owner);
        if (person is null && Owner != Nobody)
        {
            ModelState.AddModelError(nameof(Owner), "Desk.OwnerRequired");
            return Refuse();
        }

        return await AfterAsync(await handle.RunAsync(Step, (ticket, now) => ticket.Assign(person?.Id, person?.Name ?? "", Step.Actor, now), mail: null, cancel), cancel);
    }
}
