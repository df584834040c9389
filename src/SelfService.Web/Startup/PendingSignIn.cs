using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using SelfService.Core.People;

namespace SelfService.Web.Startup;

/// <summary>
/// A sign-in whose password was right and whose second factor is still to come, in a protected cookie of five minutes. Without it
/// no code is looked at.
/// </summary>
public sealed class PendingSignIn(IHttpContextAccessor http, UserManager<Person> users)
{
    private const string StampClaim = "pending-stamp";
    private const string KeepClaim = "pending-keep";

    /// <summary>Remembers in this browser that the password was right.</summary>
    public Task StartAsync(Person person, bool keep)
    {
        var identity = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, person.Id.ToString()));
        identity.AddClaim(new Claim(StampClaim, person.SecurityStamp!));
        identity.AddClaim(new Claim(KeepClaim, keep.ToString()));
        return http.HttpContext!.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity));
    }

    /// <summary>Whose password was right in this browser; null when none was, or when the account has changed since.</summary>
    public async Task<(Person Person, bool Keep)?> ReadAsync()
    {
        var result = await http.HttpContext!.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return result.Principal?.FindFirstValue(StampClaim) is { } stamp
            && await users.GetUserAsync(result.Principal) is { } person
            && person.SecurityStamp == stamp
            ? (person, result.Principal.HasClaim(KeepClaim, bool.TrueString))
            : null;
    }

    /// <summary>Forgets it.</summary>
    public Task EndAsync() => http.HttpContext!.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
}
