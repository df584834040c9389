using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using SelfService.Core.People;
using SelfService.Web.Startup;

namespace SelfService.Web.Filters;

/// <summary>
/// On pages that change how one signs in: who has not shown a moment ago who she is does so first, and comes back. Staff whose
/// session lacks the second factor they have must show that, not the password.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class FreshSignInAttribute : Attribute, IAsyncAuthorizationFilter
{
    /// <summary>Whether what is sent carries a proof of its own, so that only the page asks.</summary>
    public bool OnlyGet { get; init; }

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (await LacksFactorAsync(http))
        {
            context.Result = new LocalRedirectResult("/cuenta/seguridad");
        }
        else if (!(OnlyGet && HttpMethods.IsPost(http.Request.Method)) && !http.User.IsFresh(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()))
        {
            context.Result = new LocalRedirectResult("/cuenta/confirmar?volver=" + Uri.EscapeDataString(http.Request.Path));
        }
    }

    /// <summary>Whether this is a session of staff without the second factor that the account has.</summary>
    internal static async Task<bool> LacksFactorAsync(HttpContext http)
    {
        if (!http.User.HasClaim(StaffWithoutFactor.Claim, StaffWithoutFactor.Claim))
        {
            return false;
        }

        var users = http.RequestServices.GetRequiredService<UserManager<Person>>();
        return await users.GetUserAsync(http.User) is { } person && (person.TwoFactorEnabled || (await users.GetPasskeysAsync(person)).Count > 0);
    }
}
