using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;

namespace SelfService.Core.People;

/// <summary>Makes the administrator of a portal that has none; afterwards roles are given by administrators.</summary>
public sealed class FirstAdministrator(PortalDbContext db, UserManager<Person> users, TimeProvider clock)
{
    /// <summary>Whether nobody is administrator.</summary>
    public Task<bool> IsMissingAsync(CancellationToken cancel) =>
        db.Roles.Where(r => r.Name == Roles.Admin).AllAsync(r => !db.UserRoles.Any(u => u.RoleId == r.Id), cancel);

    /// <summary>Makes her. Of two at once, one is made.</summary>
    /// <param name="address">In the form of <see cref="EmailAddress.Parse"/>.</param>
    /// <returns>Nobody, without problems, where there is an administrator already or the address has an account.</returns>
    public async Task<RegisteredPerson> RunAsync(string address, string name, string password, string language, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var person = new Person { Id = OrderedId.New(), UserName = address, Email = address, EmailConfirmed = true, Name = name, Language = language, CreatedAt = now };
        if (await users.PasswordProblemsAsync(person, password) is { Count: > 0 } problems)
        {
            return new RegisteredPerson(null, problems);
        }

        // Before the transaction: it takes long on purpose, and other writers wait.
        person.PasswordHash = users.PasswordHasher.HashPassword(person, password);
        return new RegisteredPerson(await db.InTransactionAsync(() => CreateAsync(person, now, cancel), cancel), []);
    }

    private async Task<Person?> CreateAsync(Person person, DateTime now, CancellationToken cancel)
    {
        await ChangeRoles.OneAtATimeAsync(db, cancel);
        if (!await IsMissingAsync(cancel) || !(await users.CreateAsync(person)).Succeeded)
        {
            return null;
        }

        await users.AddToRoleAsync(person, Roles.Admin);
        db.Audit(AuditKind.AccountCreated, now, person.Id, detail: Roles.Admin);
        return person;
    }
}
