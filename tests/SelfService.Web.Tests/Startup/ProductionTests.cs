using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Startup;

/// <summary>The portal as customers meet it: environment Production, a public address over HTTPS, limits that bite.</summary>
public sealed class ProductionTests : IAsyncLifetime
{
    private readonly TestFolder content = new TestFolder().Write("articles/uno/hola.md", "---\ntitle: Hola\n---\nTexto de prueba.\n");
    private PortalHost host = null!;

    public async Task InitializeAsync() => host = await PortalHost.StartAsync(
        content.Root,
        new Dictionary<string, string?>
        {
            ["SelfService:PublicUrl"] = "https://ayuda.ensayo.example/",
            // What a published portal does by itself; this one runs from the build.
            ["EnableStaticAssetsDevelopmentCaching"] = "true",
            ["SelfService:Limits:SearchesPerMinute"] = "2",
            ["SelfService:Limits:SuggestionsPerMinute"] = "2",
            ["SelfService:Limits:VotesPerMinute"] = "2",
            ["SelfService:Limits:SignInsPerMinute"] = "2",
        },
        services => services.Configure<MvcOptions>(mvc => mvc.Filters.Add(new Trap())),
        "Production");

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        content.Dispose();
    }

    [Fact]
    public async Task Get_PageThatFails_ShowsTheFrameAndNoneOfTheInside()
    {
        using var browser = host.Browser();
        foreach (var (language, title) in new[] { ("es", "Algo falló de nuestro lado"), ("en", "") })
        {
            browser.DefaultRequestHeaders.AcceptLanguage.Clear();
            browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put })
            {
                using var answer = await browser.SendAsync(new HttpRequestMessage(method, "/articulos/hola?trampa=1"));

                Assert.Equal(500, (int)answer.StatusCode);
                var source = await answer.Content.ReadAsStringAsync();
                var page = await answer.PageAsync();
                Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
                Assert.Contains(title, page.QuerySelector("h1").Words(), StringComparison.Ordinal);
                Assert.NotNull(page.QuerySelector("header a[href='/']"));
                Assert.NotNull(page.QuerySelector("main a[href='/contacto']"));
                Assert.NotEqual("", page.QuerySelector("main code").Words());
                Assert.All(["secreto", "Exception", " at SelfService", ".cs:line", "StackTrace"], word => Assert.DoesNotContain(word, source, StringComparison.Ordinal));
                SecurityHeadersTests.Check(answer);
                Assert.True(answer.Headers.CacheControl?.NoStore);
            }
        }
    }

    [Fact]
    public async Task AskedTooOften_AnswersWhenToComeBackInTheSameFrame()
    {
        using var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        var askings = new Func<Task<HttpResponseMessage>>[]
        {
            () => browser.GetAsync("/buscar?q=prueba"),
            () => browser.GetAsync("/sugerencias?q=prueba"),
            () => browser.SendFormAsync("/articulos/hola/opinion", [("Helpful", "true")]),
            () => browser.SendFormAsync("/cuenta/entrar", []),
        };
        foreach (var ask in askings)
        {
            (await ask()).Dispose();
            (await ask()).Dispose();
            using var refused = await ask();

            Assert.Equal(429, (int)refused.StatusCode);
            Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
            SecurityHeadersTests.Check(refused);
            var page = await refused.PageAsync();
            Assert.Equal("Demasiados intentos en poco tiempo", page.QuerySelector("h1").Words());
            Assert.NotNull(page.QuerySelector("main a[href='/contacto']"));
        }

        // Reading is never limited.
        await browser.PageAsync("/articulos/hola");
        await browser.PageAsync("/cuenta/entrar");
    }

    [Fact]
    public async Task Get_OverHttps_PromisesHttpsAndTiesTheCookiesToTheHost()
    {
        using var browser = host.Browser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var form = await browser.GetAsync("/cuenta/entrar");
        using var vote = await browser.SendFormAsync("/articulos/hola/opinion", [("Helpful", "true")]);

        Assert.Equal("max-age=31536000", form.Header("Strict-Transport-Security"));
        foreach (var (answer, name) in new[] { (form, "seguro"), (vote, "visita") })
        {
            var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
            Assert.StartsWith("__Host-" + name + "=", cookie, StringComparison.Ordinal);
            Assert.All(["secure", "httponly", "path=/", "samesite="], part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Get_PublicUrlWithASlash_IsWrittenWithOne()
    {
        using var browser = host.Browser();

        var page = await browser.PageAsync("/articulos/hola");

        Assert.Equal("https://ayuda.ensayo.example/articulos/hola", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_FilesOfTheSite_AreCompressedAndAskedForOnce()
    {
        using var browser = host.Browser();
        browser.Asks("gzip");
        using var plain = host.Browser();
        var page = await plain.PageAsync("/articulos/hola");
        var files = page.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!)
            .Concat(page.QuerySelectorAll("script[src]").Select(s => s.GetAttribute("src")!))
            .Concat(page.QuerySelectorAll("svg use").Select(u => u.GetAttribute("href")!.Split('#')[0])).Distinct().ToList();

        Assert.True(files.Count >= 4, string.Join(" ", files));
        foreach (var file in files)
        {
            using var answer = await browser.GetAsync(file);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.True(answer.Header("Content-Encoding") == "gzip", file + " is not compressed");
            Assert.True(answer.Headers.CacheControl?.ToString().Contains("immutable", StringComparison.Ordinal) == true, $"{file} is kept as {answer.Headers.CacheControl}");
            Assert.True(answer.Headers.CacheControl?.MaxAge >= TimeSpan.FromDays(300), file);
        }
    }

    [Fact]
    public async Task Start_InProduction_HasNoDemonstrationPeople()
    {
        await using var scope = host.Services.CreateAsyncScope();

        Assert.Empty(scope.ServiceProvider.GetRequiredService<SelfService.Core.Persistence.PortalDbContext>().Users);
    }

    // Runs before every other filter of the page it waits for.
    private sealed class Trap : IAuthorizationFilter, IOrderedFilter
    {
        public int Order => int.MinValue;

        public void OnAuthorization(AuthorizationFilterContext context)
        {
            var request = context.HttpContext.Request;
            if (request.Path.StartsWithSegments("/articulos") && request.Query.ContainsKey("trampa"))
            {
                throw new InvalidOperationException("secreto");
            }
        }
    }
}
