using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.SideQuestions;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Asides;

/// <summary>/agente/consultas/{id}: a question to a colleague, for her and for who asked.</summary>
public sealed class AnswerModel(PortalDbContext db, AskAside asides, TimeProvider clock) : PageModel
{
    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public AsideView Aside { get; private set; } = null!;

    /// <summary>Address of the ticket; all the desk may see it.</summary>
    public string TicketAddress { get; private set; } = "";

    public bool MayAnswer => Aside.Question.ExpertId == User.PersonId();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        Key = Guid.NewGuid();
        return await FindAsync(id, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await FindAsync(id, cancel) || !MayAnswer)
        {
            return NotFound();
        }

        Answer = PlainText.Body(Answer);
        if (Answer.Length is 0 or > SideQuestion.TextMaxLength)
        {
            return this.Refuse(nameof(Answer), "Aside.AnswerRequired");
        }

        return await asides.AnswerAsync(id, Key == Guid.Empty ? Guid.NewGuid() : Key, Answer, cancel) == StepResult.NotPossible
            ? this.Refuse(nameof(Answer), "Aside.Gone", StatusCodes.Status409Conflict) : LocalRedirect("/agente/consultas/" + id);
    }

    private async Task<bool> FindAsync(Guid id, CancellationToken cancel)
    {
        var me = User.PersonId();
        if (await db.SideQuestions.AsNoTracking().SingleOrDefaultAsync(q => q.Id == id && (q.ExpertId == me || q.AskerId == me), cancel) is not { } question)
        {
            return false;
        }

        TicketAddress = DeskAddress.Of(await db.Tickets.Where(t => t.Id == question.TicketId).Select(t => t.Number).SingleAsync(cancel));
        Aside = await AsideView.ReadAsync(db, question, clock.GetUtcNow().UtcDateTime, cancel);
        return true;
    }
}
