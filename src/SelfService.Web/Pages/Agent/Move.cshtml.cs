using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/mover: another queue answers for it. The date stays what the customer was told.</summary>
public sealed class MoveModel(PortalDbContext db, HandleTicket handle, ServiceDesk desk) : TicketPage(db)
{
    /// <summary>Key of the queue.</summary>
    [BindProperty]
    public string? Queue { get; set; }

    public IReadOnlyList<Queue> Queues => desk.Queues;

    public void OnGet()
    {
        Look();
        Queue = Ticket.Queue;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (desk.Queues.FirstOrDefault(q => q.Key == Queue) is not { } queue)
        {
            ModelState.AddModelError(nameof(Queue), "Desk.QueueRequired");
            return Refuse();
        }

        return await AfterAsync(await handle.RunAsync(Step, (ticket, now) => ticket.MoveTo(queue.Key, queue.Name, Step.Actor, now), mail: null, cancel), cancel);
    }
}
