using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account;

/// <summary>/cuenta/entrar/codigo: the code of the app, after the password.</summary>
[EnableRateLimiting(RateLimits.SignIns)]
public sealed class CodeModel(PendingSignIn pending, SignInAttempts attempts, FactorSecrets secrets, OpenSession session) : PageModel
{
    [BindProperty, Required(ErrorMessage = "Security.CodeRequired"), StringLength(20, ErrorMessage = "Security.CodeWrong")]
    public string Code { get; set; } = "";

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
        if (!mayLook || !await secrets.UseCodeAsync(person.Id, Code, cancel))
        {
            await attempts.FailAsync(person.Id, mayLook ? "code" : "locked", cancel);
            ModelState.AddModelError(nameof(Code), "Security.CodeWrong");
            var page = Page();
            page.StatusCode = StatusCodes.Status400BadRequest;
            return page;
        }

        await pending.EndAsync();
        await session.RunAsync(person, SignInWay.PasswordAndCode, keep, cancel);
        return LocalRedirect(LocalAddress.OrHome(ReturnUrl));
    }

    // The password was too long ago, in another browser, or never given.
    private LocalRedirectResult Restart() => LocalRedirect("/cuenta/entrar?volver=" + Uri.EscapeDataString(LocalAddress.OrHome(ReturnUrl)));
}
