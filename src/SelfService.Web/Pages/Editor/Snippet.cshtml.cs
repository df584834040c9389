using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/fragmentos/{key}: one snippet and the articles that show it; without a key, a new one.</summary>
public sealed class SnippetModel(PortalDbContext db, WriteSnippet write, IStringLocalizer<Texts> texts) : PageModel
{
    [FromRoute(Name = "key")]
    public string? Own { get; set; }

    /// <summary>Name of a new one, as she typed it.</summary>
    [BindProperty]
    public string? Key { get; set; }

    [BindProperty]
    public string? Body { get; set; }

    /// <summary>What she began from.</summary>
    [BindProperty]
    public int Base { get; set; }

    public bool IsNew => Own is null;

    /// <summary>What somebody else made of it meanwhile.</summary>
    public Snippet? Newer { get; private set; }

    public IReadOnlyList<FigureUse> Uses { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (IsNew)
        {
            return Page();
        }

        if (await StoredAsync(cancel) is not { } stored)
        {
            return NotFound();
        }

        (Body, Base) = (stored.Body, stored.Version);
        Uses = await UsesAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (key, body) = (Own ?? Slug.From(PlainText.Line(Key), ""), PlainText.Body(Body));
        if (key.Length is 0 or > Snippet.KeyMaxLength)
        {
            ModelState.AddModelError(nameof(Key), texts["Snippets.KeyRequired", Snippet.KeyMaxLength]);
        }

        if (body.Length is 0 or > Snippet.BodyMaxLength)
        {
            ModelState.AddModelError(nameof(Body), body.Length == 0 ? texts["Snippets.BodyRequired"] : texts["Editor.TooLong", Snippet.BodyMaxLength]);
        }

        if (!ModelState.IsValid)
        {
            return await RefuseAsync(StatusCodes.Status400BadRequest, cancel);
        }

        var me = await db.EditorAsync(User, cancel);
        return await AfterAsync(IsNew ? await write.AddAsync(key, body, me, cancel) : await write.SaveAsync(key, Base, body, me, cancel), cancel);
    }

    public async Task<IActionResult> OnPostBorrarAsync(CancellationToken cancel) => await AfterAsync(await write.DeleteAsync(Own ?? "", Base, cancel), cancel);

    private async Task<IActionResult> AfterAsync(SnippetResult result, CancellationToken cancel)
    {
        if (result == SnippetResult.Done)
        {
            return LocalRedirect(EditorAddress.Figures);
        }

        if (result == SnippetResult.Overtaken)
        {
            // Both are shown; what she sends next she has decided knowing it.
            Newer = await StoredAsync(cancel);
            Base = Newer?.Version ?? Base;
            ModelState.Remove(nameof(Base));
        }

        ModelState.AddModelError(result == SnippetResult.Taken ? nameof(Key) : "", texts["SnippetRefused." + result]);
        return await RefuseAsync(StatusCodes.Status409Conflict, cancel);
    }

    private async Task<IActionResult> RefuseAsync(int status, CancellationToken cancel)
    {
        Uses = IsNew ? [] : await UsesAsync(cancel);
        return this.Answer(status);
    }

    private Task<Snippet?> StoredAsync(CancellationToken cancel) => db.Snippets.AsNoTracking().SingleOrDefaultAsync(s => s.Key == Own, cancel);

    private Task<IReadOnlyList<FigureUse>> UsesAsync(CancellationToken cancel) => write.UsesAsync(LiveReference.Key(LiveReference.Snippet, Own!), cancel);
}
