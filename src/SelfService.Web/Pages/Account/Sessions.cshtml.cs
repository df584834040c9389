using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.People;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/sesiones: until when this session lasts, and the end of all of them.</summary>
[Authorize]
public sealed class SessionsModel(SignInManager<Person> signIn, EndSessions endSessions) : PageModel
{
    /// <summary>When this session ends by itself.</summary>
    public DateTime? EndsAt { get; private set; }

    public async Task OnGetAsync() =>
        EndsAt = (await HttpContext.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Properties?.ExpiresUtc?.UtcDateTime;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var personId = User.PersonId()!.Value;
        await endSessions.RunAsync(personId, personId, cancel);
        await signIn.SignOutAsync();
        return LocalRedirect("/cuenta/entrar?cerradas=1");
    }
}
