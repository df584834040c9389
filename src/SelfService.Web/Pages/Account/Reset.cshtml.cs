using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Web.Components;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/restablecer: who opened the link of the mail chooses a new password, and then signs in as always.</summary>
[PrivateLink, EnableRateLimiting(RateLimits.SignIns)]
public sealed class ResetModel(ChangePassword change, UserManager<Person> users) : PageModel
{
    /// <summary>Id of the person the link was made for, as it came.</summary>
    [BindProperty(Name = "persona", SupportsGet = true)]
    public string? PersonKey { get; set; }

    [BindProperty(Name = "clave", SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty, Required(ErrorMessage = "Account.PasswordRequired"), StringLength(PasswordRules.MaxLength, ErrorMessage = "Account.PasswordTooLong")]
    public string Password { get; set; } = "";

    private Guid PersonId => Guid.TryParseExact(PersonKey, "N", out var id) ? id : Guid.Empty;

    /// <summary>Whether the link is not good, or no longer.</summary>
    public bool IsSpent { get; private set; }

    public async Task OnGetAsync()
    {
        IsSpent = string.IsNullOrEmpty(Key) || await users.FindByIdAsync(PersonId.ToString()) is not { } person
            || !await users.VerifyUserTokenAsync(person, users.Options.Tokens.PasswordResetTokenProvider, UserManager<Person>.ResetPasswordTokenPurpose, Key);
        Response.StatusCode = IsSpent ? StatusCodes.Status410Gone : StatusCodes.Status200OK;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var problems = await change.ByLinkAsync(PersonId, Key ?? "", Password, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancel);
        if (problems.Contains(ChangePassword.SpentLink))
        {
            IsSpent = true;
            var page = Page();
            page.StatusCode = StatusCodes.Status410Gone;
            return page;
        }

        return problems.Count > 0 ? this.Refuse(nameof(Password), "Refused." + problems[0]) : LocalRedirect("/cuenta/aviso/contrasena");
    }
}
