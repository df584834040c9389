using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/entrar: address and password.</summary>
[EnableRateLimiting(RateLimits.SignIns)]
public sealed class SignInModel(
    SignInManager<Person> signIn, UserManager<Person> users, SignInAttempts attempts, PasswordCheck passwords, PendingSignIn pending, OpenSession session) : PageModel
{
    [BindProperty, Required(ErrorMessage = "SignIn.EmailRequired"), StringLength(254, ErrorMessage = "SignIn.EmailInvalid"), EmailAddress(ErrorMessage = "SignIn.EmailInvalid")]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "SignIn.PasswordRequired"), StringLength(200, ErrorMessage = "SignIn.PasswordTooLong"), DataType(DataType.Password)]
    public string Password { get; set; } = "";

    /// <summary>Whether the session outlives the browser.</summary>
    [BindProperty]
    public bool Keep { get; set; }

    [BindProperty(Name = "volver", SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether the person has just closed all her sessions.</summary>
    public bool AllClosed { get; private set; }

    public void OnGet(string? cerradas) => AllClosed = cerradas == "1";

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var person = await users.FindByEmailAsync(EmailAddress.Parse(Email) ?? Email.Trim());
        var mayLook = await attempts.CountAsync(person?.Id, cancel);
        // The same work for an address nobody has, for a locked account and for a wrong password, and one line in the log for each.
        var isRight = await passwords.IsRightAsync(mayLook ? person : null, Password);
        if (person is null || !isRight || !await signIn.CanSignInAsync(person))
        {
            await attempts.FailAsync(person?.Id, isRight ? "unconfirmed" : mayLook ? "password" : person is null ? "unknown" : "locked", cancel);
            return Refuse();
        }

        if (person.TwoFactorEnabled)
        {
            await attempts.TakeBackAsync(person.Id, cancel);
            await pending.StartAsync(person, Keep);
            return LocalRedirect("/cuenta/entrar/codigo?volver=" + Uri.EscapeDataString(LocalAddress.OrHome(ReturnUrl)));
        }

        await session.RunAsync(person, SignInWay.Password, Keep, cancel);
        return LocalRedirect(LocalAddress.OrHome(ReturnUrl));
    }

    // One answer for all of them: none is told to a stranger.
    private PageResult Refuse()
    {
        ModelState.AddModelError(nameof(Email), "SignIn.Failed");
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }
}
