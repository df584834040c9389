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

    [Theory]
    [InlineData("")]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Get_OfWhatTheBrowserHas_IsNotSentAgain(string encoding)
    {
        using var browser = portal.Host.Browser();
        browser.Asks(encoding);
        using var first = await browser.GetAsync("/articulos/paso-38");
        using var again = await browser.GetAsync("/articulos/paso-38");
        Assert.NotNull(first.Headers.ETag);
        Assert.Equal((first.Headers.ETag, false, true), (again.Headers.ETag, first.Headers.ETag.IsWeak, first.Headers.CacheControl!.NoCache));
        browser.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag);

        using var had = await browser.GetAsync("/articulos/paso-38");
        using var other = await browser.GetAsync("/articulos/paso-39");

        Assert.Equal((304, first.Headers.ETag), ((int)had.StatusCode, had.Headers.ETag));
        Assert.Empty(await had.Content.ReadAsByteArrayAsync());
        Assert.Equal(200, (int)other.StatusCode);
    }

    [Fact]
    public async Task Get_InEachEncoding_HasATagOfItsOwn()
    {
        var tags = new List<string?>();
        foreach (var encoding in new[] { "", "br", "gzip" })
        {
            using var browser = portal.Host.Browser();
            browser.Asks(encoding);
            using var answer = await browser.GetAsync("/articulos/paso-38");
            tags.Add(answer.Headers.ETag?.Tag);
        }

        Assert.Equal(3, tags.Distinct().Count());
    }

    [Fact]
    public async Task Get_BySomebodySignedIn_HasNoTagAndIsSentWhole()
    {
        using var stranger = portal.Host.Browser();
        using var page = await stranger.GetAsync("/articulos/paso-38");
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        customer.DefaultRequestHeaders.IfNoneMatch.Add(page.Headers.ETag!);

        using var answer = await customer.GetAsync("/articulos/paso-38");

        Assert.Equal((200, null), ((int)answer.StatusCode, answer.Headers.ETag));
    }

    [Fact]
    public async Task Search_AskedTwice_IsAnsweredFromWhatIsKeptFromThenOn()
    {
        using var one = portal.Host.Browser();
        using var other = portal.Host.Browser();
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        one.Asks("br");
        other.Asks("br");
        customer.Asks("br");

        Assert.False(await IsKeptAsync(one, "/buscar?q=zarzamora%20guardada"));
        // Most questions are asked once: only the second time is it worth keeping.
        Assert.False(await IsKeptAsync(other, "/buscar?q=zarzamora%20guardada"));
        Assert.True(await IsKeptAsync(other, "/buscar?q=zarzamora%20guardada"));
        Assert.False(await IsKeptAsync(one, "/buscar?q=zarzamora%20guardada&literal=true"));
        Assert.True(await IsKeptAsync(one, "/buscar?q=zarzamora%20guardada"));
        Assert.False(await IsKeptAsync(customer, "/buscar?q=zarzamora%20guardada"));
    }

    [Theory]
    [InlineData("q=paso%20del%20tramite", "q=paso%20del%20tramite&pagina=2")]
    [InlineData("q=paso%20del%20tramite", "q=paso%20del%20tramite&tema=largo")]
    [InlineData("q=pazo%20del%20tramite", "q=pazo%20del%20tramite&literal=true")]
    [InlineData("q=paso%201", "q=paso%202")]
    public async Task Search_OfSomethingElse_IsAnotherPage(string question, string other)
    {
        using var browser = portal.Host.Browser();
        await IsKeptAsync(browser, "/buscar?" + question);

        Assert.NotEqual(await browser.GetStringAsync("/buscar?" + question), await browser.GetStringAsync("/buscar?" + other));
        Assert.True(await IsKeptAsync(browser, "/buscar?" + question));
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
        using var before = await browser.GetAsync("/articulos/hola");

        content.Write("articles/uno/hola.md", "---\ntitle: Después\nredirect_from: [/viejo]\n---\nTexto posterior.\n");
        await host.Services.GetRequiredService<ContentImporter>().RunAsync(CancellationToken.None);

        await Eventually.IsTrueAsync(async () => (await browser.GetStringAsync("/articulos/hola")).Contains("Texto posterior", StringComparison.Ordinal));
        await Eventually.IsTrueAsync(async () => (await browser.GetStringAsync("/articulos/adios")).Contains("Despu", StringComparison.Ordinal));
        await Eventually.IsTrueAsync(async () => (await browser.GetStringAsync("/buscar?q=posterior")).Contains("/articulos/hola", StringComparison.Ordinal));
        browser.DefaultRequestHeaders.IfNoneMatch.Add(before.Headers.ETag!);
        using var after = await browser.GetAsync("/articulos/hola");
        Assert.Equal(200, (int)after.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
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

        await Eventually.IsTrueAsync(async () => (int)(await browser.GetAsync("/articulos/hola")).StatusCode == 404);
        Assert.DoesNotContain("/articulos/hola", await browser.GetStringAsync("/buscar?q=retirable"), StringComparison.Ordinal);
        Assert.DoesNotContain("/articulos/hola", await browser.GetStringAsync("/sitemap.xml"), StringComparison.Ordinal);
    }
}
