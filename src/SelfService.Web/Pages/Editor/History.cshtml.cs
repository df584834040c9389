using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Editor;

/// <summary>A revision in the list.</summary>
public sealed record RevisionRow(int Number, RevisionOrigin Origin, string Author, DateTime At);

/// <summary>/editor/articulos/{slug}/historial: every revision and everything that happened, and the way back to any of them.</summary>
public sealed class HistoryModel(PortalDbContext db, WriteArticle write) : ArticlePage(db)
{
    public const int PageSize = 50;

    private readonly PortalDbContext db = db;

    public Page<RevisionRow> Revisions { get; private set; } = null!;

    /// <summary>What happened, by the revision it is about.</summary>
    public ILookup<int, ArticleEvent> Events { get; private set; } = null!;

    public Paging Paging => new(Revisions.Number, Revisions.Count, page => $"{Address("historial")}?pagina={page}");

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        var (all, number) = (db.Revisions.AsNoTracking().Where(r => r.ArticleId == Article.Id), Math.Min(PageNumber.Parse(page), ((Latest.Number - 1) / PageSize) + 1));
        Revisions = new Page<RevisionRow>(
            await all.OrderByDescending(r => r.Number).Skip((number - 1) * PageSize).Take(PageSize).Select(r => new RevisionRow(r.Number, r.Origin, r.Author, r.CreatedAt)).ToListAsync(cancel),
            number, PageSize, await all.CountAsync(cancel));
        Events = (await db.ArticleEvents.AsNoTracking().Where(e => e.ArticleId == Article.Id).OrderByDescending(e => e.At).ToListAsync(cancel)).ToLookup(e => e.Number ?? Latest.Number);
    }

    /// <summary>The Markdown file of a revision, which imports to the same text.</summary>
    public async Task<IActionResult> OnGetArchivoAsync([FromQuery(Name = "n")] int number, CancellationToken cancel)
    {
        var revision = await db.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.ArticleId == Article.Id && r.Number == number, cancel);
        return revision is null ? NotFound() : File(Encoding.UTF8.GetBytes(ArticleFileWriter.Write(revision.FullContent)), "text/markdown; charset=utf-8", Article.Slug + ".md");
    }

    public async Task<IActionResult> OnPostAsync([FromForm(Name = "n")] int number, CancellationToken cancel)
    {
        var restored = await write.RestoreAsync(Article.Id, number, await MeAsync(cancel), cancel);
        return restored.Result == SaveResult.Gone ? NotFound() : LocalRedirect(Address() + "?hecho=restaurado");
    }
}
