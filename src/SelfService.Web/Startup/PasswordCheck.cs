using Microsoft.AspNetCore.Identity;
using SelfService.Core.People;

namespace SelfService.Web.Startup;

/// <summary>Looks at a password, with the same work for accounts that exist and for those that do not.</summary>
public sealed class PasswordCheck(UserManager<Person> users, SignInAttempts attempts)
{
    // Random: no password fits it.
    private static readonly string NobodysHash = new PasswordHasher<Person>().HashPassword(new Person(), Guid.NewGuid().ToString());

    /// <summary>Whether the password is this person's.</summary>
    /// <param name="person">Null for nobody, and for somebody whose password may not be looked at now.</param>
    public async Task<bool> IsRightAsync(Person? person, string password)
    {
        if (person?.PasswordHash is not null)
        {
            return await users.CheckPasswordAsync(person, password);
        }

        users.PasswordHasher.VerifyHashedPassword(new Person(), NobodysHash, password);
        return false;
    }

    /// <summary>Whether somebody who is signed in gave her own password again. Counted like an attempt to sign in.</summary>
    public async Task<bool> IsOwnAsync(Person person, string password, CancellationToken cancel = default)
    {
        var mayLook = await attempts.CountAsync(person.Id, cancel);
        if (await IsRightAsync(mayLook ? person : null, password))
        {
            await attempts.ConfirmAsync(person.Id, cancel);
            return true;
        }

        await attempts.FailAsync(person.Id, mayLook ? "confirm" : "locked", cancel);
        return false;
    }
}
