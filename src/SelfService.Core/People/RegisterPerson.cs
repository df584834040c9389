using Microsoft.AspNetCore.Identity;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>Opens a customer's account for an address she has confirmed, with the cases of that address.</summary>
public sealed class RegisterPerson(PortalDbContext db, UserManager<Person> users, GatherCases gather, TimeProvider clock)
{
    /// <summary>Opens it. Of two who use the same link at once, one gets the account.</summary>
    /// <param name="address">Confirmed, in the form of <see cref="EmailAddress.Parse"/>.</param>
    public async Task<RegisteredPerson> RunAsync(string address, string name, string password, string language, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // Nothing but what stands here is taken from outside: role and confirmation are not the form's to say.
        var person = new Person { Id = OrderedId.New(), UserName = address, Email = address, EmailConfirmed = true, Name = name, Language = language, CreatedAt = now };
        if (await users.PasswordProblemsAsync(person, password) is { Count: > 0 } problems)
        {
            return new RegisteredPerson(null, problems);
        }

        // Before the transaction: it takes long on purpose, and other writers wait.
        person.PasswordHash = users.PasswordHasher.HashPassword(person, password);
        // The other of two equal requests, or a guest's first case with this address, may win the insert.
        return new RegisteredPerson(await db.RetriedAsync(() => db.InTransactionAsync(() => CreateAsync(person, now, cancel), cancel)), []);
    }

    private async Task<Person?> CreateAsync(Person person, DateTime now, CancellationToken cancel)
    {
        if (!(await users.CreateAsync(person)).Succeeded)
        {
            return null;
        }

        await users.AddToRoleAsync(person, Roles.Customer);
        await gather.RunAsync(person, now, cancel);
        db.Audit(AuditKind.AccountCreated, now, person.Id, detail: Roles.Customer);
        return person;
    }
}

/// <summary>What became of a registration.</summary>
/// <param name="Person">The account; null when the password was refused or, without problems, when the address has an account.</param>
/// <param name="Problems">Codes of what is wrong with the password.</param>
public sealed record RegisteredPerson(Person? Person, IReadOnlyList<string> Problems);
