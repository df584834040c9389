using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.Persistence;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/datos: what articles can name instead of repeating it, with its value now, and the snippets.</summary>
public sealed class FiguresModel(PortalDbContext db, CurrentFigures current) : ListPage
{
    public IReadOnlyList<Snippet> Snippets { get; private set; } = [];

    public Page<(string Key, LiveFigure Figure)> Found { get; private set; } = null!;

    public Paging Paging => new(Found.Number, Found.Count, page => Address(EditorAddress.Figures, page));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Snippets = await db.Snippets.AsNoTracking().OrderBy(s => s.Key).ToListAsync(cancel);
        Found = await ReadAsync(page => Task.FromResult(Named(page)));
    }

    // By its name or by what it says.
    private Page<(string, LiveFigure)> Named(int page)
    {
        var (figures, typed) = (current.Figures, Slug.From(Query!, ""));
        var found = figures.Keys.Where(key => !key.StartsWith(LiveReference.Snippet + ":", StringComparison.Ordinal))
            .Select(key => (Key: key, Figure: figures[key]!))
            .Where(f => Query!.Length == 0 || (typed.Length > 0 && f.Key.Contains(typed, StringComparison.Ordinal)) || f.Figure.Text.Contains(Query, StringComparison.OrdinalIgnoreCase)).ToList();
        return new([.. found.Skip((page - 1) * PageSize).Take(PageSize)], page, PageSize, found.Count);
    }
}
