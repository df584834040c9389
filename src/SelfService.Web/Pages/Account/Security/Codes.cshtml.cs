using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account.Security;

/// <summary>/cuenta/seguridad/codigos: recovery codes, shown once when they are made; afterwards only how many are left.</summary>
[Authorize, FreshSignIn]
public sealed class CodesModel(UserManager<Person> users, FactorSecrets secrets, ChangeSecondFactor change, OpenSession session) : PageModel
{
    /// <summary>Where new codes wait, encrypted in a cookie, for the page after the one that made them.</summary>
    public const string Once = "recovery-codes";

    /// <summary>The codes just made; empty when the page is looked at later.</summary>
    public IReadOnlyList<string> New { get; private set; } = [];

    public int Left { get; private set; }

    /// <summary>Codes with whose they are: another person who comes next at this browser does not see them.</summary>
    public static string Pack(Guid personId, IEnumerable<string> codes) => $"{personId:N} {string.Join(' ', codes)}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await users.GetUserAsync(User) is not { TwoFactorEnabled: true } person)
        {
            return LocalRedirect("/cuenta/seguridad");
        }

        if (TempData[Once] is string packed && packed.Split(' ') is [var owner, .. var codes] && owner == person.Id.ToString("N"))
        {
            New = codes;
        }

        Left = await secrets.CountCodesAsync(person.Id, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var personId = User.PersonId()!.Value;
        var codes = await change.MakeCodesAsync(personId, cancel);
        if (codes.Count > 0)
        {
            await session.RenewAsync(HttpContext);
            TempData[Once] = Pack(personId, codes);
        }

        return LocalRedirect("/cuenta/seguridad/codigos");
    }
}
