using System.Text;

namespace SelfService.Web.Tests.Pages.Errors;

[Collection(TrialPortalCollection.Name)]
public sealed class StatusTests(TrialPortal portal)
{
    [Fact]
    public async Task Get_AddressLikeAnArticles_SuggestsThatArticle()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/faq/articulo-corto.html", 404);

        Assert.Contains("/articulos/corto", page.Articles());
        Assert.Equal("articulo corto", page.QuerySelector("input[name=q]")!.GetAttribute("value"));
        Assert.NotNull(page.QuerySelector("main a[href='/buscar?q=articulo%20corto']"));
        Assert.NotNull(page.QuerySelector("main a[href='/contacto']"));
        Assert.NotNull(page.QuerySelector("meta[name=robots][content=noindex]"));
    }

    [Theory]
    [InlineData("/%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/a%00b-c", 400)]
    [InlineData("/%22onload=x")]
    [InlineData("/xn--%F0%9F%99%82")]
    [InlineData("/%E2%80%AEabc")]
    [InlineData("/error/500")]
    [InlineData("/error/200")]
    [InlineData("/error")]
    [InlineData("/buscar/otra")]
    [InlineData("/index.php?page=../../etc/passwd")]
    public async Task Get_HostileAddress_IsAnOrdinaryNotFound(string address, int status = 404)
    {
        using var answer = await Raw.GetAsync(portal.Host.Address, address);

        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 404)
        {
            var page = await answer.PageAsync();
            Assert.Equal("No encontramos esta página", page.QuerySelector("h1").Words());
            Assert.NotNull(page.QuerySelector("header"));
            Assert.Null(page.QuerySelector("main script"));
        }
    }

    [Theory]
    [InlineData("/ayuda/todo", "/articulos/todo")]
    [InlineData("/AYUDA/Todo/", "/articulos/todo")]
    [InlineData("/viejo/todo.html", "/articulos/todo")]
    [InlineData("/viejo/todo.html?utm=x", "/articulos/todo")]
    [InlineData("/ayuda/con%20espacio", "/articulos/todo")]
    public async Task Get_OldAddress_LeadsPermanentlyToTheArticle(string old, string now)
    {
        using var browser = portal.Host.Browser(followRedirects: false);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var answer = await browser.SendAsync(new HttpRequestMessage(method, old));

            Assert.Equal(301, (int)answer.StatusCode);
            Assert.Equal(now, answer.Headers.Location?.ToString());
        }
    }

    [Theory]
    [InlineData("/ayuda/guayaba", "/articulos/para-clientes", Steps.Customer)]
    [InlineData("/ayuda/mamey", "/articulos/para-equipo", Steps.Agent)]
    public async Task Get_OldAddressOfAHiddenArticle_LeadsOnlyWhoMaySeeIt(string old, string now, string person)
    {
        using var anonymous = portal.Host.Browser();
        using var reader = await portal.Host.BrowserOfAsync(person);

        await anonymous.PageAsync(old, 404);
        using var answer = await reader.GetAsync(old);

        Assert.Equal(now, answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("PUT", "/no-existe", 405, "No pudimos leer lo que envió")]
    [InlineData("POST", "/no-existe", 405, "No pudimos leer lo que envió")]
    [InlineData("GET", "/no-existe", 404, "No encontramos esta página")]
    [InlineData("POST", "/sugerencias", 405, "No pudimos leer lo que envió")]
    [InlineData("PUT", "/sugerencias", 405, "No pudimos leer lo que envió")]
    [InlineData("GET", "/idioma", 404, "No encontramos esta página")]
    [InlineData("DELETE", "/health/live", 405, "No pudimos leer lo que envió")]
    [InlineData("POST", "/cuenta/entrar", 400, "No pudimos leer lo que envió")]
    public async Task AnyMethod_Failing_ShowsThePageOfThatFailure(string method, string address, int status, string title)
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), address));

        Assert.Equal(status, (int)answer.StatusCode);
        await SaysAsync(answer, status, title);
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_IsTooLarge()
    {
        using var browser = portal.Host.Browser();
        foreach (var address in new[] { "/idioma", "/articulos/todo/opinion", "/cuenta/entrar", "/no-existe" })
        {
            using var answer = await browser.SendFormAsync(address, [("Comment", new string('a', 300_000))]);

            Assert.Equal(413, (int)answer.StatusCode);
            await SaysAsync(answer, 413, "El archivo es demasiado grande");
        }
    }

    [Fact]
    public async Task Post_BodyOverTheLimitOfUnknownLength_IsRefused()
    {
        using var browser = portal.Host.Browser();
        foreach (var address in new[] { "/idioma", "/articulos/todo/opinion", "/cuenta/entrar" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent([KeyValuePair.Create("Comment", new string('a', 300_000))]) };
            request.Headers.TransferEncodingChunked = true;
            request.Headers.Add("Sec-Fetch-Site", "same-origin");

            using var answer = await browser.SendAsync(request);

            Assert.True((int)answer.StatusCode is 400 or 413, $"{address} answered {(int)answer.StatusCode}");
            var page = await answer.PageAsync();
            Assert.DoesNotContain("404", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "sin límite")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"Helpful\"\r\n\r\ntr")]
    [InlineData("application/x-www-form-urlencoded", "many")]
    [InlineData("application/x-www-form-urlencoded", "key")]
    [InlineData("text/plain; charset=no-existe", "x=y")]
    [InlineData("application/x-www-form-urlencoded; charset=no-existe", "x=y")]
    public async Task Post_FormThatCannotBeRead_IsABadRequestAndNeverAnError(string type, string body)
    {
        using var browser = portal.Host.Browser();
        body = body switch { "many" => string.Join('&', Enumerable.Range(0, 2000).Select(i => $"f{i}=1")), "key" => new string('k', 3000) + "=1", _ => body };
        foreach (var address in new[] { "/idioma", "/articulos/todo/opinion", "/cuenta/entrar" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.Add("Sec-Fetch-Site", "same-origin");

            using var answer = await browser.SendAsync(request);

            Assert.True((int)answer.StatusCode == 400, $"{address} answered {(int)answer.StatusCode} to {type}");
            var page = await answer.PageAsync();
            Assert.DoesNotContain("404", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        }
    }

    private static async Task SaysAsync(HttpResponseMessage answer, int status, string title)
    {
        var page = await answer.PageAsync();
        Assert.Equal(title, page.QuerySelector("h1").Words());
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("header a[href='/']"));
        Assert.NotNull(page.QuerySelector("main a[href='/contacto']"));
    }
}
