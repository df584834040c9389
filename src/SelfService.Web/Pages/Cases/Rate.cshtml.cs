using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases;

/// <summary>/casos/{number}/valoracion: one question, one vote. The form also stands on the case itself.</summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
public sealed class RateModel(RateTicket rate) : PageModel
{
    [BindProperty]
    public int? Rating { get; set; }

    [BindProperty]
    public string? Comment { get; set; }

    public CaseSubject Subject => HttpContext.Case();

    public IActionResult OnGet() => Subject.Ticket.CanRate ? Page() : LocalRedirect(Subject.Address);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Comment = PlainText.Body(Comment);
        if (Rating is not (>= 1 and <= 5))
        {
            ModelState.AddModelError(nameof(Rating), "Rate.Required");
        }

        if (Comment.Length > Ticket.RatingCommentMaxLength)
        {
            ModelState.AddModelError(nameof(Comment), "Vote.CommentTooLong");
        }

        if (!ModelState.IsValid)
        {
            var page = Page();
            page.StatusCode = StatusCodes.Status400BadRequest;
            return page;
        }

        // Rated from another window, it was rated; reopened meanwhile, the case itself says so.
        await rate.RunAsync(Subject.Ticket.Id, Rating!.Value, Comment, Subject.Actor, cancel);
        return LocalRedirect(Subject.Address + "?hecho=" + CaseNotices.Rate);
    }
}

/// <summary>What the form of a rating needs.</summary>
/// <param name="Address">Address of the case.</param>
public sealed record RatingForm(string Address, int? Rating, string? Comment);
