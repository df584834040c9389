using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using SelfService.Core.People;

namespace SelfService.Web.Filters;

/// <summary>
/// For the pages of one's own account: loads the person who is signed in, as a feature of the request. A session whose account
/// was deleted a moment ago ends here.
/// </summary>
public sealed class OwnAccountAttribute : AuthorizeAttribute, IAsyncAuthorizationFilter
{
    /// <summary>Whether the page changes how one signs in: staff show the second factor they have before the password helps.</summary>
    public bool ChangesSignIn { get; init; }

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (await services.GetRequiredService<UserManager<Person>>().GetUserAsync(context.HttpContext.User) is { } person)
        {
            context.HttpContext.Features.Set(person);
            if (ChangesSignIn && await FreshSignInAttribute.LacksFactorAsync(context.HttpContext))
            {
                context.Result = new LocalRedirectResult("/cuenta/seguridad");
            }

            return;
        }

        await services.GetRequiredService<SignInManager<Person>>().SignOutAsync();
        context.Result = new ChallengeResult();
    }
}

/// <summary>What <see cref="OwnAccountAttribute"/> loaded.</summary>
public static class OwnAccount
{
    /// <summary>The person who is signed in.</summary>
    public static Person Owner(this HttpContext context) => context.Features.GetRequiredFeature<Person>();
}
