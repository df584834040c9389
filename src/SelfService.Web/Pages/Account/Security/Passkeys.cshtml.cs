using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Core.Tickets;
using SelfService.Web.Filters;
using SelfService.Web.Resources;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account.Security;

/// <summary>/cuenta/seguridad/llaves: the passkeys of the account, and a new one.</summary>
[Authorize, FreshSignIn]
public sealed class PasskeysModel(
    SignInManager<Person> signIn, UserManager<Person> users, ChangeSecondFactor change, OpenSession session, IStringLocalizer<Texts> texts) : PageModel
{
    /// <summary>What the browser answers to the options, as JSON.</summary>
    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    public async Task OnGetAsync() => Passkeys = [.. (await users.GetPasskeysAsync((await users.GetUserAsync(User))!)).OrderBy(p => p.CreatedAt)];

    /// <summary>What the browser makes a key for.</summary>
    public async Task<IActionResult> OnPostOptionsAsync()
    {
        var person = (await users.GetUserAsync(User))!;
        var entity = new PasskeyUserEntity { Id = person.Id.ToString(), Name = person.Email!, DisplayName = person.Name.Length > 0 ? person.Name : person.Email! };
        return Content(await signIn.MakePasskeyCreationOptionsAsync(entity), "application/json");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var personId = User.PersonId()!.Value;
        var made = await PasskeyAnswer.ReadAsync(Credential, signIn.PerformPasskeyAttestationAsync);
        // What was asked for another account in this browser is not hers.
        if (made is not { Succeeded: true } || made.UserEntity.Id != personId.ToString())
        {
            return await RefuseAsync("Security.PasskeyFailed");
        }

        made.Passkey.Name = NameOf(Name) ?? texts["Security.PasskeyUnnamed"];
        if (!await change.AddPasskeyAsync(personId, made.Passkey, cancel))
        {
            return await RefuseAsync("Security.PasskeyTooMany");
        }

        await session.RenewAsync(HttpContext, withFactor: true);
        return LocalRedirect("/cuenta/seguridad/llaves");
    }

    /// <summary>A name as it is kept; null when there is nothing to read in it.</summary>
    internal static string? NameOf(string? typed) =>
        PlainText.Line(typed) is { Length: > 0 } line ? string.Concat(line.EnumerateRunes().Take(ChangeSecondFactor.PasskeyNameMaxLength)) : null;

    private async Task<IActionResult> RefuseAsync(string message)
    {
        await OnGetAsync();
        ModelState.AddModelError(nameof(Name), message);
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }
}
