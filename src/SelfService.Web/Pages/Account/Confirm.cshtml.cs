using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/confirmar: the password once more, before something that a thief of the session would like to do.</summary>
[Authorize, EnableRateLimiting(RateLimits.SignIns)]
public sealed class ConfirmModel(UserManager<Person> users, PasswordCheck passwords, OpenSession session) : PageModel
{
    [BindProperty, Required(ErrorMessage = "SignIn.PasswordRequired"), StringLength(200, ErrorMessage = "SignIn.PasswordTooLong"), DataType(DataType.Password)]
    public string Password { get; set; } = "";

    [BindProperty(Name = "volver", SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Whose session it is, for the browser's own list of passwords.</summary>
    public string Email => User.Identity?.Name ?? "";

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } person)
        {
            return Challenge();
        }

        if (!await passwords.IsOwnAsync(person, Password, cancel))
        {
            ModelState.AddModelError(nameof(Password), "Security.ConfirmWrong");
            var page = Page();
            page.StatusCode = StatusCodes.Status400BadRequest;
            return page;
        }

        await session.RenewAsync(HttpContext);
        return LocalRedirect(LocalAddress.OrHome(ReturnUrl));
    }
}
