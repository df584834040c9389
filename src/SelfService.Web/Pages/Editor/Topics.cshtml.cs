using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.KnowledgeBase.Care;

namespace SelfService.Web.Pages.Editor;

/// <summary>/editor/temas: the topics in their order.</summary>
public sealed class TopicsModel(ArrangeTopics topics) : PageModel
{
    public IReadOnlyList<TopicRow> Topics { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Topics = await topics.ListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(string? slug, bool up, CancellationToken cancel)
    {
        await topics.MoveAsync(slug ?? "", up, cancel);
        // Where she was, so that the keyboard can go on.
        return LocalRedirect($"{EditorAddress.Topics}#{(up ? "subir" : "bajar")}_{Uri.EscapeDataString(slug ?? "")}");
    }
}
