using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using SelfService.Core;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Web.Startup;

/// <summary>People to try the portal with, in Development only.</summary>
public static partial class DemonstrationPeople
{
    private const string Password = "colibri-azul-24";

    private static readonly (string Email, string Name, string Role)[] People =
    [
        ("lucia@brisal.example", "Lucía Hernández", Roles.Customer),
        ("mateo@brisal.example", "Mateo Ríos", Roles.Agent),
        ("elena@brisal.example", "Elena Cruz", Roles.Editor),
        ("julian@brisal.example", "Julián Peña", Roles.Admin),
    ];

    /// <summary>Creates who is missing and prints how to sign in.</summary>
    public static async Task SeedAsync(IServiceProvider services, ILogger logger)
    {
        var users = services.GetRequiredService<UserManager<Person>>();
        foreach (var (email, name, role) in People)
        {
            if (await users.FindByEmailAsync(email) is null)
            {
                var person = new Person { Id = OrderedId.New(), UserName = email, Email = email, EmailConfirmed = true, Name = name, CreatedAt = DateTime.UtcNow };
                Require(await users.CreateAsync(person, Password));
                Require(await users.AddToRoleAsync(person, role));
            }

            SignIn(logger, role, email, Password);
        }
    }

    /// <summary>Creates the roles that are missing.</summary>
    public static async Task EnsureRolesAsync(IServiceProvider services)
    {
        var db = services.GetRequiredService<PortalDbContext>();
        var roles = services.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        foreach (var role in Roles.All)
        {
            try
            {
                if (!await roles.RoleExistsAsync(role))
                {
                    Require(await roles.CreateAsync(new IdentityRole<Guid>(role) { Id = OrderedId.New() }));
                }
            }
            catch (DbUpdateException exception) when (db.IsDuplicateKey(exception))
            {
                // Another node starts at the same moment.
                db.ChangeTracker.Clear();
            }
        }
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(" ", result.Errors.Select(e => e.Description)));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Demonstration {Role}: {Email} / {Password}")]
    private static partial void SignIn(ILogger logger, string role, string email, string password);
}
