using System.Buffers.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account.Security;

/// <summary>/cuenta/seguridad/llaves/{id}: one passkey, to be renamed or removed.</summary>
[Authorize, FreshSignIn]
public sealed class PasskeyModel(UserManager<Person> users, ChangeSecondFactor change, OpenSession session, StaffRoles staff) : PageModel
{
    private Person person = null!;

    [BindProperty]
    public string? Name { get; set; }

    public UserPasskeyInfo Passkey { get; private set; } = null!;

    /// <summary>The name a passkey's page goes by.</summary>
    public static string Address(UserPasskeyInfo passkey) => "/cuenta/seguridad/llaves/" + Base64Url.EncodeToString(passkey.CredentialId);

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (!await FindAsync(id))
        {
            return NotFound();
        }

        Name = Passkey.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (!await FindAsync(id))
        {
            return NotFound();
        }

        if (PasskeysModel.NameOf(Name) is not { } name)
        {
            return Refuse(nameof(Name), "Security.PasskeyNameRequired");
        }

        Passkey.Name = name;
        await users.AddOrUpdatePasskeyAsync(person, Passkey);
        return LocalRedirect("/cuenta/seguridad/llaves");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string id, CancellationToken cancel)
    {
        if (!await FindAsync(id))
        {
            return NotFound();
        }

        try
        {
            await change.RemovePasskeyAsync(person.Id, Passkey.CredentialId, mayBeLast: !await staff.NeedFactorAsync(User), cancel);
        }
        catch (LastFactorException)
        {
            return Refuse("", "Security.LastFactor");
        }

        await session.RenewAsync(HttpContext);
        return LocalRedirect("/cuenta/seguridad/llaves");
    }

    private async Task<bool> FindAsync(string id)
    {
        if (!Base64Url.IsValid(id) || await users.GetUserAsync(User) is not { } found || await users.GetPasskeyAsync(found, Base64Url.DecodeFromChars(id)) is not { } passkey)
        {
            return false;
        }

        (person, Passkey) = (found, passkey);
        return true;
    }

    private PageResult Refuse(string field, string message)
    {
        ModelState.AddModelError(field, message);
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }
}
