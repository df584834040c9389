using Microsoft.AspNetCore.Identity;
using SelfService.Core.People;
using SelfService.Web.Startup;

namespace SelfService.Web.Commands;

/// <summary><c>user add EMAIL --role ROLE</c>, with the password on standard input.</summary>
public static class UserCommands
{
    /// <summary>Creates a person. 1 with the reason on standard error when it is not possible.</summary>
    public static Task<int> AddAsync(string email, string role) => CommandHost.RunAsync(openDatabase: true, async services =>
    {
        if (!Roles.All.Contains(role))
        {
            return Fail($"{role}: {string.Join(", ", Roles.All)}");
        }

        await DemonstrationPeople.EnsureRolesAsync(services);
        var users = services.GetRequiredService<UserManager<Person>>();
        var person = new Person { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, CreatedAt = DateTime.UtcNow };
        var created = await users.CreateAsync(person, Console.ReadLine() ?? "");
        if (created.Succeeded)
        {
            created = await users.AddToRoleAsync(person, role);
        }

        return created.Succeeded ? 0 : Fail(string.Join(Environment.NewLine, created.Errors.Select(e => e.Description)));
    });

    private static int Fail(string reason)
    {
        Console.Error.WriteLine(reason);
        return 1;
    }
}
