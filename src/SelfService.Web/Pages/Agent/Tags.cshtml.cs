using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/etiquetas: words to find it by.</summary>
public sealed class TagsModel(PortalDbContext db, HandleTicket handle) : TicketPage(db)
{
    /// <summary>All tags, separated by commas.</summary>
    [BindProperty]
    public string? Tags { get; set; }

    public void OnGet()
    {
        Look();
        Tags = string.Join(", ", Ticket.Tags);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var tags = TicketTags.Read(Tags);
        if (tags.Count > TicketTags.MaxCount)
        {
            ModelState.AddModelError(nameof(Tags), "Workspace.TagsMany");
            return Refuse();
        }

        return await AfterAsync(
            await handle.RunAsync(
                Step,
                (ticket, now) =>
                {
                    ticket.Untag(ticket.Tags.Except(tags).ToList(), Step.Actor, now);
                    ticket.Tag(tags, Step.Actor, now);
                },
                mail: null,
                cancel),
            cancel);
    }
}
