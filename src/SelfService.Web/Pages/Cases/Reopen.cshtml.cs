using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Cases;

/// <summary>/casos/{number}/reabrir: it was not solved after all. It asks first.</summary>
public sealed class ReopenModel(ReopenTicket reopen, TimeProvider clock) : PageModel
{
    public CaseSubject Subject => HttpContext.Case();

    public IActionResult OnGet() => Subject.Ticket.CanReopen(clock.GetUtcNow().UtcDateTime) ? Page() : LocalRedirect(Subject.Address);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // Too late, the case itself says that it has ended and what she can do.
        await reopen.RunAsync(Subject.Ticket.Id, Subject.Actor, cancel);
        return LocalRedirect(Subject.Address + "?hecho=" + CaseNotices.Reopen);
    }
}
