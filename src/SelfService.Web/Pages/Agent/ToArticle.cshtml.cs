using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Web.Pages.Editor;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent;

/// <summary>/agente/casos/{number}/articulo: what a solved ticket taught becomes the draft of an article, without who asked.</summary>
public sealed class ToArticleModel(PortalDbContext db, DraftFromTicket draft, IStringLocalizer<Texts> texts) : TicketPage(db)
{
    private readonly PortalDbContext db = db;

    [BindProperty]
    public string? Topic { get; set; }

    public IReadOnlyList<TopicName> Topics { get; private set; } = [];

    /// <summary>The draft it has become already.</summary>
    public string? Draft { get; private set; }

    public bool IsPossible => !Ticket.IsUnresolved;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Look();
        await LoadAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (!Topics.Any(t => t.Slug == Topic))
        {
            ModelState.AddModelError(nameof(Topic), "Editor.TopicRequired");
        }

        if (!ModelState.IsValid || !IsPossible)
        {
            return Refuse(IsPossible ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict);
        }

        Draft = await draft.RunAsync(Detail, Topic!, new DraftHeadings(texts["ToArticle.Asked"], texts["ToArticle.Answered"]), await db.EditorAsync(User, cancel), cancel);
        return User.IsEditor() && Draft is { } slug ? LocalRedirect(EditorAddress.Of(slug)) : RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Draft = await draft.FindAsync(Ticket.Id, cancel);
        Topics = await db.TopicNamesAsync(cancel);
    }
}
