using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using SelfService.Core.Company;
using SelfService.Core.Jobs;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Search;

namespace SelfService.Web.Startup;

/// <summary>Accounts: how people sign in and what they may see.</summary>
public static class Accounts
{
    /// <summary>Policy for pages of staff.</summary>
    public const string StaffPolicy = "staff";

    /// <summary>Policy for pages where articles are written.</summary>
    public const string EditorPolicy = "editor";

    /// <summary>Policy for pages with tickets.</summary>
    public const string DeskPolicy = "desk";

    /// <summary>Policy for pages of administrators.</summary>
    public const string AdminPolicy = "admin";

    /// <summary>Registers Identity on the portal's database.</summary>
    public static void Add(IServiceCollection services, SelfServiceOptions options)
    {
        services.AddIdentity<Person, IdentityRole<Guid>>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // The user name is the address, and what an address may contain is decided in one place, EmailAddress.
                identity.User.AllowedUserNameCharacters = "";
                identity.Password.RequiredLength = 8;
                // Length is what protects; rules of composition make people write passwords down.
                identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredUniqueChars = 3;
            })
            .AddEntityFrameworkStores<PortalDbContext>()
            .AddDefaultTokenProviders();
        services.AddScoped<IPasswordValidator<Person>>(provider => new GuessablePasswords(provider.GetRequiredService<CompanyProfile>().Name));
        services.AddScoped<GatherCases>().AddScoped<RegisterPerson>().AddScoped<PersonalCopy>().AddScoped<ForgetPerson>();
        services.AddScoped<AskForAddress>().AddScoped<ChangeAddress>().AddScoped<ChangePassword>().AddScoped<ChangeProfile>();
        services.AddSingleton<MailAllowance>().AddScoped<IJobHandler, AnswerRegistration>().AddScoped<IJobHandler, AnswerReset>();
        services.Configure<DataProtectionTokenProviderOptions>(token => token.TokenLifespan = AccountLinks.TokenLife);
        services.AddScoped<AccountLinks>();
        services.AddScoped<FirstAdministrator>().AddSingleton<FirstRun>();
        Sessions.Add(services, options);
        services.AddAuthorizationBuilder()
            .AddPolicy(StaffPolicy, policy => policy.RequireRole(Roles.Staff))
            .AddPolicy(EditorPolicy, policy => policy.RequireRole(Roles.Editors))
            .AddPolicy(DeskPolicy, policy => policy.RequireRole(Roles.Desk))
            .AddPolicy(AdminPolicy, policy => policy.RequireRole(Roles.Admin));
    }

    /// <summary>Id of the account that is signed in.</summary>
    public static Guid? PersonId(this ClaimsPrincipal person) =>
        Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>Whether the person sees every ticket.</summary>
    public static bool IsDesk(this ClaimsPrincipal person) => Roles.Desk.Any(person.IsInRole);

    /// <summary>Whether the person writes articles.</summary>
    public static bool IsEditor(this ClaimsPrincipal person) => Roles.Editors.Any(person.IsInRole);

    /// <summary>The person as she looks at tickets with her account alone, without keys of guests.</summary>
    public static TicketViewer Viewer(this ClaimsPrincipal person) => new(person.PersonId(), person.IsDesk(), []);

    /// <summary>Highest audience a person belongs to.</summary>
    public static Audience Audience(this ClaimsPrincipal person) =>
        person.Identity?.IsAuthenticated != true ? Search.Audience.Public
        : Roles.Staff.Any(person.IsInRole) ? Search.Audience.Staff
        : Search.Audience.Customers;
}
