using Microsoft.AspNetCore.Identity;
using SelfService.Core.People;

namespace SelfService.Web.Startup;

/// <summary>Looks at a password, with the same work for accounts that exist and for those that do not.</summary>
public sealed class PasswordCheck(UserManager<Person> users)
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
}
