using System.Net.Http.Headers;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Operations;

/// <summary>/metrics: for whoever shows the token, and for nobody where there is none.</summary>
public sealed class TelemetryTests
{
    private const string Token = "ficha-de-ensayo-para-medir";

    [Fact]
    public async Task Get_WithoutATokenInTheSettings_IsNotThere()
    {
        using var content = new TestFolder().Write("articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto.\n");
        await using var host = await PortalHost.StartAsync(content.Root, environment: "Production");
        using var browser = host.Browser();
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "");

        using var answer = await browser.GetAsync("/metrics");

        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Get_ShowsItToWhoeverShowsTheToken()
    {
        using var content = new TestFolder().Write("articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto.\n").Write("articles/uno/adios.md", "---\ntitle: Adiós\n---\nTexto.\n");
        await using var host = await PortalHost.StartAsync(content.Root, new Dictionary<string, string?> { ["SelfService:Telemetry:MetricsToken"] = Token }, environment: "Production");
        using var browser = host.Browser();
        (await browser.GetAsync("/articulos/hola")).Dispose();
        foreach (var shown in new[] { null, "", "otra-ficha-de-ensayo-larga", Token + "x", Token[..^1] })
        {
            browser.DefaultRequestHeaders.Authorization = shown is null ? null : new AuthenticationHeaderValue("Bearer", shown);
            using var refused = await browser.GetAsync("/metrics");
            Assert.Equal(401, (int)refused.StatusCode);
            Assert.DoesNotContain("selfservice_", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await browser.GetAsync("/metrics");

        Assert.Equal(("text/plain", 200), (answer.Content.Headers.ContentType!.MediaType!, (int)answer.StatusCode));
        var text = await answer.Content.ReadAsStringAsync();
        foreach (var name in new[] { "selfservice_jobs_late", "selfservice_jobs_dead", "selfservice_jobs_oldest_age_seconds", "selfservice_mail_oldest_age_seconds", "selfservice_search_lag", "process_runtime|dotnet_gc", "http_route=\"articulos/{slug}\"" })
        {
            Assert.Contains(name.Split('|'), any => text.Contains(any, StringComparison.Ordinal));
        }

        Assert.Contains(text.Split('\n'), line => line.StartsWith("selfservice_search_documents", StringComparison.Ordinal) && line.EndsWith(" 2", StringComparison.Ordinal));
    }
}
