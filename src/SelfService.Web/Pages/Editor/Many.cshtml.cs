using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/varios: does the same with the articles that were marked in the list, and says what came of it.</summary>
public sealed class ManyModel(PortalDbContext db, ChangeArticles many, CompanyProfile company, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Slugs of those that were marked.</summary>
    [BindProperty(Name = "articulo")]
    public List<string> Marked { get; set; } = [];

    /// <summary>The button.</summary>
    [BindProperty]
    public string? Action { get; set; }

    [BindProperty]
    public string? Topic { get; set; }

    [BindProperty]
    public string? Tag { get; set; }

    [BindProperty]
    public string? ReviewBy { get; set; }

    /// <summary>The list that she came from.</summary>
    [BindProperty]
    public string? Back { get; set; }

    public ManyChanged? Result { get; private set; }

    public IActionResult OnGet() => LocalRedirect(EditorAddress.List);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Back = LocalAddress.OrHome(Back) is var back && back.StartsWith(EditorAddress.List, StringComparison.Ordinal) ? back : EditorAddress.List;
        var me = await db.EditorAsync(User, cancel);
        var slugs = Marked.Distinct().ToList();
        if (slugs.Count is 0 or > ChangeArticles.Most)
        {
            return this.Refuse("", texts["Many.MarkSome", ChangeArticles.Most]);
        }

        Result = Action switch
        {
            "tema" when (await db.TopicNamesAsync(cancel)).Any(t => t.Slug == Topic) => await many.WriteAsync(slugs, c => c with { Category = Topic! }, me, cancel),
            "etiqueta" when PlainText.Line(Tag) is { Length: > 0 and <= ArticleContent.ListItemMaxLength } tag => await many.WriteAsync(slugs, c => Tagged(c, tag), me, cancel),
            "revision" when LocalDatePattern.Iso.Parse((ReviewBy ?? "").Trim()) is { Success: true, Value: { Year: >= 1970 and < 3000 } day } => await many.WriteAsync(slugs, c => c with { ReviewBy = Start(day) }, me, cancel),
            "archivar" => await many.StepAsync(slugs, (publish, id) => publish.ArchiveAsync(id, me, cancel), cancel),
            "papelera" => await many.StepAsync(slugs, (publish, id) => publish.TrashAsync(id, me, cancel), cancel),
            _ => null,
        };
        if (Result is null)
        {
            return this.Refuse("", texts["Many.FillIn"]);
        }

        return Page();
    }

    private DateTime Start(LocalDate day) => company.TimeZone.AtStartOfDay(day).ToDateTimeUtc();

    private static ArticleContent Tagged(ArticleContent content, string tag) =>
        content.Tags.Contains(tag) || content.Tags.Count >= ArticleContent.ListMaxItems ? content : content with { Tags = [.. content.Tags, tag] };
}
