using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/datos: what articles can name instead of repeating it, with its value now, and the snippets.</summary>
public sealed class FiguresModel(PortalDbContext db, CurrentFigures current) : PageModel
{
    public const int PageSize = 50;
    public const int QueryMaxLength = 100;

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    public IReadOnlyList<Snippet> Snippets { get; private set; } = [];

    public Page<(string Key, LiveFigure Figure)> Found { get; private set; } = null!;

    public Paging Paging => new(Found.Number, Found.Count, page => QueryHelpers.AddQueryString(EditorAddress.Figures, new Dictionary<string, string?>
    {
        ["q"] = Query is { Length: > 0 } ? Query : null,
        ["pagina"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => p.Value is not null)));

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        Query = PlainText.Line(Query).Cut(QueryMaxLength);
        Snippets = await db.Snippets.AsNoTracking().OrderBy(s => s.Key).ToListAsync(cancel);
        // By its name or by what it says.
        var (figures, typed) = (current.Figures, Slug.From(Query, ""));
        var found = figures.Keys.Where(key => !key.StartsWith(LiveReference.Snippet + ":", StringComparison.Ordinal))
            .Select(key => (Key: key, Figure: figures[key]!))
            .Where(f => typed.Length == 0 || f.Key.Contains(typed, StringComparison.Ordinal) || f.Figure.Text.Contains(Query, StringComparison.OrdinalIgnoreCase)).ToList();
        var number = Math.Min(PageNumber.Parse(page), Math.Max(1, (found.Count + PageSize - 1) / PageSize));
        Found = new([.. found.Skip((number - 1) * PageSize).Take(PageSize)], number, PageSize, found.Count);
    }
}
