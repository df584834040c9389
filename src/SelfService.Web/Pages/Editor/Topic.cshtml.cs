using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/tema/{topic}: what a topic is called; without one, a new one.</summary>
public sealed class TopicModel(ArrangeTopics topics, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>Icons of the sprite that can stand for a topic.</summary>
    public static readonly IReadOnlyList<string> Icons =
        ["file", "box", "return", "card", "shield", "calendar", "wifi", "wrench", "washer", "fridge", "flame", "snow", "user", "phone", "chat", "mail", "clock", "lock", "truck", "home", "store", "cart", "bell", "globe"];

    [FromRoute(Name = "topic")]
    public string? Own { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Description { get; set; }

    [BindProperty]
    public string? Icon { get; set; }

    /// <summary>What she began from.</summary>
    [BindProperty]
    public int Base { get; set; }

    public bool IsNew => Own is null;

    public TopicRow? Stored { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await FindAsync(cancel))
        {
            return NotFound();
        }

        (Name, Description, Icon, Base) = (Stored?.Title, Stored?.Description, Stored?.Icon, Stored?.Version ?? 0);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var (name, description, icon) = (PlainText.Line(Name), PlainText.Line(Description), Icons.Contains(Icon) ? Icon! : "");
        if (name.Length is 0 or > Category.TitleMaxLength)
        {
            ModelState.AddModelError(nameof(Name), texts["Topics.NameRequired", Category.TitleMaxLength]);
        }

        if (description.Length > Category.DescriptionMaxLength)
        {
            ModelState.AddModelError(nameof(Description), texts["Editor.TooLong", Category.DescriptionMaxLength]);
        }

        return !ModelState.IsValid ? await RefuseAsync(StatusCodes.Status400BadRequest, cancel)
            : await AfterAsync(IsNew ? (await topics.AddAsync(name, description, icon, cancel)).Result : await topics.SaveAsync(Own!, Base, name, description, icon, cancel), cancel);
    }

    public async Task<IActionResult> OnPostBorrarAsync(CancellationToken cancel) => await AfterAsync(await topics.DeleteAsync(Own ?? "", Base, cancel), cancel);

    private async Task<IActionResult> AfterAsync(TopicResult result, CancellationToken cancel)
    {
        if (result == TopicResult.Done)
        {
            return LocalRedirect(EditorAddress.Topics);
        }

        ModelState.AddModelError(result == TopicResult.Taken ? nameof(Name) : "", texts["TopicRefused." + result]);
        return await RefuseAsync(StatusCodes.Status409Conflict, cancel);
    }

    private async Task<IActionResult> RefuseAsync(int status, CancellationToken cancel)
    {
        await FindAsync(cancel);
        return this.Answer(status);
    }

    private async Task<bool> FindAsync(CancellationToken cancel) => IsNew || (Stored = (await topics.ListAsync(cancel)).FirstOrDefault(t => t.Slug == Own)) is not null;
}
