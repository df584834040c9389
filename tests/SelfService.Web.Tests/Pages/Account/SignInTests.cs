using System.Net;

namespace SelfService.Web.Tests.Pages.Account;

[Collection(TrialPortalCollection.Name)]
public sealed class SignInTests(TrialPortal portal)
{
    private const string Form = "main form[method=post]";

    private static Task<HttpResponseMessage> SendAsync(HttpClient browser, string email, string password, string address = "/cuenta/entrar") =>
        browser.FillAsync(address, Form, ("Email", email), ("Password", password));

    [Fact]
    public async Task Post_RightPassword_OpensASessionThatScriptsCannotRead()
    {
        using var browser = portal.Host.Browser(followRedirects: false);

        using var answer = await SendAsync(browser, Steps.Customer, Steps.Password);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location?.ToString());
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("sesion=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Post_WrongPasswordOrUnknownAddress_AnswerTheSame()
    {
        using var browser = portal.Host.Browser();

        using var wrong = await SendAsync(browser, Steps.Customer, "otra-clave-99");
        using var unknown = await SendAsync(browser, "nadie@brisal.example", "otra-clave-99");
        var wrongPage = await wrong.PageAsync();
        var unknownPage = await unknown.PageAsync();

        Assert.Equal((400, 400), ((int)wrong.StatusCode, (int)unknown.StatusCode));
        Assert.NotEqual("", wrongPage.QuerySelector("[role=alert]").Words());
        Assert.Equal(wrongPage.QuerySelector("main").Words(), unknownPage.QuerySelector("main").Words());
        Assert.Equal(Steps.Customer, wrongPage.QuerySelector("input[name=Email]")!.GetAttribute("value"));
        Assert.False(wrongPage.QuerySelector("input[name=Password]")!.HasAttribute("value"));
        Assert.Equal(wrong.Headers.Select(h => h.Key).Order(), unknown.Headers.Select(h => h.Key).Order());
    }

    [Fact]
    public async Task Post_FiveWrongPasswords_LockTheAccountAndDoNotSaySo()
    {
        const string person = "julian@brisal.example";
        using var browser = portal.Host.Browser();
        var words = new HashSet<string>();

        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var wrong = await SendAsync(browser, person, "otra-clave-99");
            words.Add((await wrong.PageAsync()).QuerySelector("main").Words());
        }

        using var right = await SendAsync(browser, person, Steps.Password);
        words.Add((await right.PageAsync()).QuerySelector("main").Words());

        Assert.Equal(400, (int)right.StatusCode);
        Assert.Single(words);
    }

