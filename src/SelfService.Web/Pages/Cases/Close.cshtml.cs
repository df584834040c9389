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

    /// <summary>Its order or appointment is not finished, and the case not either.</summary>
    public bool IsOpenRecord => Subject.Ticket.HasOpenRecord;

    public IActionResult OnGet() => Subject.Ticket.Status == TicketStatus.Closed ? LocalRedirect(Subject.Address) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        try
        {
            await close.RunAsync(Subject.Ticket.Id, Subject.Actor, cancel);
        }
        catch (TicketStateException)
        {
            var page = Page();
            page.StatusCode = StatusCodes.Status409Conflict;
            return page;
        }

        return LocalRedirect(Subject.Address + "?hecho=" + CaseNotices.Close);
    }
}
