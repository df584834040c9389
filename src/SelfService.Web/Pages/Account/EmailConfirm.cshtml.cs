using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.People;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>
/// /cuenta/correo/confirmar: the link that went to the new address. It asks for the session of the account too; otherwise
/// whoever owns that address could be brought, by one click on a mail she did not ask for, to hand her cases to a stranger's
/// account.
/// </summary>
[OwnAccount(ChangesSignIn = true), PrivateLink]
public sealed class EmailConfirmModel(ChangeAddress change, UserManager<Person> users, OpenSession session) : PageModel
{
    /// <summary>Id of the person the link was made for, as it came.</summary>
    [BindProperty(Name = "persona", SupportsGet = true)]
    public string? PersonKey { get; set; }

    [BindProperty(Name = "clave", SupportsGet = true)]
    public string? Key { get; set; }

    public Person Person => HttpContext.Owner();

    private Guid PersonId => Guid.TryParseExact(PersonKey, "N", out var id) ? id : Guid.Empty;

    /// <summary>Whether the link is not good, or no longer, or another account's.</summary>
    public bool IsSpent { get; private set; }

    public async Task OnGetAsync()
    {
        IsSpent = string.IsNullOrEmpty(Key) || PersonId != Person.Id || Person.NewEmail is not { } address
            || !await users.VerifyUserTokenAsync(Person, users.Options.Tokens.ChangeEmailTokenProvider, UserManager<Person>.GetChangeEmailTokenPurpose(address), Key);
        Response.StatusCode = IsSpent ? StatusCodes.Status410Gone : StatusCodes.Status200OK;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (PersonId == Person.Id && await change.RunAsync(PersonId, Key ?? "", CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancel))
        {
            await session.RenewAsync(HttpContext);
            return LocalRedirect("/cuenta?aviso=confirmado");
        }

        IsSpent = true;
        var page = Page();
        page.StatusCode = StatusCodes.Status410Gone;
        return page;
    }
}