    [Theory]
    [InlineData("", "", "#Email", "#Password")]
    [InlineData("sin-arroba", "x", "#Email")]
    [InlineData("lucia@brisal.example", "", "#Password")]
    public async Task Post_IncompleteForm_LinksEachErrorToItsField(string email, string password, params string[] fields)
    {
        using var browser = portal.Host.Browser();

        using var answer = await SendAsync(browser, email, password);
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(fields, page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")));
        foreach (var field in fields)
        {
            var input = page.QuerySelector(field)!;
            Assert.Equal("true", input.GetAttribute("aria-invalid"));
            Assert.NotNull(page.GetElementById(input.GetAttribute("aria-describedby")!));
        }
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/\\/evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("https:evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\r\nLocation: https://evil.example")]
    [InlineData(" //evil.example")]
    [InlineData("~//evil.example")]
    public async Task Post_ReturnAddressOfAnotherSite_LeadsHome(string address)
    {
        using var browser = portal.Host.Browser(followRedirects: false);

        using var answer = await SendAsync(browser, Steps.Customer, Steps.Password, "/cuenta/entrar?volver=" + Uri.EscapeDataString(address));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/", answer.Headers.GetValues("Location").Single());
    }

    [Theory]
    [InlineData("/articulos/todo")]
    [InlineData("/buscar?q=zarzamora&tema=largo")]
    [InlineData("/buscar?q=ni%C3%B1o")]
    public async Task Post_ReturnAddressOfThisSite_LeadsThere(string address)
    {
        using var browser = portal.Host.Browser(followRedirects: false);

        using var answer = await SendAsync(browser, Steps.Customer, Steps.Password, "/cuenta/entrar?volver=" + Uri.EscapeDataString(address));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(address, answer.Headers.GetValues("Location").Single());
    }

    [Fact]
    public async Task Post_ReturnAddressWithAccents_IsNoError()
    {
        using var browser = portal.Host.Browser();

        using var answer = await SendAsync(browser, Steps.Customer, Steps.Password, "/cuenta/entrar?volver=" + Uri.EscapeDataString("/buscar?q=niño"));

        Assert.True((int)answer.StatusCode == 200, $"{answer.RequestMessage!.RequestUri} answered {(int)answer.StatusCode}");
    }

    [Fact]
    public async Task Post_WithoutToken_IsRefused()
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync("/cuenta/entrar", [("Email", Steps.Customer), ("Password", Steps.Password)]);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], c => c.StartsWith("sesion=", StringComparison.Ordinal));
        await answer.PageAsync();
    }

    [Fact]
    public async Task Post_WithTheTokenOfAnotherBrowser_IsRefused()
    {
        using var own = portal.Host.Browser();
        using var other = portal.Host.Browser();
        await own.PageAsync("/cuenta/entrar");
        var token = (await other.PageAsync("/cuenta/entrar")).QuerySelector(Form + " input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var answer = await own.SendFormAsync("/cuenta/entrar", [("Email", Steps.Customer), ("Password", Steps.Password), ("__RequestVerificationToken", token)]);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Post_HugeEmailAndPassword_AreRefusedWithWords()
    {
        using var browser = portal.Host.Browser();

        using var answer = await SendAsync(browser, new string('a', 5000) + "@x.example", new string('b', 5000));
        var page = await answer.PageAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(2, page.QuerySelectorAll("[role=alert] a").Length);
    }

    [Fact]
    public async Task Get_SignIn_IsNeverKept()
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.GetAsync("/cuenta/entrar");

        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Post_SignOut_EndsTheSession()
    {
        using var browser = await portal.Host.BrowserOfAsync(Steps.Customer);
        await browser.PageAsync("/articulos/para-clientes");

        using var answer = await browser.FillAsync("/cuenta/salir", Form);

        Assert.Equal(200, (int)answer.StatusCode);
        await browser.PageAsync("/articulos/para-clientes", 404);
        Assert.NotNull((await browser.PageAsync("/")).QuerySelector("header a[href^='/cuenta/entrar']"));
    }

    [Fact]
    public async Task Post_SignOut_ClearsWhatScriptsKept()
    {
        using var browser = portal.Host.Browser(followRedirects: false);
        await browser.SignInAsync(Steps.Customer);

        using var answer = await browser.FillAsync("/cuenta/salir", Form);

        Assert.Equal("\"storage\"", answer.Header("Clear-Site-Data"));
    }

    [Fact]
    public async Task Post_SignOutWithoutToken_KeepsTheSession()
    {
        using var browser = await portal.Host.BrowserOfAsync(Steps.Customer);

        using var answer = await browser.SendFormAsync("/cuenta/salir", []);

        Assert.Equal(400, (int)answer.StatusCode);
        await browser.PageAsync("/articulos/para-clientes");
    }

    [Fact]
    public async Task Get_SignOut_ChangesNothing()
    {
        using var browser = await portal.Host.BrowserOfAsync(Steps.Customer);

        await browser.PageAsync("/cuenta/salir");

        await browser.PageAsync("/articulos/para-clientes");
    }

    [Fact]
    public async Task Get_PageForSignedInPeople_LeadsToSignInAndBack()
    {
        using var browser = portal.Host.Browser(followRedirects: false);

        using var answer = await browser.GetAsync("/cuenta/salir");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/cuenta/entrar?volver=%2Fcuenta%2Fsalir", answer.Headers.Location!.PathAndQuery);
    }
}
