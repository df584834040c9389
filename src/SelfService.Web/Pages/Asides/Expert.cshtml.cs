using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.SideQuestions;
using SelfService.Web.Components;
using SelfService.Web.Pages.Agent.Asides;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Asides;

/// <summary>/consulta/{secret}: a question for an expert outside, who has no account. The key is a secret, so the page is kept by nobody and tells nobody where it is.</summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
public sealed class ExpertModel(PortalDbContext db, AskAside asides, TimeProvider clock) : PageModel
{
    [BindProperty]
    public Guid Key { get; set; }

    [BindProperty]
    public string? Answer { get; set; }

    public AsideView Aside { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string secret, CancellationToken cancel)
    {
        Key = Guid.NewGuid();
        return await FindAsync(secret, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(string secret, CancellationToken cancel)
    {
        if (!await FindAsync(secret, cancel))
        {
            return NotFound();
        }

        Answer = PlainText.Body(Answer);
        if (Answer.Length is 0 or > SideQuestion.TextMaxLength)
        {
            return this.Refuse(nameof(Answer), "Aside.AnswerRequired");
        }

        return await asides.AnswerAsync(Aside.Question.Id, Key == Guid.Empty ? Guid.NewGuid() : Key, Answer, cancel) == StepResult.NotPossible ? NotFound() : LocalRedirect("/consulta/" + secret);
    }

    private async Task<bool> FindAsync(string secret, CancellationToken cancel)
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        Response.Headers["Referrer-Policy"] = "no-referrer";
        var (hash, now) = (TicketKey.HashOf(secret), clock.GetUtcNow().UtcDateTime);
        if (hash is null || await db.SideQuestions.AsNoTracking().SingleOrDefaultAsync(q => q.KeyHash == hash, cancel) is not { } question || !question.IsOpenByLink(now))
        {
            return false;
        }

        Aside = await AsideView.ReadAsync(db, question, now, cancel);
        return true;
    }
}
