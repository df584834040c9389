using Microsoft.AspNetCore.Identity;
using SelfService.Core;
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
        var person = new Person { Id = OrderedId.New(), UserName = address, Email = address, EmailConfirmed = true, CreatedAt = now };
        var password = Console.ReadLine() ?? "";
        var db = services.GetRequiredService<PortalDbContext>();
        var created = await db.InTransactionAsync(async () =>
        {
            var result = await users.CreateAsync(person, password);
            if (result.Succeeded && (result = await users.AddToRoleAsync(person, role)).Succeeded)
            {
                db.Audit(AuditKind.AccountCreated, now, actorId: null, person.Id, role, via: "command");
            }

            return result;
        });
        if (!created.Succeeded)
        {
            return Fail(string.Join(Environment.NewLine, created.Errors.Select(e => e.Description)));
        }

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
