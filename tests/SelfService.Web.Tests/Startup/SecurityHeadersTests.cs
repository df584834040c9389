namespace SelfService.Web.Tests.Startup;

[Collection(TrialPortalCollection.Name)]
public sealed class SecurityHeadersTests(TrialPortal portal)
{
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    internal static void Check(HttpResponseMessage answer, string policy = Policy)
    {
        var where = answer.RequestMessage?.RequestUri?.PathAndQuery;
        Assert.True(policy == answer.Header("Content-Security-Policy"), $"{where}: {answer.Header("Content-Security-Policy")}");
        Assert.True(answer.Header("X-Content-Type-Options") == "nosniff", where);
        Assert.True(answer.Header("X-Frame-Options") == "DENY", where);
        Assert.True(answer.Header("Referrer-Policy") == "strict-origin-when-cross-origin", where);
        Assert.True(answer.Header("Cross-Origin-Opener-Policy") == "same-origin", where);
        Assert.True(answer.Header("Permissions-Policy") is not null, where);
        Assert.True(answer.Header("Server") is null, where);
        Assert.True(answer.Header("X-Powered-By") is null, where);
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/articulos/todo", 200)]
    [InlineData("/buscar?q=zarzamora", 200)]
    [InlineData("/sugerencias?q=paso", 200)]
    [InlineData("/cuenta/entrar", 200)]
    [InlineData("/cuenta/salir", 302)]
    [InlineData("/ayuda/todo", 301)]
    [InlineData("/no-existe", 404)]
    [InlineData("/idioma", 404)]
    [InlineData("/sitemap.xml", 200)]
    [InlineData("/feed.xml", 200)]
    [InlineData("/robots.txt", 200)]
    [InlineData("/opensearch.xml", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/img/favicon.svg", 200)]
    [InlineData("/js/vote.js", 200)]
    [InlineData("/estilos/no-such.css", 200)]
    public async Task Get_EveryKindOfAnswer_CarriesThemAlsoWhenKept(string address, int status)
    {
        using var browser = portal.Host.Browser(followRedirects: false);
        for (var time = 0; time < 2; time++)
        {
            using var answer = await browser.GetAsync(address);

            Assert.Equal(status, (int)answer.StatusCode);
            Check(answer);
        }
    }

    [Fact]
    public async Task Get_Media_CannotRunAnythingAndNeverChanges()
    {
        using var browser = portal.Host.Browser();
        var image = (await browser.PageAsync("/articulos/todo")).QuerySelector(".prose img")!.GetAttribute("src")!;
        for (var time = 0; time < 2; time++)
        {
            using var answer = await browser.GetAsync(image);

            Check(answer, "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'");
            Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("public, max-age=31536000, immutable", answer.Header("Cache-Control"));
        }
    }

    [Theory]
    [InlineData("/media/0000000000000000000000000000000000000000000000000000000000000000/x.svg")]
    [InlineData("/media/..%2F..%2Fappsettings.json/x")]
    [InlineData("/media/corto/x.svg")]
    public async Task Get_MediaThatIsNotThere_IsNotFoundAndNotKept(string address)
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.GetAsync(address);

        Assert.Equal(404, (int)answer.StatusCode);
        Check(answer);
        Assert.DoesNotContain("immutable", answer.Header("Cache-Control") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_EveryKindOfRefusal_CarriesThem()
    {
        using var browser = portal.Host.Browser();

        using var noToken = await browser.SendFormAsync("/cuenta/entrar", []);
        using var crossSite = await browser.SendFormAsync("/articulos/todo/opinion", [("Helpful", "true")], site: "cross-site");
        using var tooLarge = await browser.SendFormAsync("/idioma", [("x", new string('a', 300_000))]);
        using var wrongMethod = await browser.SendFormAsync("/sugerencias", []);

        Assert.Equal([400, 400, 413, 405], new[] { noToken, crossSite, tooLarge, wrongMethod }.Select(a => (int)a.StatusCode));
        Check(noToken);
        Check(crossSite);
        Check(tooLarge);
        Check(wrongMethod);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/temas")]
    [InlineData("/temas/largo")]
    [InlineData("/articulos/todo")]
    [InlineData("/contacto")]
    [InlineData("/buscar?q=zarzamora")]
    [InlineData("/no-existe")]
    [InlineData("/sitemap.xml")]
    public async Task Get_PublicPage_SetsNoCookieButTheVisitorsAndHoldsNoToken(string address)
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.GetAsync(address);

        var isStep = address.StartsWith("/articulos/", StringComparison.Ordinal) || address.StartsWith("/buscar", StringComparison.Ordinal);
        Assert.Equal(isStep ? ["visita"] : Array.Empty<string>(), answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Select(c => c.Split('=')[0]) : []);
        Assert.DoesNotContain("__RequestVerificationToken", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
