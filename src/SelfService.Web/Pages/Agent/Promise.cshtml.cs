using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/prometer: a new next step and date without a message.</summary>
public sealed class PromiseModel(PortalDbContext db, HandleTicket handle, PromiseDates dates) : TicketPage(db)
{
    [BindProperty]
    public string? PromiseText { get; set; }

    [BindProperty]
    public string? PromiseDate { get; set; }

    [BindProperty]
    public string? PromiseTime { get; set; }

    public void OnGet()
    {
        Look();
        var offer = dates.OfferOurs(Ticket);
        (PromiseText, PromiseDate, PromiseTime) = (Ticket.NextStepText, offer.Date, offer.Time);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var promise = PromiseForm.Read(PromiseText, new TypedMoment(PromiseDate, PromiseTime), dates, ModelState);
        return ModelState.IsValid
            ? await AfterAsync(await handle.RunAsync(Step, (ticket, now) => ticket.Promise(promise, Step.Actor, now), MailKind.CasePromised, cancel), cancel)
            : Refuse();
    }
}
