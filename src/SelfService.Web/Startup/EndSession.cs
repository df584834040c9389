using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>Ends the session of this browser, and every copy of its cookie with it.</summary>
public sealed class EndSession(SignInManager<Person> signIn, PortalDbContext db)
{
    /// <summary>Ends it. A copy of the cookie is refused within a minute (<see cref="SessionValidator"/>).</summary>
    public async Task RunAsync(HttpContext context, CancellationToken cancel)
    {
        var session = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (session.Principal?.SessionId() is { } id && session.Properties?.ExpiresUtc is { } end)
        {
            await db.EndSessionAsync(id, end.UtcDateTime, cancel);
        }

        await signIn.SignOutAsync();
    }
}

/// <summary>Looks each minute whether a session is still good: the account has not changed since, and nobody has ended the session.</summary>
public sealed class SessionValidator(IOptions<SecurityStampValidatorOptions> options, SignInManager<Person> signIn, ILoggerFactory logging, PortalDbContext db)
    : SecurityStampValidator<Person>(options, signIn, logging)
{
    protected override async Task<Person?> VerifySecurityStamp(ClaimsPrincipal? principal) =>
        principal?.SessionId() is { } id && await db.HasEndedAsync(id, CancellationToken.None) ? null : await base.VerifySecurityStamp(principal);
}
