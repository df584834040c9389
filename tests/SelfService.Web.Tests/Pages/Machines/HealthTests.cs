using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Pages.Machines;

[Collection(TrialPortalCollection.Name)]
public sealed class HealthTests(TrialPortal portal)
{
    [Fact]
    public async Task Get_Anonymous_LearnsOnlyWhetherItRuns()
    {
        using var browser = portal.Host.Browser();

        Assert.Equal("ok", await browser.GetStringAsync("/health/live"));
        Assert.Equal("ok", await browser.GetStringAsync("/health/ready"));
    }

    [Fact]
    public async Task Get_Staff_LearnsWhichPart()
    {
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Equal("ok", await customer.GetStringAsync("/health/ready"));
        var parts = JsonDocument.Parse(await agent.GetStringAsync("/health/ready")).RootElement;
        Assert.All(["open", "database", "search"], part => Assert.True(parts.GetProperty(part).GetBoolean()));
    }
}

public sealed class HealthOfABrokenPortalTests
{
    [Fact]
    public async Task Get_NotYetOpen_IsLiveButNotReady()
    {
        await using var host = await PortalHost.StartAsync(Path.GetTempPath() + "no-such-content");
        using var browser = host.Browser();
        host.Services.GetRequiredService<Readiness>().IsOpen = false;

        using var live = await browser.GetAsync("/health/live");
        using var ready = await browser.GetAsync("/health/ready");

        Assert.Equal(200, (int)live.StatusCode);
        Assert.Equal(503, (int)ready.StatusCode);
        Assert.Equal("no", await ready.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_EmptyPortal_StillShowsEveryPage()
    {
        await using var host = await PortalHost.StartAsync(Path.GetTempPath() + "no-such-content");
        using var browser = host.Browser();

        foreach (var address in new[] { "/", "/temas", "/contacto", "/buscar", "/buscar?q=algo", "/cuenta/entrar" })
        {
            var page = await browser.PageAsync(address);
            Assert.NotNull(page.QuerySelector("main h1"));
        }
    }
}
