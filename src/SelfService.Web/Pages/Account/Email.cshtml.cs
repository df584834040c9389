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

/// <summary>/cuenta/correo: asks for another address and writes to it; the account keeps the old one until the new one is confirmed.</summary>
[OwnAccount(ChangesSignIn = true), EnableRateLimiting(RateLimits.SignIns)]
public sealed class EmailModel(AskForAddress ask, PasswordCheck passwords) : PageModel
{
    [BindProperty, Required(ErrorMessage = "SignIn.EmailRequired"), StringLength(EmailAddress.MaxLength, ErrorMessage = "SignIn.EmailInvalid")]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Account.CurrentRequired"), StringLength(PasswordRules.MaxLength, ErrorMessage = "Account.CurrentWrong")]
    public string Password { get; set; } = "";

    public Person Person => HttpContext.Owner();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (EmailAddress.Parse(Email) is not { } address)
        {
            return this.Refuse(nameof(Email), "SignIn.EmailInvalid");
        }

        if (address == EmailAddress.Parse(Person.Email))
        {
            return this.Refuse(nameof(Email), "Account.SameEmail");
        }

        if (!await passwords.IsOwnAsync(Person, Password, cancel))
        {
            return this.Refuse(nameof(Password), "Account.CurrentWrong");
        }

        await ask.RunAsync(Person.Id, address, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancel);
        return LocalRedirect("/cuenta?aviso=correo");
    }
}
