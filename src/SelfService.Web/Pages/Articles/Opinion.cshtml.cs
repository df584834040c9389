using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Articles;

/// <summary>POST /articulos/{slug}/opinion: a vote, then an optional comment. Without JavaScript this page asks for the comment.</summary>
[IgnoreAntiforgeryToken(Order = 2000)] // The form stands on a cached page and has no token; SameOrigin guards it.
[EnableRateLimiting(RateLimits.Votes)]
public sealed class OpinionModel(PortalDbContext db, VoteOnArticle vote, SelfServiceOptions options) : PageModel
{
    public const int CommentMaxLength = ArticleVote.CommentMaxLength;

    private ArticleView? article;

    public string Slug => article!.Slug;

    public string Title => article!.Title;

    /// <summary>The vote and the comment are stored; nothing more is asked.</summary>
    public bool Done { get; private set; }

    [BindProperty]
    public bool? Helpful { get; set; }

    [BindProperty, StringLength(CommentMaxLength, ErrorMessage = "Vote.CommentTooLong")]
    public string? Comment { get; set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        article = await db.ArticleAsync(RouteData.Values["slug"] as string ?? "", User.Audience(), HttpContext.RequestAborted);
        if (article is null)
        {
            context.Result = NotFound();
        }
        else if (HttpMethods.IsPost(Request.Method) && !SameOrigin.Allows(Request))
        {
            context.Result = BadRequest();
        }
        else
        {
            await next();
        }
    }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Helpful is not { } helpful)
        {
            return BadRequest();
        }

        await vote.CastAsync(article!.Id, Visitor.Of(HttpContext, options.IsHttps), helpful, Comment?.Trim(), cancel);
        if (Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "application/json"))
        {
            return new JsonResult(new { ok = true });
        }

        // The vote alone comes from the article and asks for words; the form that asks sends them, empty or not.
        Done = Request.Form.ContainsKey(nameof(Comment));
        return Page();
    }
}
