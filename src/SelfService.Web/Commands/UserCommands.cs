using Microsoft.AspNetCore.Identity;
using SelfService.Core.Audit;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Web.Components;
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

        if (EmailAddress.Parse(email) is not { } address)
        {
            return Fail(Say("Report.UserAddress", email));
        }

        await DemonstrationPeople.EnsureRolesAsync(services);
        var users = services.GetRequiredService<UserManager<Person>>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var person = new Person { Id = Guid.CreateVersion7(), UserName = address, Email = address, EmailConfirmed = true, CreatedAt = now };
        var created = await users.CreateAsync(person, Console.ReadLine() ?? "");
        if (created.Succeeded)
        {
            created = await users.AddToRoleAsync(person, role);
        }

        if (!created.Succeeded)
        {
            return Fail(string.Join(Environment.NewLine, created.Errors.Select(e => e.Description)));
        }

        var db = services.GetRequiredService<PortalDbContext>();
        db.Audit(AuditKind.AccountCreated, now, actorId: null, person.Id, role, via: "command");
        await db.SaveChangesAsync();
        Console.WriteLine(Say("Report.UserAdded", address, role));
        if (Roles.Staff.Contains(role))
        {
            Console.WriteLine(Say("Report.UserStaff", services.GetRequiredService<SelfServiceOptions>().PublicUrl + "/cuenta/entrar"));
        }

        return 0;
    });

    private static string Say(string key, params object[] words) => string.Format(ContentReport.Language, ContentWordsReader.Get(key, ContentReport.Language), words);

    private static int Fail(string reason)
    {
        Console.Error.WriteLine(reason);
        return 1;
    }
}
