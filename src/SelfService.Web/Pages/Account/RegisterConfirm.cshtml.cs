using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Core.Tickets;
using SelfService.Web.Components;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/registro/confirmar: who opened the link of the mail gives a name and a password, and has an account.</summary>
[PrivateLink, EnableRateLimiting(RateLimits.SignIns)]
public sealed class RegisterConfirmModel(AccountLinks links, RegisterPerson register, UserManager<Person> users, OpenSession session) : PageModel
{
    [BindProperty(Name = "clave", SupportsGet = true)]
    public string? Key { get; set; }

    [BindProperty, Required(ErrorMessage = "Account.NameRequired"), StringLength(Person.NameMaxLength, ErrorMessage = "Account.NameTooLong")]
    public string Name { get; set; } = "";

    [BindProperty, Required(ErrorMessage = "Account.PasswordRequired"), StringLength(PasswordRules.MaxLength, ErrorMessage = "Account.PasswordTooLong")]
    public string Password { get; set; } = "";

    /// <summary>What the link says; null when it is not good, or no longer.</summary>
    public Registration? Registration => links.ReadRegistration(Key);

    /// <summary>Whether the address has an account, through this link or another.</summary>
    public bool IsTaken { get; private set; }

    public async Task OnGetAsync()
    {
        IsTaken = Registration is { } registration && await users.FindByEmailAsync(registration.Address) is not null;
        Response.StatusCode = IsTaken || Registration is null ? StatusCodes.Status410Gone : StatusCodes.Status200OK;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Name = PlainText.Line(Name);
        if (Registration is not { } registration)
        {
            return Gone();
        }

        if (Name.Length == 0)
        {
            return this.Refuse(nameof(Name), "Account.NameRequired");
        }

        var registered = await register.RunAsync(registration.Address, Name, Password, registration.Language, cancel);
        if (registered.Problems.Count > 0)
        {
            return this.Refuse(nameof(Password), "Refused." + registered.Problems[0]);
        }

        if (registered.Person is not { } person)
        {
            IsTaken = true;
            return Gone();
        }

        await session.RunAsync(person, SignInWay.Password, cancel: cancel);
        return LocalRedirect("/cuenta?aviso=bienvenida");
    }

    private PageResult Gone()
    {
        var page = Page();
        page.StatusCode = StatusCodes.Status410Gone;
        return page;
    }
}
