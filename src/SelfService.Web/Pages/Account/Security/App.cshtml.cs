using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Company;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Web.Components;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account.Security;

/// <summary>/cuenta/seguridad/aplicacion: an authenticator app, taken once it has shown a right code.</summary>
[Authorize, FreshSignIn(OnlyGet = true)]
public sealed class AppModel(
    UserManager<Person> users, ChangeSecondFactor change, OfferedKey offers, OpenSession session, CompanyProfile company, TimeProvider clock) : PageModel
{
    private byte[] key = [];

    [BindProperty]
    public string? Code { get; set; }

    /// <summary>The key on offer, sealed. It was given to who had just shown who she is, and to nobody else.</summary>
    [BindProperty]
    public string? Offer { get; set; }

    /// <summary>Whether she has an app now.</summary>
    public bool HasApp { get; private set; }

    /// <summary>The key for who types it, in groups of four.</summary>
    public string KeyText => string.Join(' ', Base32.Encode(key).Chunk(4).Select(part => new string(part)));

    /// <summary>The key for who takes a picture of it.</summary>
    public QrCode Picture => QrCode.Of($"otpauth://totp/{Uri.EscapeDataString(company.Name)}:{Uri.EscapeDataString(User.Identity?.Name ?? "")}?secret={Base32.Encode(key)}&issuer={Uri.EscapeDataString(company.Name)}");

    public async Task<IActionResult> OnGetAsync() => await ShowAsync(TimeCode.NewKey());

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var personId = User.PersonId()!.Value;
        if (offers.Open(Offer, personId) is not { } offered)
        {
            return LocalRedirect("/cuenta/seguridad/aplicacion");
        }

        if (TimeCode.Match(offered, Code, clock.GetUtcNow()) is not { } step)
        {
            ModelState.AddModelError(nameof(Code), "Security.SetupCodeWrong");
            return await ShowAsync(offered, StatusCodes.Status400BadRequest);
        }

        var codes = await change.AddAppAsync(personId, offered, step, cancel);
        await session.RenewAsync(HttpContext, withFactor: true);
        TempData[CodesModel.Once] = CodesModel.Pack(personId, codes);
        return LocalRedirect("/cuenta/seguridad/codigos");
    }

    private async Task<IActionResult> ShowAsync(byte[] shown, int status = StatusCodes.Status200OK)
    {
        key = shown;
        var person = await users.GetUserAsync(User);
        HasApp = person!.TwoFactorEnabled;
        Offer = offers.Seal(key, person.Id);
        ModelState.Remove(nameof(Offer));
        var page = Page();
        page.StatusCode = status;
        return page;
    }
}
