using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Startup;

/// <summary>Limits of one network: exact also for many at once, and with PostgreSQL for all nodes together.</summary>
public sealed class RateLimitsTests
{
    private const int Most = 10;

    private static readonly Dictionary<string, string?> Settings = new() { ["SelfService:Limits:SignInsPerMinute"] = "10", ["SelfService:Limits:CaseSearchesPerMinute"] = "10", ["SelfService:Limits:SearchesPerMinute"] = "10" };

    [Theory]
    [InlineData("POST", "/cuenta/entrar")]
    [InlineData("POST", "/casos/buscar")]
    [InlineData("GET", "/buscar?q=hola")]
    public async Task Send_ManyAtOnce_LetsExactlyTheLimitThrough(string method, string address)
    {
        using var content = Content();
        await using var host = await PortalHost.StartAsync(content.Root, Settings, environment: "Production");

        var answers = await SendAsync([host], 40, method, address);

        Assert.Equal((Most, 30), (answers.Count(a => a.Status != 429), answers.Count(a => a.Status == 429)));
        Assert.All(answers.Where(a => a.Status == 429), a => Assert.InRange(a.Wait!.Value.TotalSeconds, 1, 60));
    }

    [Fact]
    public async Task Send_ToTwoNodes_IsCountedByBothTogether()
    {
        if (TestDatabase.Kind == DatabaseKind.Sqlite)
        {
            return;
        }

        using var content = Content();
        await using var one = await PortalHost.StartAsync(content.Root, Settings, environment: "Production");
        await using var other = await PortalHost.StartAsync(content.Root, new Dictionary<string, string?>(Settings) { ["ConnectionStrings:SelfService"] = one.Database.Settings.ConnectionString }, environment: "Production");

        var answers = await SendAsync([one, other], 40, "POST", "/cuenta/entrar");

        Assert.Equal((Most, 30), (answers.Count(a => a.Status != 429), answers.Count(a => a.Status == 429)));
        await using var scope = one.Services.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Throttles.ToListAsync();
        // A hash, and no address.
        Assert.Matches("^[0-9a-f]{64}$", Assert.Single(stored).Key);

        // Who goes on all the same is refused by each node for itself.
        var counted = stored[0].Count;
        Assert.Equal(20, (await SendAsync([one, other], 20, "POST", "/cuenta/entrar")).Count(a => a.Status == 429));
        Assert.Equal(counted, await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Throttles.Select(t => t.Count).SingleAsync());
    }

    private static TestFolder Content() => new TestFolder().Write("articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto.\n");

    private static async Task<List<(int Status, TimeSpan? Wait)>> SendAsync(IReadOnlyList<PortalHost> hosts, int count, string method, string address)
    {
        var browsers = hosts.Select(host => host.Browser()).ToList();
        var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            // Without a token the form itself is refused; it has been counted all the same.
            using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = method == "POST" ? new FormUrlEncodedContent([]) : null };
            using var answer = await browsers[i % browsers.Count].SendAsync(request);
            return ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta);
        }));
        browsers.ForEach(browser => browser.Dispose());
        return [.. answers];
    }
}
