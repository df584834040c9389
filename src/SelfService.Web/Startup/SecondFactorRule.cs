using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using SelfService.Core.People;

namespace SelfService.Web.Startup;

/// <summary>Who may not do without a second factor: staff, except on the machine of a developer.</summary>
public sealed class SecondFactorRule(IHostEnvironment environment)
{
    /// <summary>Whether staff need one here.</summary>
    public bool ForStaff { get; } = !environment.IsDevelopment();

    /// <summary>Whether somebody with these roles needs one.</summary>
    public bool Needs(IEnumerable<string> roles) => ForStaff && roles.Any(Roles.Staff.Contains);
}

/// <summary>Whether a signed-in person may not be left without a second factor, by the roles she has and not by those her session shows.</summary>
public sealed class StaffRoles(UserManager<Person> users, SecondFactorRule rule)
{
    /// <summary>Whether she needs one.</summary>
    public async Task<bool> NeedFactorAsync(ClaimsPrincipal principal) =>
        await users.GetUserAsync(principal) is { } person && rule.Needs(await users.GetRolesAsync(person));
}

/// <summary>
/// Takes the roles of staff away from a session that was opened with a password alone, so that every check of a role is right by
/// itself: policies, audiences, menus.
/// </summary>
public sealed class StaffWithoutFactor(SecondFactorRule rule) : IClaimsTransformation
{
    /// <summary>Claim, with itself as value, of a person who would be staff with a second factor.</summary>
    public const string Claim = "staff-without-factor";

    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.HasTwoFactors() || principal.Identity is not ClaimsIdentity identity || !rule.Needs(principal.FindAll(identity.RoleClaimType).Select(c => c.Value)))
        {
            return Task.FromResult(principal);
        }

        var claims = identity.Claims.Where(c => c.Type != identity.RoleClaimType || !Roles.Staff.Contains(c.Value)).Append(new Claim(Claim, Claim));
        return Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(claims, identity.AuthenticationType, identity.NameClaimType, identity.RoleClaimType)));
    }
}

/// <summary>Encrypts what has to be read again, such as the key of an authenticator app, with the keys of the installation.</summary>
public sealed class SecretProtector(IDataProtectionProvider provider) : IPersonalDataProtector
{
    private readonly IDataProtector protector = provider.CreateProtector("SelfService.Secrets");

    public string? Protect(string? data) => data is null ? null : protector.Protect(data);

    public string? Unprotect(string? data) => data is null ? null : protector.Unprotect(data);
}
