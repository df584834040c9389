using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.People.SecondFactors;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Web.Mail;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests;

/// <summary>
/// Two portals whose accounts tests may lock and change: one as on a developer's machine, one as in production. Both go by a clock
/// that tests move on.
/// </summary>
public sealed class SecurityPortal : IAsyncLifetime
{
    public const string PublicUrl = "http://ayuda.ensayo.example";

    private readonly TestFolder content = new TestFolder()
        .Write("articles/uno/abierto.md", "---\ntitle: Abierto\n---\nTexto.\n")
        .Write("articles/uno/interno.md", "---\ntitle: Interno\naudience: staff\n---\nTexto.\n");

    public PortalHost Trial { get; private set; } = null!;

    public PortalHost Live { get; private set; } = null!;

    public MovableClock Clock { get; } = new();

    public async Task InitializeAsync()
    {
        Trial = await StartAsync("Development");
        Live = await StartAsync("Production");
        await using var scope = Live.Services.CreateAsyncScope();
        await DemonstrationPeople.EnsureRolesAsync(scope.ServiceProvider);
    }

    public async Task DisposeAsync()
    {
        await Trial.DisposeAsync();
        await Live.DisposeAsync();
        content.Dispose();
    }

    private Task<PortalHost> StartAsync(string environment) => PortalHost.StartAsync(
        content.Root, new Dictionary<string, string?> { ["SelfService:PublicUrl"] = PublicUrl }, services => services.AddSingleton<TimeProvider>(Clock), environment);
}

[CollectionDefinition(Name)]
public sealed class SecurityPortalCollection : ICollectionFixture<SecurityPortal>
{
    public const string Name = "security portal";
}

/// <summary>The time of day, and what a test adds to it.</summary>
public sealed class MovableClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(ahead.TotalSeconds * TimestampFrequency);

    public void Advance(TimeSpan by) => ahead += by;

    /// <summary>Longer than any session goes unchecked.</summary>
    public void AdvancePastTheNextCheck() => Advance(TimeSpan.FromSeconds(61));
}

/// <summary>What people with accounts do, as tests write it.</summary>
public static class SecuritySteps
{
    private const string Form = "main form[method=post]";

    /// <summary>Runs something on the portal's own services.</summary>
    public static async Task<T> AskAsync<T>(this PortalHost host, Func<IServiceProvider, Task<T>> ask)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider);
    }

    /// <summary>Somebody new with an account.</summary>
    public static Task<string> AddPersonAsync(this PortalHost host, params string[] roles) => host.AddPersonAsync($"p{Guid.NewGuid():N}@ensayo.example", roles);

    /// <inheritdoc cref="AddPersonAsync(PortalHost, string[])"/>
    public static Task<string> AddPersonAsync(this PortalHost host, string email, string[] roles, string name = "") => host.AskAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<Person>>();
        var person = new Person { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, Name = name, CreatedAt = DateTime.UtcNow };
        Assert.True((await users.CreateAsync(person, Steps.Password)).Succeeded);
        Assert.True((await users.AddToRolesAsync(person, roles)).Succeeded);
        return email;
    });

    public static Task<Person> PersonAsync(this PortalHost host, string email) =>
        host.AskAsync(services => services.GetRequiredService<PortalDbContext>().Users.AsNoTracking().SingleAsync(p => p.Email == email));

    /// <summary>What the log says by or about somebody, oldest first, as "kind detail".</summary>
    public static async Task<IReadOnlyList<string>> LogAsync(this PortalHost host, string email)
    {
        var id = (await host.PersonAsync(email)).Id;
        return await host.AskAsync<IReadOnlyList<string>>(async services =>
            [.. (await services.GetRequiredService<PortalDbContext>().AuditEntries.Where(e => e.ActorId == id || e.SubjectId == id).OrderBy(e => e.Id).ToListAsync()).Select(e => $"{e.Kind} {e.Detail}".Trim())]);
    }

    public static async Task<int> MailsAsync(this PortalHost host, string email, string kind) =>
        (await host.Mailbox.AllAsync(email)).Count(mail => mail["X-SelfService-Mail"] == MailTemplates.NameOf(Enum.Parse<MailKind>(kind)));

    public static Task<HttpResponseMessage> GivePasswordAsync(this HttpClient browser, string email, string password = Steps.Password, string address = "/cuenta/entrar", bool keep = false) =>
        browser.FillAsync(address, Form, [("Email", email), ("Password", password), .. keep ? new[] { ("Keep", "true") } : []]);

    /// <summary>A browser in which she has given her password, and what she was led to.</summary>
    public static async Task<HttpClient> EnterAsync(this PortalHost host, string email, bool keep = false)
    {
        var browser = host.Browser();
        using var answer = await browser.GivePasswordAsync(email, keep: keep);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return browser;
    }

    /// <summary>Whether the browser has a session.</summary>
    public static async Task<bool> IsInsideAsync(this HttpClient browser)
    {
        using var answer = await browser.GetAsync("/cuenta/sesiones");
        return answer.RequestMessage!.RequestUri!.AbsolutePath == "/cuenta/sesiones" && answer.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Adds an authenticator app as a person does, and gives its key and the recovery codes she is shown.</summary>
    public static async Task<(byte[] Key, IReadOnlyList<string> Codes)> AddAppAsync(this HttpClient browser, TimeProvider clock)
    {
        var page = await browser.PageAsync("/cuenta/seguridad/aplicacion");
        var key = page.AppKey();
        using var answer = await browser.SendFormAsync("/cuenta/seguridad/aplicacion", [.. page.Hidden(), ("Code", TimeCode.Of(key, TimeCode.StepAt(clock.GetUtcNow())))]);
        var codes = (await answer.PageAsync()).QuerySelectorAll(".codes li").Select(c => c.Words()).ToList();
        Assert.Equal(RecoveryCode.Count, codes.Count);
        return (key, codes);
    }

    /// <summary>The key that the page writes below the picture.</summary>
    public static byte[] AppKey(this IHtmlDocument page)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(page.QuerySelector(".key-text").Words().Replace(" ", "", StringComparison.Ordinal).Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    /// <summary>Everything hidden in the first form of a page that is sent.</summary>
    public static IEnumerable<(string Name, string Value)> Hidden(this IHtmlDocument page, string form = Form) =>
        page.QuerySelector(form)!.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value));
}
