using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/direcciones: old addresses and where they lead.</summary>
public sealed class RedirectsModel(ManageRedirects redirects, IStringLocalizer<Texts> texts) : ListPage
{
    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? To { get; set; }

    public Page<RedirectRow> Found { get; private set; } = null!;

    public Paging Paging => new(Found.Number, Found.Count, page => Address(EditorAddress.Redirects, page));

    public async Task OnGetAsync(CancellationToken cancel) => Found = await ReadAsync(page => redirects.ListAsync(Query, page, PageSize, cancel));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var result = await redirects.AddAsync(From ?? "", To ?? "", cancel);
        if (result == AddedRedirect.Done)
        {
            return LocalRedirect(EditorAddress.Redirects + "?hecho=agregada");
        }

        ModelState.AddModelError(result == AddedRedirect.NoArticle ? nameof(To) : nameof(From), texts["RedirectRefused." + result]);
        await OnGetAsync(cancel);
        return this.Answer(StatusCodes.Status400BadRequest);
    }

    public async Task<IActionResult> OnPostBorrarAsync(string? path, CancellationToken cancel)
    {
        await redirects.DeleteAsync(path ?? "", cancel);
        return LocalRedirect(EditorAddress.Redirects + "?hecho=borrada");
    }
}
