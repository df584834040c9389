using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor: every article with its state, filtered by where it is in its life.</summary>
public sealed class IndexModel(PortalDbContext db, TimeProvider clock) : PageModel
{
    public const int PageSize = 50;
    public const int QueryMaxLength = 100;

    /// <summary>The views with their names in the address.</summary>
    public static readonly IReadOnlyList<(EditorView View, string Name)> Views =
    [
        (EditorView.All, ""), (EditorView.Writing, "escribiendo"), (EditorView.InReview, "en-revision"), (EditorView.Approved, "aprobados"), (EditorView.Scheduled, "programados"),
        (EditorView.Published, "publicados"), (EditorView.Stale, "por-revisar"), (EditorView.Harmful, "no-resuelven"), (EditorView.Archived, "archivados"), (EditorView.Trash, "papelera"),
    ];

    [BindProperty(Name = "ver", SupportsGet = true)]
    public string? ViewName { get; set; }

    [BindProperty(Name = "tema", SupportsGet = true)]
    public string? Topic { get; set; }

    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    public EditorView View => Views.FirstOrDefault(v => v.Name == ViewName).View;

    public Page<EditedRow> Articles { get; private set; } = null!;

    /// <summary>Titles of the topics by slug, in their order.</summary>
    public IReadOnlyList<TopicName> Topics { get; private set; } = [];

    public Paging Paging => new(Articles.Number, Articles.Count, page => Address(View, page));

    public async Task OnGetAsync([FromQuery(Name = "pagina")] string? page, CancellationToken cancel)
    {
        Query = PlainText.Line(Query) is var query && query.Length > QueryMaxLength ? query[..QueryMaxLength] : query;
        Topics = await db.TopicNamesAsync(cancel);
        Topic = Topics.Any(t => t.Slug == Topic) ? Topic : null;
        var number = PageNumber.Parse(page);
        Articles = await db.EditedAsync(View, Topic, Query, clock.GetUtcNow().UtcDateTime, number, PageSize, cancel);
        if (Articles.Items.Count == 0 && number > 1)
        {
            Articles = await db.EditedAsync(View, Topic, Query, clock.GetUtcNow().UtcDateTime, Articles.Count, PageSize, cancel);
        }
    }

    /// <summary>Address of the list in another view.</summary>
    public string Address(EditorView view, int page = 1) => QueryHelpers.AddQueryString(EditorAddress.List, new Dictionary<string, string?>
    {
        ["ver"] = Views.First(v => v.View == view).Name,
        ["tema"] = Topic,
        ["q"] = Query,
        ["pagina"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));
}
