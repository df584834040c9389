using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Cases;

/// <summary>/casos/{number}/cerrar: the customer needs nothing more. It asks first.</summary>
public sealed class CloseModel(CloseTicket close, ServiceDesk desk) : PageModel
{
    public CaseSubject Subject => HttpContext.Case();

    /// <summary>Days in which she may reopen it.</summary>
    public int ReopenDays => (int)desk.ReopenWindow.TotalDays;

    public IActionResult OnGet() => Subject.Ticket.Status == TicketStatus.Closed ? LocalRedirect(Subject.Address) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await close.RunAsync(Subject.Ticket.Id, Subject.Actor, cancel);
        return LocalRedirect(Subject.Address + "?hecho=" + CaseNotices.Close);
    }
}
