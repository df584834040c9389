using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Privacy;

/// <summary>/privacidad: what is kept of visits, and the way to have it deleted without an account and without asking anybody.</summary>
[EnableRateLimiting(RateLimits.Votes)]
public sealed class IndexModel(PortalDbContext db, StepLog steps, SelfServiceOptions options) : PageModel
{
    /// <summary>Whether this browser asks not to be followed.</summary>
    public bool IsUnlinked => PrivacySignal.IsWanted(Request);

    /// <summary>Whether it carries a visitor's id.</summary>
    public bool IsKnown => !IsForgotten && Visitor is not null;

    /// <summary>Whether it was just forgotten.</summary>
    [TempData]
    public bool IsForgotten { get; set; }

    private string CookieName => PortalCookies.Name(PortalCookies.Visitor, options.IsHttps);

    // Also of who asks not to be followed now, and was before.
    private Guid? Visitor => Guid.TryParseExact(Request.Cookies[CookieName], "N", out var known) ? known : null;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Visitor is { } visitor)
        {
            // What waits to be written is hers too.
            await steps.FlushAsync(cancel);
            await db.ForgetVisitorAsync(visitor, cancel);
            Response.Cookies.Delete(CookieName, new CookieOptions { Path = "/", Secure = options.IsHttps });
        }

        IsForgotten = true;
        return RedirectToPage();
    }
}
