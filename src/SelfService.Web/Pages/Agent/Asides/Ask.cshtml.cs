using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.SideQuestions;

namespace SelfService.Web.Pages.Agent.Asides;

/// <summary>/agente/casos/{number}/consulta: a question to a colleague or to an expert outside, who sees what is shared and nothing else.</summary>
public sealed class AskModel(PortalDbContext db, AskAside asides, PromiseDates dates, TimeProvider clock) : TicketPage(db)
{
    private readonly PortalDbContext db = db;

    [BindProperty]
    public Guid Key { get; set; }

    /// <summary>Id of a colleague; empty for somebody outside.</summary>
    [BindProperty]
    public string? Expert { get; set; }

    [BindProperty]
    public string? ExpertName { get; set; }

    [BindProperty]
    public string? ExpertEmail { get; set; }

    [BindProperty]
    public string? Question { get; set; }

    /// <summary>Ids of the messages that the expert sees.</summary>
    [BindProperty]
    public List<Guid> Shared { get; set; } = [];

    [BindProperty]
    public string? AsideDate { get; set; }

    [BindProperty]
    public string? AsideTime { get; set; }

    public IReadOnlyList<DeskPerson> People { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Look();
        Key = Guid.NewGuid();
        (AsideDate, AsideTime) = dates.OfferOurs(Ticket);
        People = await ColleaguesAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Key = Key == Guid.Empty ? Guid.NewGuid() : Key;
        People = await ColleaguesAsync(cancel);
        (Question, ExpertName) = (PlainText.Body(Question), PlainText.Line(ExpertName));
        var colleague = People.FirstOrDefault(p => p.Id.ToString() == Expert);
        var address = colleague is null ? EmailAddress.Parse(ExpertEmail) : await db.Users.Where(p => p.Id == colleague.Id).Select(p => p.Email).SingleAsync(cancel);
        if (Question.Length is 0 or > SideQuestion.TextMaxLength)
        {
            ModelState.AddModelError(nameof(Question), "Aside.QuestionRequired");
        }

        if (colleague is null && (address is null || ExpertName.Length is 0 or > Person.NameMaxLength))
        {
            ModelState.AddModelError(address is null ? nameof(ExpertEmail) : nameof(ExpertName), "Aside.ExpertRequired");
        }

        var due = dates.Read(new TypedMoment(AsideDate, AsideTime), nameof(AsideDate), ModelState);
        if (!ModelState.IsValid)
        {
            return Refuse();
        }

        var result = await asides.AskAsync(
            new SideQuestion
            {
                TicketId = Ticket.Id,
                AskerId = Me,
                AskerName = await MyNameAsync(cancel),
                ExpertId = colleague?.Id,
                ExpertName = colleague?.Name ?? ExpertName,
                ExpertEmail = address!,
                Question = Question,
                Shared = [.. Detail.Thread.Select(m => m.Id).Where(Shared.Contains)],
                AskedAt = clock.GetUtcNow().UtcDateTime,
                DueAt = due,
                SubmissionKey = Key,
            },
            cancel);
        return await AfterAsync(StepOutcome.Of(result), cancel);
    }

    /// <summary>Takes a question back.</summary>
    public async Task<IActionResult> OnPostRetirarAsync(Guid question, CancellationToken cancel)
    {
        if (!await db.SideQuestions.AnyAsync(q => q.Id == question && q.TicketId == Ticket.Id, cancel))
        {
            return NotFound();
        }

        await asides.WithdrawAsync(question, Me, cancel);
        return LocalRedirect(Address);
    }

    private async Task<IReadOnlyList<DeskPerson>> ColleaguesAsync(CancellationToken cancel) => [.. (await db.DeskPeopleAsync(cancel)).Where(p => p.Id != Me)];
}
