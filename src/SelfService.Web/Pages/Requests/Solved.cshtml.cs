using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Journeys;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Requests;

/// <summary>POST /solicitudes/{form}/resuelto: an article beside the form solved it. Nothing of what was typed comes along.</summary>
[IgnoreAntiforgeryToken(Order = 2000)] // Opens nothing and closes nothing; SameOrigin guards it.
[EnableRateLimiting(RateLimits.Votes)]
public sealed class SolvedModel(RequestForms forms, PortalDbContext db, StepLog steps, SelfServiceOptions options, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? Article { get; set; }

    // Coming here by the address alone says nothing.
    public IActionResult OnGet(string form) => forms.Find(form) is { } found ? Redirect(found.Url) : NotFound();

    public async Task<IActionResult> OnPostAsync(string form, CancellationToken cancel)
    {
        if (!SameOrigin.Allows(Request))
        {
            return BadRequest();
        }

        var audience = User.Audience();
        var slug = await db.Articles.VisibleTo(audience).Where(a => a.Slug == Article).Select(a => a.Slug).SingleOrDefaultAsync(cancel);
        if (forms.Find(form) is not { } found || slug is null)
        {
            return NotFound();
        }

        if (audience < Audience.Staff && !PrivacySignal.IsWanted(Request))
        {
            steps.Add(VisitStep.Solved(Visitor.Of(HttpContext, options.IsHttps), slug, found.Slug, clock.GetUtcNow().UtcDateTime));
        }

        return Redirect(ThanksModel.AddressOf(found.Slug));
    }
}
