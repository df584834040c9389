using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/olvide: asks for an address and sends a link to a new password there. Nothing here depends on whether it has an account.</summary>
[EnableRateLimiting(RateLimits.SignIns)]
public sealed class ForgotModel(PortalDbContext db, TimeProvider clock) : PageModel
{
    [BindProperty, Required(ErrorMessage = "SignIn.EmailRequired"), StringLength(EmailAddress.MaxLength, ErrorMessage = "SignIn.EmailInvalid")]
    public string Email { get; set; } = "";

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (EmailAddress.Parse(Email) is not { } address)
        {
            return this.Refuse(nameof(Email), "SignIn.EmailInvalid");
        }

        db.Jobs.Add(new AccountRequest(address, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName).ToJob(AccountRequest.Reset, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(cancel);
        return LocalRedirect("/cuenta/aviso/olvide");
    }
}
