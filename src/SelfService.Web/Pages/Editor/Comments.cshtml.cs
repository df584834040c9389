using Microsoft.AspNetCore.Mvc;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/comentarios: what readers said of articles, to be worked through.</summary>
public sealed class CommentsModel(PortalDbContext db, TimeProvider clock) : ListPage
{
    /// <summary>Those that somebody was done with.</summary>
    [BindProperty(Name = "atendidos", SupportsGet = true)]
    public bool IsSettled { get; set; }

    public Page<ReaderComment> Found { get; private set; } = null!;

    public Paging Paging => new(Found.Number, Found.Count, page => List(IsSettled, page));

    public async Task OnGetAsync(CancellationToken cancel) =>
        Found = await ReadAsync(page => db.ReaderCommentsAsync(IsSettled, string.IsNullOrEmpty(Query) ? null : Query, page, PageSize, cancel));

    public async Task<IActionResult> OnPostAsync(Guid comment, string? text, bool open, CancellationToken cancel)
    {
        // A form sends line ends as CR LF.
        await db.SettleAsync(comment, PlainText.Body(text), open ? null : clock.GetUtcNow().UtcDateTime, cancel);
        return LocalRedirect(List(IsSettled, PageNumber.Parse(PageText)));
    }

    /// <summary>Address of the open ones, or of the others.</summary>
    public string List(bool settled, int page = 1) => Address(EditorAddress.Comments, page, ("atendidos", settled ? "true" : null));
}
