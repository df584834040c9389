using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account.Security;

/// <summary>/cuenta/seguridad: what protects the account, and what is still missing.</summary>
[Authorize]
public sealed class IndexModel(UserManager<Person> users, FactorSecrets secrets) : PageModel
{
    public bool HasApp { get; private set; }

    public int Passkeys { get; private set; }

    public int RecoveryCodes { get; private set; }

    /// <summary>Whether she works for the company and this session may not show it.</summary>
    public bool LacksFactor => User.HasClaim(StaffWithoutFactor.Claim, StaffWithoutFactor.Claim);

    /// <summary>Whether she has a factor and only did not use it to come in.</summary>
    public bool HasUnusedFactor => LacksFactor && (HasApp || Passkeys > 0);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { } person)
        {
            return NotFound();
        }

        HasApp = person.TwoFactorEnabled;
        Passkeys = (await users.GetPasskeysAsync(person)).Count;
        RecoveryCodes = HasApp ? await secrets.CountCodesAsync(person.Id, cancel) : 0;
        return Page();
    }
}
