using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Core.Synonyms;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/sinonimos/historial: who changed what of the synonyms, and the way back to any edition.</summary>
public sealed class SynonymHistoryModel(PortalDbContext db, WriteSynonyms write) : PageModel
{
    public const int PageSize = 20;

    /// <summary>Each with the rules that it replaced.</summary>
    public Page<(SynonymEdition Edition, SynonymRules Before)> Editions { get; private set; } = null!;

    public Paging Paging => new(Editions.Number, Editions.Count, page => $"{EditorAddress.SynonymHistory}?pagina={page}");

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        var total = await db.SynonymEditions.CountAsync(cancel);
        var number = Math.Min(PageNumber.Parse(page), Math.Max(1, (total + PageSize - 1) / PageSize));
        var found = await db.SynonymEditions.AsNoTracking().OrderByDescending(e => e.Number).Skip((number - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancel);
        Editions = new([.. found.Take(PageSize).Select((e, at) => (e, at + 1 < found.Count ? found[at + 1].Rules : SynonymRules.None))], number, PageSize, total);
    }

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "n")] int number, CancellationToken cancel)
    {
        var restored = await write.RestoreAsync(number, await db.EditorAsync(User, cancel), cancel);
        if (restored.Result == SaveResult.Gone)
        {
            return NotFound();
        }

        await SearchWords.FollowAsync(HttpContext.RequestServices, cancel);
        return LocalRedirect(EditorAddress.Synonyms + (restored.Result == SaveResult.Saved ? "?hecho=restaurado" : "?hecho=igual"));
    }
}
