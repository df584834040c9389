using Microsoft.AspNetCore.Identity;
using SelfService.Core.People;

namespace SelfService.Web.Startup;

/// <summary>
/// Asks for the password once more before something that a thief of the session would like to do. Counted like a sign-in: a
/// session left open must not be a place to guess passwords.
/// </summary>
public sealed class OwnPassword(SignInManager<Person> signIn)
{
    /// <summary>Whether the password is the person's, and may be looked at now.</summary>
    public async Task<bool> IsRightAsync(Person person, string password) =>
        (await signIn.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true)).Succeeded;
}
