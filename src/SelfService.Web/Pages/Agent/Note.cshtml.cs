using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/nota: something for colleagues only.</summary>
public sealed class NoteModel(PortalDbContext db, AnswerTicket answers, IStringLocalizer<Texts> texts) : TicketPage(db)
{
    /// <summary>Sent twice, one note.</summary>
    [BindProperty]
    public Guid NoteKey { get; set; }

    [BindProperty]
    public string? NoteBody { get; set; }

    public void OnGet()
    {
        Look();
        NoteKey = Guid.NewGuid();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        NoteKey = NoteKey == Guid.Empty ? Guid.NewGuid() : NoteKey;
        var body = PlainText.Body(NoteBody);
        if (body.Length is 0 or > Message.BodyMaxLength)
        {
            ModelState.AddModelError(nameof(NoteBody), body.Length == 0 ? "Desk.NoteRequired" : texts["Desk.BodyTooLong", Message.BodyMaxLength]);
            return Refuse();
        }

        // A note takes nothing from what others did, so nobody has to be told of it first.
        var outcome = await answers.NoteAsync(Step with { Seen = null }, new StaffText(NoteKey, await MyNameAsync(cancel), body, []), cancel);
        if (outcome.Result == StepResult.Overtaken)
        {
            NoteKey = Guid.NewGuid();
        }

        return await AfterAsync(outcome, cancel);
    }
}
