using Microsoft.AspNetCore.Mvc;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/articulos/{slug}/retirar: archive it, throw it away, or take it back; each says what it means for the readers.</summary>
public sealed class RetireModel(PortalDbContext db, PublishArticle publish) : ArticlePage(db)
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostArchivarAsync(CancellationToken cancel) => After(await publish.ArchiveAsync(Article.Id, await MeAsync(cancel), cancel), "archivado");

    public async Task<IActionResult> OnPostPapeleraAsync(CancellationToken cancel) => After(await publish.TrashAsync(Article.Id, await MeAsync(cancel), cancel), "papelera");

    public async Task<IActionResult> OnPostRecuperarAsync(CancellationToken cancel) => After(await publish.TakeBackAsync(Article.Id, await MeAsync(cancel), cancel), "recuperado");
}
