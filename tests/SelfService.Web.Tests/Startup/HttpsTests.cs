using System.Net;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Startup;

public sealed class HttpsTests
{
    [Fact]
    public async Task Get_BehindAProxyThatSaysNothing_CookiesInsistOnHttps()
    {
        using var content = new TestFolder().Write("articles/uno/a.md", "---\ntitle: A\n---\nTexto\n");
        await using var portal = await PortalHost.StartAsync(content.Root, new Dictionary<string, string?> { ["SelfService:PublicUrl"] = "https://ayuda.example" });
        using var browser = portal.Browser();

        using var answer = await browser.GetAsync("/cuenta/entrar");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("__Host-seguro=", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Contains("secure", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));
    }
}
