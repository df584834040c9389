using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using SelfService.Core.People;

namespace SelfService.Web.Startup;

/// <summary>How somebody showed who she is.</summary>
public enum SignInWay
{
    Password,
    PasswordAndCode,
    PasswordAndRecoveryCode,
    Passkey,
}

/// <summary>Opens a session, once who she is has been shown: on the sign-in pages, and wherever else somebody comes in.</summary>
public sealed class OpenSession(SignInManager<Person> signIn, UserManager<Person> users, SignInAttempts attempts, BrowserCart cart, VisitorsOf visitors, TimeProvider clock)
{
    private static readonly Dictionary<SignInWay, string> Words = new()
    {
        [SignInWay.Password] = "password",
        [SignInWay.PasswordAndCode] = "code",
        [SignInWay.PasswordAndRecoveryCode] = "recovery",
        [SignInWay.Passkey] = "passkey",
    };

    /// <summary>A new session in place of whatever the browser had; the failed attempts are forgotten and the audit log is told.</summary>
    /// <param name="keep">Whether it outlives the browser. One of staff ends after a working day all the same.</param>
    public async Task RunAsync(Person person, SignInWay way, bool keep = false, CancellationToken cancel = default)
    {
        await attempts.SucceedAsync(person.Id, Words[way], cancel);
        await cart.GatherAsync(signIn.Context, person.Id, cancel);
        var now = clock.GetUtcNow();
        var isStaff = (await users.GetRolesAsync(person)).Any(Roles.Staff.Contains);
        if (!isStaff)
        {
            await visitors.LinkPersonAsync(signIn.Context, person.Id, cancel);
        }

        await signIn.SignInWithClaimsAsync(
            person,
            new AuthenticationProperties { IsPersistent = keep, AllowRefresh = false, IssuedUtc = now, ExpiresUtc = now + (keep && !isStaff ? Sessions.Kept : Sessions.WorkingDay) },
            Claims(Guid.NewGuid(), way != SignInWay.Password, now));
    }

    /// <summary>
    /// Writes the session of this browser anew after she has shown again who she is, or after a change that ended all others. Its
    /// end stays where it was.
    /// </summary>
    /// <param name="withFactor">Whether she has shown a second factor just now; where not, it stays as the session was opened.</param>
    public async Task RenewAsync(HttpContext context, bool withFactor = false)
    {
        var current = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (current.Principal is { } principal && await users.GetUserAsync(principal) is { } person)
        {
            await signIn.SignInWithClaimsAsync(person, current.Properties, Claims(principal.SessionId() ?? Guid.NewGuid(), withFactor || principal.HasTwoFactors(), clock.GetUtcNow()));
        }
    }

    private static Claim[] Claims(Guid id, bool twoFactors, DateTimeOffset now) =>
    [
        new Claim(Sessions.IdClaim, id.ToString()),
        new Claim(Sessions.MethodClaim, twoFactors ? Sessions.TwoFactors : "pwd"),
        new Claim(Sessions.ProvedClaim, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
    ];
}
