using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/entrar/llave: a passkey, which is two factors at once. Nothing of it can be guessed, so a lock does not keep it out.</summary>
[EnableRateLimiting(RateLimits.SignIns)]
public sealed class PasskeySignInModel(SignInManager<Person> signIn, UserManager<Person> users, SignInAttempts attempts, OpenSession session) : PageModel
{
    /// <summary>What the browser answers to the options, as JSON.</summary>
    [BindProperty]
    public string? Credential { get; set; }

    [BindProperty]
    public bool Keep { get; set; }

    [BindProperty(Name = "volver")]
    public string? ReturnUrl { get; set; }

    public LocalRedirectResult OnGet() => LocalRedirect("/cuenta/entrar");

    /// <summary>What the browser asks its keys for. Whose they are is not known yet, and the answer is the same for all.</summary>
    public async Task<ContentResult> OnPostOptionsAsync() => Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var shown = await PasskeyAnswer.ReadAsync(Credential, signIn.PerformPasskeyAssertionAsync);
        if (shown is not { Succeeded: true } || !await signIn.CanSignInAsync(shown.User))
        {
            await attempts.FailAsync(shown?.User?.Id, "passkey", cancel);
            var page = Page();
            page.StatusCode = StatusCodes.Status400BadRequest;
            return page;
        }

        // Its counter has moved on; a copy of the key would not know.
        await users.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey);
        await session.RunAsync(shown.User, SignInWay.Passkey, Keep, cancel);
        return LocalRedirect(LocalAddress.OrHome(ReturnUrl));
    }
}
