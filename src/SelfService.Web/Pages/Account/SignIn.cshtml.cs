using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

[EnableRateLimiting(RateLimits.SignIns)]
public sealed class SignInModel(SignInManager<Person> signIn, UserManager<Person> users) : PageModel
{
    // Checked for addresses nobody has, so that they take as long as the others. Random: no password fits it.
    private static readonly string UnknownPersonsHash = new PasswordHasher<Person>().HashPassword(new Person(), Guid.NewGuid().ToString());

    [BindProperty, Required(ErrorMessage = "SignIn.EmailRequired"), StringLength(254, ErrorMessage = "SignIn.EmailInvalid"), EmailAddress(ErrorMessage = "SignIn.EmailInvalid")]
    public string Email { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "SignIn.PasswordRequired"), StringLength(200, ErrorMessage = "SignIn.PasswordTooLong"), DataType(DataType.Password)]
    public string Password { get; set; } = "";

    [BindProperty(Name = "volver", SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.FindByEmailAsync(Email.Trim()) is not { } person)
        {
            users.PasswordHasher.VerifyHashedPassword(new Person(), UnknownPersonsHash, Password);
            return Refuse("SignIn.Failed");
        }

        var result = await signIn.PasswordSignInAsync(person, Password, isPersistent: false, lockoutOnFailure: true);
        if (result.IsLockedOut)
        {
            // A locked account is refused before its password is looked at; this takes the time that would have taken.
            users.PasswordHasher.VerifyHashedPassword(person, UnknownPersonsHash, Password);
        }

        return result.Succeeded ? LocalRedirect(LocalAddress.OrHome(ReturnUrl)) : Refuse("SignIn.Failed");
    }

    // One answer for a wrong password, a locked account and an unknown address: none of them is told to a stranger.
    private PageResult Refuse(string message)
    {
        ModelState.AddModelError(nameof(Email), message);
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }
}
