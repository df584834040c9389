using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SelfService.Core.Deflection;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests;

/// <summary>The whole portal on a loopback port, with a database of its own and a content folder of the test's choice.</summary>
public sealed class PortalHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestDatabase database;
    private readonly string data;

    private PortalHost(WebApplication app, TestDatabase database, string data)
    {
        (this.app, this.database, this.data) = (app, database, data);
        Mailbox = new Mailbox(this);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public Uri Address { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Folder with the portal's database, files and mails.</summary>
    public string DataDirectory => data;

    /// <summary>What the portal wrote to whom.</summary>
    public Mailbox Mailbox { get; }

    public TestDatabase Database => database;

    /// <summary>Mails about a ticket that the portal was to write, in the order they were asked for, sent or not.</summary>
    public async Task<IReadOnlyList<MailRequest>> MailsAboutAsync(Guid ticketId)
    {
        await using var scope = Services.CreateAsyncScope();
        // What was undone has no job.
        var stored = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Jobs.OrderBy(j => j.CreatedAt).ThenBy(j => j.Id).Select(j => j.Id).ToListAsync();
        var asked = Services.GetRequiredService<AskedMails>();
        return [.. stored.Select(asked.Find).OfType<MailRequest>().Where(m => m.TicketId == ticketId)];
    }

    /// <summary>Stops in an orderly way and leaves the database to look at.</summary>
    public Task StopAsync() => app.StopAsync();

    /// <summary>The demonstration content of the repository.</summary>
    public static string DemonstrationContent { get; } = FindContent();

    /// <summary>Starts the portal and waits until it is ready.</summary>
    public static async Task<PortalHost> StartAsync(
        string? content = null, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, string environment = "Development")
    {
        var database = await TestDatabase.CreateAsync();
        var data = Directory.CreateTempSubdirectory("selfservice-data-").FullName;
        var values = new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["SelfService:DataDirectory"] = data,
            ["SelfService:ContentDirectory"] = content ?? DemonstrationContent,
            ["SelfService:Database"] = TestDatabase.Kind.ToString(),
            ["ConnectionStrings:SelfService"] = database.Settings.ConnectionString,
            ["SelfService:Keys:Passphrase"] = TestDatabase.Kind == DatabaseKind.Postgres ? "una frase de ensayo" : "",
            ["SelfService:Limits:SearchesPerMinute"] = "100000",
            ["SelfService:Limits:SuggestionsPerMinute"] = "100000",
            ["SelfService:Limits:VotesPerMinute"] = "100000",
            ["SelfService:Limits:SignInsPerMinute"] = "100000",
            ["SelfService:Limits:CaseSearchesPerMinute"] = "100000",
            ["SelfService:Limits:CaseMessagesPerMinute"] = "100000",
            ["SelfService:Limits:RequestsPerHour"] = "100000",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            values[key] = value;
        }

        var app = Portal.Build([$"--environment={environment}"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(values);
            builder.WebHost.UseStaticWebAssets();
            builder.Logging.ClearProviders();
            AskedMails.Watch(builder.Services);
            // Nobody does without anything, unless a test says so.
            builder.Services.AddSingleton(new Experiments([], 0));
            services?.Invoke(builder.Services);
        });
        await Portal.OpenAsync(app);
        await app.StartAsync();
        return new PortalHost(app, database, data);
    }

    /// <summary>A browser: keeps cookies, follows redirects unless told otherwise, asks for Spanish.</summary>
    public HttpClient Browser(bool followRedirects = true, string language = "es")
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = followRedirects }) { BaseAddress = Address };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
        Remove(data);
    }

    // A file that was being written when the portal stopped may come a moment later.
    private static void Remove(string folder)
    {
        for (var attempt = 1; Directory.Exists(folder); attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (attempt < 5)
            {
                Thread.Sleep(100);
            }
        }
    }

    private static string FindContent()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "SelfService.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory.FullName, "content");
    }
}

/// <summary>Pages as a test reads them.</summary>
public static class Html
{
    /// <summary>Gets a page, checks it against the house rules and parses it.</summary>
    public static async Task<IHtmlDocument> PageAsync(this HttpClient browser, string address, int status = 200)
    {
        using var response = await browser.GetAsync(address);
        Assert.Equal(status, (int)response.StatusCode);
        return await response.PageAsync();
    }

    /// <summary>Parses an answer and checks it against the house rules.</summary>
    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        var page = new HtmlParser().ParseDocument(text);
        HouseRules.Check(page, text);
        return page;
    }
}
