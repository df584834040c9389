using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/reabrir: it was not solved after all. The policy gives it a date.</summary>
public sealed class ReopenModel(PortalDbContext db, HandleTicket handle, PromiseDates dates) : TicketPage(db)
{
    /// <summary>By when the customer is told to hear from us, UTC.</summary>
    public DateTime By => dates.NextResponse(Ticket);

    public void OnGet() => Look();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        await AfterAsync(await handle.RunAsync(Step, (ticket, now) => ticket.Reopen(Step.Actor, By, now), MailKind.CaseReopened, cancel), cancel);
}
