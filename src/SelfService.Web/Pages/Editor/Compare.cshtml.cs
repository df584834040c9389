using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/articulos/{slug}/diferencias?de=&amp;a=&amp;vista=: two revisions side by side of time, as readers see them or as they were written.</summary>
public sealed class CompareModel(PortalDbContext db) : ArticlePage(db)
{
    public const string Source = "texto";

    private readonly PortalDbContext db = db;

    public Revision Old { get; private set; } = null!;

    public Revision New { get; private set; } = null!;

    public bool IsSource { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "de")] int from, [FromQuery(Name = "a")] int to, [FromQuery(Name = "vista")] string? view, CancellationToken cancel)
    {
        var found = await db.Revisions.AsNoTracking().Where(r => r.ArticleId == Article.Id && (r.Number == from || r.Number == to)).ToDictionaryAsync(r => r.Number, cancel);
        if (!found.TryGetValue(from, out var old) || !found.TryGetValue(to, out var now))
        {
            return NotFound();
        }

        (Old, New, IsSource) = (old, now, view == Source);
        return Page();
    }
}
