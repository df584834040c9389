using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Tests;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Startup;

/// <summary>Pages kept whole: for everybody, of nobody, and never older than the article.</summary>
[Collection(TrialPortalCollection.Name)]
public sealed class PublicPagesTests(TrialPortal portal)
{
    private static async Task<bool> IsKeptAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address);
        Assert.Equal(200, (int)answer.StatusCode);
        return answer.Headers.Age is not null;
    }

    [Fact]
    public async Task Get_ByTwoStrangers_IsMadeOnce()
    {
        using var one = portal.Host.Browser();
        using var other = portal.Host.Browser();
        // No other test asks for this encoding, so nobody made these pages before.
        one.Asks("br");
        other.Asks("br");

        Assert.False(await IsKeptAsync(one, "/articulos/paso-30"));
        Assert.True(await IsKeptAsync(other, "/articulos/paso-30"));
    }

    [Fact]
    public async Task Get_ByAVisitorWhoVoted_IsStillServedFromWhatIsKept()
    {
        using var browser = portal.Host.Browser();
        (await browser.SendFormAsync("/articulos/paso-31/opinion", [("Helpful", "true")])).Dispose();
        await IsKeptAsync(browser, "/articulos/paso-31");

        Assert.True(await IsKeptAsync(browser, "/articulos/paso-31"));
    }

    [Fact]
    public async Task Get_BySomebodySignedIn_IsNeitherTakenNorKept()
    {
        using var stranger = portal.Host.Browser();
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        stranger.Asks("br");
        customer.Asks("br");

        Assert.False(await IsKeptAsync(customer, "/articulos/paso-32"));
        Assert.False(await IsKeptAsync(stranger, "/articulos/paso-32"));
        Assert.False(await IsKeptAsync(customer, "/articulos/paso-32"));
        Assert.True(await IsKeptAsync(stranger, "/articulos/paso-32"));
        stranger.Asks("");
        customer.Asks("");
        Assert.NotNull((await customer.PageAsync("/articulos/paso-32")).QuerySelector("header [href='/cuenta']"));
        Assert.NotNull((await stranger.PageAsync("/articulos/paso-32")).QuerySelector("header a[href^='/cuenta/entrar']"));
    }

    [Theory]
    [InlineData("idioma=en")]
    [InlineData("sesion=falsa")]
    [InlineData("__Host-sesion=falsa")]
    [InlineData("seguro=x")]
    [InlineData("Identity.External=x")]
    [InlineData("visita=1; idioma=es")]
    public async Task Get_WithAnyOtherCookieOfOurs_IsNeitherTakenNorKept(string cookies)
    {
        using var browser = portal.Host.Browser();
        await IsKeptAsync(browser, "/articulos/paso-33");
        browser.DefaultRequestHeaders.Add("Cookie", cookies);

        Assert.False(await IsKeptAsync(browser, "/articulos/paso-33"));
    }

    [Fact]
    public async Task Get_InAnotherLanguageOrEncoding_IsAnotherPage()
    {
        using var spanish = portal.Host.Browser();
        using var english = portal.Host.Browser(language: "en");
        using var compressed = portal.Host.Browser();
        compressed.Asks("gzip");

        Assert.Equal("es", (await spanish.PageAsync("/articulos/paso-34")).DocumentElement.GetAttribute("lang"));
        Assert.Equal("en", (await english.PageAsync("/articulos/paso-34")).DocumentElement.GetAttribute("lang"));
        using var packed = await compressed.GetAsync("/articulos/paso-34");
        Assert.Equal("gzip", packed.Header("Content-Encoding"));
        Assert.Contains("Accept-Encoding", packed.Header("Vary"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("es", (await spanish.PageAsync("/articulos/paso-34")).DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Get_WithForeignParameters_LeavesNothingOfThemForTheNext()
    {
        using var one = portal.Host.Browser();
        using var other = portal.Host.Browser();
        foreach (var address in new[] { "/", "/temas", "/temas/largo", "/articulos/paso-35", "/contacto" })
        {
            (await one.GetAsync(address + "?correo=ana%40ejemplo.example&volver=/x")).Dispose();

            var seen = await other.GetStringAsync(address);

            Assert.DoesNotContain("ejemplo.example", seen, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_WithForgedHeaders_LeavesNothingOfThemForTheNext()
    {
        using var attacker = portal.Host.Browser();
        using var other = portal.Host.Browser();
        foreach (var (name, value) in new[] { ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("X-Original-URL", "/evil"), ("Referer", "https://evil.example/"), ("X-Forwarded-Prefix", "/evil") })
        {
            attacker.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        (await attacker.GetAsync("/articulos/paso-36")).Dispose();

        Assert.DoesNotContain("evil", await other.GetStringAsync("/articulos/paso-36"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AfterHead_HasItsBody()
    {
        using var browser = portal.Host.Browser();
        (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/articulos/paso-37"))).Dispose();
        (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/articulos/paso-37"))).Dispose();

        Assert.Contains("Paso 37", await browser.GetStringAsync("/articulos/paso-37"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NotFound_IsNotKept()
    {
        using var browser = portal.Host.Browser();
        for (var time = 0; time < 2; time++)
        {
            using var answer = await browser.GetAsync("/articulos/ninguno");

            Assert.Equal(404, (int)answer.StatusCode);
            Assert.Null(answer.Headers.Age);
        }
    }
}

public sealed class ChangedArticleTests
{
    [Fact]
    public async Task Get_AfterTheFileChanged_ShowsTheNewTextAndKeepsTheOldAddress()
    {
        using var content = new TestFolder()
            .Write("articles/uno/hola.md", "---\ntitle: Antes\n---\nTexto anterior.\n")
            .Write("articles/uno/adios.md", "---\ntitle: Otro\n---\nTexto.\n");
        // Not Development: no watcher, so the import is this test's own.
        await using var host = await PortalHost.StartAsync(content.Root, environment: "Production");
        using var browser = host.Browser();
        Assert.Contains("Texto anterior", await browser.GetStringAsync("/articulos/hola"), StringComparison.Ordinal);
        Assert.Contains("Antes", await browser.GetStringAsync("/articulos/adios"), StringComparison.Ordinal);

        content.Write("articles/uno/hola.md", "---\ntitle: Después\nredirect_from: [/viejo]\n---\nTexto posterior.\n");
        await host.Services.GetRequiredService<ContentImporter>().RunAsync(CancellationToken.None);

        await UntilAsync(async () => (await browser.GetStringAsync("/articulos/hola")).Contains("Texto posterior", StringComparison.Ordinal));
        await UntilAsync(async () => (await browser.GetStringAsync("/articulos/adios")).Contains("Despu", StringComparison.Ordinal));
        await UntilAsync(async () => (await browser.GetStringAsync("/buscar?q=posterior")).Contains("/articulos/hola", StringComparison.Ordinal));
        using var old = await browser.GetAsync("/viejo");
        Assert.Equal("/articulos/hola", old.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public async Task Get_AfterTheArticleWasWithdrawn_IsNotFoundAndNoLongerFound()
    {
        using var content = new TestFolder().Write("articles/uno/hola.md", "---\ntitle: Retirable\n---\nTexto.\n");
        await using var host = await PortalHost.StartAsync(content.Root, environment: "Production");
        using var browser = host.Browser();
        await browser.PageAsync("/articulos/hola");

        content.Write("articles/uno/hola.md", "---\ntitle: Retirable\nstatus: archived\n---\nTexto.\n");
        await host.Services.GetRequiredService<ContentImporter>().RunAsync(CancellationToken.None);

        await UntilAsync(async () => (int)(await browser.GetAsync("/articulos/hola")).StatusCode == 404);
        Assert.DoesNotContain("/articulos/hola", await browser.GetStringAsync("/buscar?q=retirable"), StringComparison.Ordinal);
        Assert.DoesNotContain("/articulos/hola", await browser.GetStringAsync("/sitemap.xml"), StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<Task<bool>> isTrue)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!await isTrue())
        {
            await Task.Delay(100, patience.Token);
        }
    }
}
