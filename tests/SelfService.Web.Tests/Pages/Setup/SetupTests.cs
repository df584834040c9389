using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Web.Startup;
using SelfService.Web.Tests.Operations;

namespace SelfService.Web.Tests.Pages.Setup;

/// <summary>/instalar: whoever reads the log becomes the first administrator, once.</summary>
public sealed partial class SetupTests
{
    [Fact]
    public async Task Post_WithTheKeyOfTheLog_MakesTheAdministratorAndThenThePageIsGone()
    {
        var log = new CapturedLog();
        using var content = Content();
        await using var host = await StartAsync(content, log);
        var link = LinkIn(log);
        using var browser = host.Browser();
        Assert.StartsWith("http://localhost:5080/instalar?clave=", link, StringComparison.Ordinal);
        var address = new Uri(link).PathAndQuery;

        using var tooShort = await browser.FillAsync(address, "main form", ("Name", "Ana Ruiz"), ("Email", "ana@ensayo.example"), ("Password", "corta"));
        Assert.Equal((HttpStatusCode.BadRequest, 0), (tooShort.StatusCode, await PeopleAsync(host)));
        using var made = await browser.FillAsync(address, "main form", ("Name", "Ana Ruiz"), ("Email", "Ana@Ensayo.example"), ("Password", "colibri-azul-24"));

        Assert.Equal("/cuenta/seguridad", made.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(1, await PeopleAsync(host));
        using var again = await host.Browser().GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        await using var scope = host.Services.CreateAsyncScope();
        var entry = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().AuditEntries.SingleAsync(e => e.Detail == Roles.Admin);
        Assert.Equal("Ana Ruiz", (await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Users.SingleAsync(u => u.Id == entry.ActorId)).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?clave=")]
    [InlineData("?clave=CfDJ8x")]
    [InlineData("?clave=%00%F0%9F")]
    public async Task Get_WithoutTheKey_SaysWhereToFindIt(string query)
    {
        using var content = Content();
        await using var host = await StartAsync(content, new CapturedLog());
        using var browser = host.Browser();

        var page = await browser.PageAsync("/instalar" + query, 403);

        Assert.Null(page.QuerySelector("main form"));
        Assert.Contains("abra el enlace que el portal escribió en su registro", page.QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ByTwentyAtOnce_MakesOneAdministrator()
    {
        var log = new CapturedLog();
        using var content = Content();
        await using var host = await StartAsync(content, log);
        var address = new Uri(LinkIn(log)).PathAndQuery;

        // All twenty have the form before the first of them sends it.
        var browsers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            var browser = host.Browser(followRedirects: false);
            return (Browser: browser, Page: await browser.PageAsync(address));
        }));
        var answers = await Task.WhenAll(browsers.Select(async (b, i) =>
        {
            using var answer = await b.Browser.FillAsync(b.Page, address, "main form", ("Name", $"Persona {i}"), ("Email", $"persona{i}@ensayo.example"), ("Password", "colibri-azul-24"));
            b.Browser.Dispose();
            return answer.StatusCode;
        }));

        Assert.Equal((1, 19), (answers.Count(a => a == HttpStatusCode.Found), answers.Count(a => a == HttpStatusCode.NotFound)));
        Assert.Equal(1, await PeopleAsync(host));
    }

    [Fact]
    public async Task Start_WithAnAdministrator_WritesNoLink()
    {
        var log = new CapturedLog();
        using var content = Content();
        // Demonstration people are there in Development.
        await using var host = await PortalHost.StartAsync(content.Root, services: services => services.AddSingleton<ILoggerProvider>(log));
        using var browser = host.Browser();

        using var answer = await browser.GetAsync("/instalar?clave=" + host.Services.GetRequiredService<FirstRun>().Key());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain(log.Lines, line => line.Contains(FirstRun.Address, StringComparison.Ordinal));
    }

    private static TestFolder Content() => new TestFolder().Write("articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto.\n");

    private static Task<PortalHost> StartAsync(TestFolder content, CapturedLog log) =>
        PortalHost.StartAsync(content.Root, services: services => services.AddSingleton<ILoggerProvider>(log), environment: "Production");

    private static string LinkIn(CapturedLog log) => Link().Match(log.Lines.Single(line => line.Contains(FirstRun.Address, StringComparison.Ordinal))).Value;

    private static async Task<int> PeopleAsync(PortalHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Users.CountAsync();
    }

    [GeneratedRegex(@"http\S+clave=\S+")]
    private static partial Regex Link();
}
