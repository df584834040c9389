using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Desk;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/varios: several tickets changed at once. First what is to be changed, then what became of each.</summary>
public sealed class BulkModel(PortalDbContext db, ChangeTickets tickets, ServiceDesk desk) : PageModel
{
    /// <summary>Numbers of the tickets.</summary>
    [BindProperty]
    public List<string> Number { get; set; } = [];

    /// <summary>The list she came from.</summary>
    [BindProperty]
    public string? Back { get; set; }

    [BindProperty(Name = "")]
    public BulkForm Form { get; set; } = new();

    /// <summary>The tickets that were picked.</summary>
    public IReadOnlyList<TicketRow> Rows { get; private set; } = [];

    public IReadOnlyList<DeskPerson> People { get; private set; } = [];

    public IReadOnlyList<Queue> Queues => desk.Queues;

    /// <summary>What became of each; empty until something was changed.</summary>
    public IReadOnlyList<ChangedTicket> Changed { get; private set; } = [];

    public string BackAddress => Back is { } back && back.StartsWith(DeskAddress.List + "?", StringComparison.Ordinal) ? back : DeskAddress.List;

    public IActionResult OnGet() => LocalRedirect(DeskAddress.List);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) => await ReadAsync(cancel) ? Page() : this.Answer(StatusCodes.Status400BadRequest);

    public async Task<IActionResult> OnPostCambiarAsync(CancellationToken cancel)
    {
        if (!await ReadAsync(cancel))
        {
            return this.Answer(StatusCodes.Status400BadRequest);
        }

        var actor = Actor.Staff(User.PersonId()!.Value);
        if (Form.Read(desk, People, actor) is not { } change)
        {
            return this.Refuse(nameof(BulkForm.Owner), "Workspace.ChangeRequired");
        }

        Changed = await tickets.RunAsync(Visible, [.. Rows.Select(r => r.Number)], actor.PersonId!.Value, change, Form.IsSolved ? MailKind.CaseSolved : null, cancel);
        return Page();
    }

    private IQueryable<Ticket> Visible => db.Tickets.AsNoTracking().VisibleTo(User.Viewer());

    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        var numbers = Number.Select(TicketNumber.Parse).OfType<string>().Distinct().ToList();
        People = await db.DeskPeopleAsync(cancel);
        if (numbers.Count is 0 or > ChangeTickets.MaxCount)
        {
            ModelState.AddModelError("", numbers.Count == 0 ? "Workspace.PickRequired" : "Workspace.PickedMany");
            return false;
        }

        Rows = await db.Rows(Visible.Where(t => numbers.Contains(t.Number)).OrderBy(t => t.DueAt == null).ThenBy(t => t.DueAt)).ToListAsync(cancel);
        return true;
    }
}
