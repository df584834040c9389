using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Pages;

/// <summary>What a browser sends can fill the forms of pages and nothing that is stored: no field more than a form has changes anything.</summary>
[Collection(TrialPortalCollection.Name)]
public sealed class OverPostingTests(TrialPortal portal)
{
    public static TheoryData<Type> PageModels() => [.. typeof(Portal).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(PageModel)) && !t.IsAbstract)];

    [Theory]
    [MemberData(nameof(PageModels))]
    public void What_a_page_takes_from_a_request_is_never_what_is_stored(Type page)
    {
        using var scope = portal.Host.Services.CreateScope();
        var stored = scope.ServiceProvider.GetRequiredService<PortalDbContext>().Model.GetEntityTypes().Select(e => e.ClrType).ToHashSet();

        var bound = page.GetProperties().Where(p => p.GetCustomAttribute<BindPropertyAttribute>() is not null || page.GetCustomAttribute<BindPropertiesAttribute>() is not null).Select(p => p.PropertyType)
            .Concat(page.GetMethods().Where(m => m.Name.StartsWith("On", StringComparison.Ordinal)).SelectMany(m => m.GetParameters()).Where(p => p.GetCustomAttribute<FromServicesAttribute>() is null).Select(p => p.ParameterType))
            .ToHashSet();
        var reached = new HashSet<Type>();
        foreach (var type in bound)
        {
            Reach(type, reached);
        }

        Assert.Empty(reached.Where(stored.Contains).Select(type => type.Name));
    }

    [Fact]
    public void The_pages_are_all_looked_at_and_a_stored_thing_would_be_noticed()
    {
        var reached = new HashSet<Type>();
        Reach(typeof(List<Dictionary<string, Holder[]>>), reached);

        Assert.Contains(typeof(Core.Tickets.Ticket), reached);
        Assert.True(PageModels().Count > 100, $"{PageModels().Count} pages");
    }

    // Everything a binder could come to: properties that can be set, and what collections hold.
    private static void Reach(Type type, HashSet<Type> reached)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        foreach (var part in type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments())
        {
            Reach(part, reached);
        }

        if (type.Assembly.FullName!.StartsWith("System", StringComparison.Ordinal) || type.IsEnum || !reached.Add(type))
        {
            return;
        }

        foreach (var property in type.GetProperties().Where(p => p.CanWrite))
        {
            Reach(property.PropertyType, reached);
        }
    }

    private sealed class Holder
    {
        public Core.Tickets.Ticket? Ticket { get; set; }
    }
}
