using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.People;
using SelfService.Web.Components;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>What follows a password: one secret more, which may be tried as seldom as the password.</summary>
/// <param name="way">How a person has signed in who shows it.</param>
/// <param name="failure">What the log says of one who does not.</param>
/// <param name="wrong">What the page says to her.</param>
public abstract class SecondStepPage(PendingSignIn pending, SignInAttempts attempts, OpenSession session, SignInWay way, string failure, string wrong) : PageModel
{
    [BindProperty(Name = "volver", SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public async Task<IActionResult> OnGetAsync() => await pending.ReadAsync() is null ? Restart() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await pending.ReadAsync() is not var (person, keep))
        {
            return Restart();
        }

        var mayLook = await attempts.CountAsync(person.Id, cancel);
        if (!mayLook || !await UseAsync(person.Id, cancel))
        {
            await attempts.FailAsync(person.Id, mayLook ? failure : "locked", cancel);
            return this.Refuse("Code", wrong);
        }

        await pending.EndAsync();
        await session.RunAsync(person, way, keep, cancel);
        return LocalRedirect(await NextAsync(person.Id, cancel) ?? LocalAddress.OrHome(ReturnUrl));
    }

    /// <summary>Whether what was typed is the secret. It is good once.</summary>
    protected abstract Task<bool> UseAsync(Guid personId, CancellationToken cancel);

    /// <summary>Where she goes first; null for where she came from.</summary>
    protected virtual Task<string?> NextAsync(Guid personId, CancellationToken cancel) => Task.FromResult<string?>(null);

    // The password was too long ago, in another browser, or never given.
    private LocalRedirectResult Restart() => LocalRedirect("/cuenta/entrar?volver=" + Uri.EscapeDataString(LocalAddress.OrHome(ReturnUrl)));
}
