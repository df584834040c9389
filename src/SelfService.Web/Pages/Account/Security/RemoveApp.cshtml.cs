using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.People.SecondFactors;
using SelfService.Web.Filters;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Account.Security;

/// <summary>/cuenta/seguridad/aplicacion/quitar: asks, then removes the app.</summary>
[Authorize, FreshSignIn]
public sealed class RemoveAppModel(ChangeSecondFactor change, OpenSession session, StaffRoles staff) : PageModel
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        try
        {
            await change.RemoveAppAsync(User.PersonId()!.Value, mayBeLast: !await staff.NeedFactorAsync(User), cancel);
        }
        catch (LastFactorException)
        {
            ModelState.AddModelError("", "Security.LastFactor");
            var page = Page();
            page.StatusCode = StatusCodes.Status400BadRequest;
            return page;
        }

        await session.RenewAsync(HttpContext);
        return LocalRedirect("/cuenta/seguridad");
    }
}
