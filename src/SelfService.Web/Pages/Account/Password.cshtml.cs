using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Web.Components;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/contrasena: another password for who knows the current one. This session stays, the others end.</summary>
[OwnAccount(ChangesSignIn = true), EnableRateLimiting(RateLimits.SignIns)]
public sealed class PasswordModel(ChangePassword change, PasswordCheck passwords, OpenSession session) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Account.CurrentRequired"), StringLength(PasswordRules.MaxLength, ErrorMessage = "Account.CurrentWrong")]
    public string Current { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Account.PasswordRequired"), StringLength(PasswordRules.MaxLength, ErrorMessage = "Account.PasswordTooLong")]
    public string Password { get; set; } = "";

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var person = HttpContext.Owner();
        if (!await passwords.IsOwnAsync(person, Current, cancel))
        {
            return this.Refuse(nameof(Current), "Account.CurrentWrong");
        }

        var problems = await change.ByPasswordAsync(person.Id, Current, Password, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancel);
        if (problems.Count > 0)
        {
            return this.Refuse(nameof(Password), "Refused." + problems[0]);
        }

        await session.RenewAsync(HttpContext);
        return LocalRedirect("/cuenta?aviso=contrasena");
    }
}
