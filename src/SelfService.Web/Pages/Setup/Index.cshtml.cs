using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Setup;

/// <summary>/instalar: who holds the key from the log becomes the first administrator. With one, there is no such page.</summary>
[PrivateLink, EnableRateLimiting(RateLimits.SignIns)]
public sealed class IndexModel(FirstRun firstRun, FirstAdministrator administrator, OpenSession session) : PageModel
{
    [BindProperty(Name = "clave", SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty, Required(ErrorMessage = "Account.NameRequired"), StringLength(Person.NameMaxLength, ErrorMessage = "Account.NameTooLong")]
    public string Name { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "SignIn.EmailRequired"), StringLength(EmailAddress.MaxLength, ErrorMessage = "SignIn.EmailInvalid")]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Account.PasswordRequired"), StringLength(PasswordRules.MaxLength, ErrorMessage = "Account.PasswordTooLong")]
    public string Password { get; set; } = "";

    /// <summary>Whether the key opens the page; the form is shown to nobody else.</summary>
    public bool HasKey => firstRun.IsGood(Key);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await administrator.IsMissingAsync(cancel))
        {
            return NotFound();
        }

        Response.StatusCode = HasKey ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!HasKey || !await administrator.IsMissingAsync(cancel))
        {
            return await OnGetAsync(cancel);
        }

        Name = PlainText.Line(Name);
        if (Name.Length == 0)
        {
            return this.Refuse(nameof(Name), "Account.NameRequired");
        }

        if (EmailAddress.Parse(Email) is not { } address)
        {
            return this.Refuse(nameof(Email), "SignIn.EmailInvalid");
        }

        var made = await administrator.RunAsync(address, Name, Password, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancel);
        if (made.Problems.Count > 0)
        {
            return this.Refuse(nameof(Password), "Refused." + made.Problems[0]);
        }

        if (made.Person is not { } person)
        {
            return await administrator.IsMissingAsync(cancel) ? this.Refuse(nameof(Email), "Setup.AddressTaken") : NotFound();
        }

        await session.RunAsync(person, SignInWay.Password, cancel: cancel);
        // Staff need a second step before they may do anything.
        return LocalRedirect("/cuenta/seguridad");
    }
}
