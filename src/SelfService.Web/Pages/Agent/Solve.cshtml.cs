using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/resolver: solved without another word, as after a call.</summary>
public sealed class SolveModel(PortalDbContext db, HandleTicket handle, ServiceDesk desk) : TicketPage(db)
{
    /// <summary>Days in which the customer may reopen it.</summary>
    public int ReopenDays => (int)desk.ReopenWindow.TotalDays;

    public void OnGet() => Look();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        await AfterAsync(await handle.RunAsync(Step, (ticket, now) => ticket.Solve(Step.Actor, desk.ReopenWindow, now), MailKind.CaseSolved, cancel), cancel);
}
