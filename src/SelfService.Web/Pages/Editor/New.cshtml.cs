using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/nuevo: a title and a topic; the rest is written on the article's own page.</summary>
public sealed class NewModel(PortalDbContext db, WriteArticle write, IStringLocalizer<Texts> texts) : PageModel
{
    [BindProperty]
    public string? ArticleTitle { get; set; }

    [BindProperty]
    public string? Topic { get; set; }

    public IReadOnlyList<TopicName> Topics { get; private set; } = [];

    public Task OnGetAsync([FromQuery(Name = "titulo")] string? title, [FromQuery(Name = "tema")] string? topic, CancellationToken cancel)
    {
        (ArticleTitle, Topic) = (PlainText.Line(title), topic);
        return LoadAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        ArticleTitle = PlainText.Line(ArticleTitle);
        if (ArticleTitle.Length is 0 or > ArticleContent.TitleMaxLength)
        {
            ModelState.AddModelError(nameof(ArticleTitle), ArticleTitle.Length == 0 ? texts["Editor.TitleRequired"] : texts["Editor.TooLong", ArticleContent.TitleMaxLength]);
        }

        if (!Topics.Any(t => t.Slug == Topic))
        {
            ModelState.AddModelError(nameof(Topic), texts["Editor.TopicRequired"]);
        }

        if (ModelState.IsValid && await write.CreateAsync(new ArticleContent { Title = ArticleTitle, Category = Topic! }, await db.EditorAsync(User, cancel), cancel) is { } slug)
        {
            return LocalRedirect(EditorAddress.Of(slug));
        }

        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }

    private async Task LoadAsync(CancellationToken cancel) => Topics = await db.TopicNamesAsync(cancel);
}
