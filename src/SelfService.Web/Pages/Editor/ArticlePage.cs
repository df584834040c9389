using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Editor;

/// <summary>A page about one article, and the one way a step in its life ends.</summary>
public abstract class ArticlePage(PortalDbContext db) : PageModel
{
    public EditedArticle Edited => HttpContext.Features.GetRequiredFeature<EditedArticle>();

    public Article Article => Edited.Article;

    public Revision Latest => Edited.Latest;

    /// <summary>Address of another page about it.</summary>
    public string Address(string part = "") => EditorAddress.Of(Article.Slug, part);

    /// <summary>Who is at work.</summary>
    protected Task<Core.KnowledgeBase.Editing.Editor> MeAsync(CancellationToken cancel) => db.EditorAsync(User, cancel);

    /// <summary>Where a step leads, or why it was not taken.</summary>
    /// <param name="done">What the next page says.</param>
    protected IActionResult After(PublishResult result, string done)
    {
        if (result == PublishResult.Done)
        {
            return LocalRedirect(Address() + "?hecho=" + done);
        }

        ModelState.AddModelError("", "EditorRefused." + result);
        return Refuse(result == PublishResult.NotHers ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict);
    }

    /// <summary>The same page with everything typed.</summary>
    protected PageResult Refuse(int status = StatusCodes.Status400BadRequest)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }
}
