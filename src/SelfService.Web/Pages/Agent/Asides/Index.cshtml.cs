using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets.SideQuestions;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Asides;

/// <summary>/agente/consultas: what colleagues ask her and what she has asked, what waits longest first.</summary>
public sealed class IndexModel(PortalDbContext db, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    private int page, pages;

    public IReadOnlyList<(SideQuestion Question, string Number)> Questions { get; private set; } = [];

    public Guid Me => User.PersonId()!.Value;

    public DateTime Now { get; private set; }

    public Paging Paging => new(page, pages, number => $"/agente/consultas?pagina={number}");

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? asked, CancellationToken cancel)
    {
        Now = clock.GetUtcNow().UtcDateTime;
        var me = Me;
        var hers = db.SideQuestions.AsNoTracking().Where(q => q.ExpertId == me || q.AskerId == me);
        pages = Math.Max(1, (await hers.CountAsync(cancel) + PageSize - 1) / PageSize);
        page = Math.Clamp(PageNumber.Parse(asked), 1, pages);
        var found = await hers.OrderBy(q => q.State == SideQuestionState.Asked ? 0 : 1).ThenBy(q => q.DueAt).ThenBy(q => q.Id).Skip((page - 1) * PageSize).Take(PageSize)
            .Join(db.Tickets, q => q.TicketId, t => t.Id, (q, t) => new { Question = q, t.Number }).ToListAsync(cancel);
        Questions = [.. found.OrderBy(f => f.Question.State == SideQuestionState.Asked ? 0 : 1).ThenBy(f => f.Question.DueAt).Select(f => (f.Question, f.Number))];
    }
}
