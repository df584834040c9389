using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/salir: asks, then ends the session.</summary>
[Authorize]
public sealed class SignOutModel(EndSession endSession) : PageModel
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await endSession.RunAsync(HttpContext, cancel);
        // What scripts kept for her, such as a text that could not be sent, is not for whoever comes next.
        Response.Headers["Clear-Site-Data"] = "\"storage\"";
        return LocalRedirect("/");
    }
}
