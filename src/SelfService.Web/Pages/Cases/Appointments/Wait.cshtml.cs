using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Appointments;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases.Appointments;

/// <summary>/casos/{number}/espera: takes the hour that is kept, lets it go, or leaves the list; and says so where it is too late.</summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
public sealed class WaitModel(PortalDbContext db, ChangeWaiting change) : PageModel
{
    public const string ActionName = "hacer";
    public const string Take = "tomar";
    public const string Pass = "pasar";
    public const string Leave = "salir";

    public CaseSubject Subject => HttpContext.Case();

    /// <summary>The entry as it stands.</summary>
    public WaitingEntry Entry { get; private set; } = null!;

    public IActionResult OnGet() => LocalRedirect(Subject.Address);

    public async Task<IActionResult> OnPostAsync([FromForm(Name = ActionName)] string? action, CancellationToken cancel)
    {
        var id = Subject.Ticket.Id;
        if (await db.WaitingAsync(id, cancel) is null)
        {
            return NotFound();
        }

        var (result, next) = action switch
        {
            Take => (await change.TakeAsync(id, Subject.Actor, cancel), ReceivedModel.AddressOf(Subject.Ticket.Number)),
            Pass => (await change.PassAsync(id, Subject.Actor, cancel), $"{Subject.Address}?hecho={CaseNotices.Pass}"),
            Leave => (await change.LeaveAsync(id, Subject.Actor, cancel), $"{Subject.Address}?hecho={CaseNotices.Leave}"),
            _ => (StepResult.DoneBefore, Subject.Address),
        };
        if (result != StepResult.NotPossible)
        {
            return LocalRedirect(next);
        }

        Entry = (await db.WaitingAsync(id, cancel))!;
        var page = Page();
        page.StatusCode = StatusCodes.Status409Conflict;
        return page;
    }
}
