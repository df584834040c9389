using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Promises;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/prometer: a new next step and date without a message.</summary>
public sealed class PromiseModel(PortalDbContext db, HandleTicket handle, PromiseDates dates, PromiseReader promises, PromiseWords words) : TicketPage(db)
{
    [BindProperty]
    public string? PromiseText { get; set; }

    [BindProperty]
    public string? PromiseDate { get; set; }

    [BindProperty]
    public string? PromiseTime { get; set; }

    /// <summary>Whether she has been told that her words say another date than the fields.</summary>
    [BindProperty]
    public bool IsAgreed { get; set; }

    public void OnGet()
    {
        Look();
        var offer = dates.OfferOurs(Ticket);
        (PromiseText, PromiseDate, PromiseTime) = (Ticket.NextStepText, offer.Date, offer.Time);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // What she says in words is sooner than the fields, which were filled in for her: she is told, once.
        if (ModelState.IsValid && !IsAgreed && promises.Read(PromiseText ?? "").MinBy(p => p.DueAt) is { } read && dates.Typed(read.DueAt) is var typed && typed != new TypedMoment(PromiseDate, PromiseTime))
        {
            (PromiseDate, PromiseTime, IsAgreed) = (typed.Date, typed.Time, true);
            ModelState.AddModelError(nameof(PromiseDate), words.Told(read));
        }

        var promise = PromiseForm.Read(PromiseText, new TypedMoment(PromiseDate, PromiseTime), dates, ModelState);
        return ModelState.IsValid
            ? await AfterAsync(await handle.RunAsync(Step, (ticket, now) => ticket.Promise(promise, Step.Actor, now), MailKind.CasePromised, cancel), cancel)
            : Refuse();
    }
}
