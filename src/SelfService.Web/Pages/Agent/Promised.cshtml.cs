using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Promises;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/compromisos: the promises in what she is writing, as JSON for the page that it is written on.</summary>
public sealed class PromisedModel(PortalDbContext db, PromiseReader promises, PromiseWords words, PromiseDates dates) : TicketPage(db)
{
    [BindProperty]
    public string? Text { get; set; }

    public IActionResult OnGet() => NotFound();

    public IActionResult OnPost() => PlainText.Body(Text) is { Length: <= Message.BodyMaxLength } text
        ? new JsonResult(promises.Read(text).Select(p => (p, Typed: dates.Typed(p.DueAt))).Select(f => new { text = f.p.Text, told = words.Told(f.p), date = f.Typed.Date, time = f.Typed.Time }))
        : BadRequest();
}
