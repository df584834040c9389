using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace SelfService.Web.Tests.Pages;

[Collection(TrialPortalCollection.Name)]
public sealed class LanguageTests(TrialPortal portal)
{
    private static readonly string[] SpanishWords =
        ["buscar", "temas", "entrar", "hablar", "persona", "horario", "abierto", "cerrado", "idioma", "inicio", "siguiente", "anterior", "artículo", "artículos", "página", "resultados", "actualizado", "lectura", "correo", "contraseña", "enviar", "compartir", "imprimir", "para", "con"];

    [Theory]
    [InlineData("/")]
    [InlineData("/temas")]
    [InlineData("/temas/largo")]
    [InlineData("/articulos/todo")]
    [InlineData("/buscar?q=todo")]
    [InlineData("/buscar?q=qwxkjzvbnm")]
    [InlineData("/buscar")]
    [InlineData("/contacto?para=pedir")]
    [InlineData("/cuenta/entrar")]
    [InlineData("/cuenta/registro")]
    [InlineData("/cuenta/aviso/registro")]
    [InlineData("/cuenta/registro/confirmar")]
    [InlineData("/cuenta/olvide")]
    [InlineData("/cuenta/aviso/olvide")]
    [InlineData("/cuenta/restablecer")]
    [InlineData("/cuenta/aviso/contrasena")]
    [InlineData("/cuenta/aviso/eliminada")]
    [InlineData("/articulos/todo/opinion")]
    [InlineData("/no-such-page")]
    public async Task Get_InEnglish_HasNoSpanishButTheContent(string address)
    {
        using var browser = portal.Host.Browser(language: "en-GB,en;q=0.9,es;q=0.1");

        using var answer = await browser.GetAsync(address);
        var page = await answer.PageAsync();

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("en", answer.Header("Content-Language"));
        var found = Interface(page).SelectMany(text => text.ToLowerInvariant().Split([' ', '.', ',', ':', '·', '«', '»', '“', '”', '(', ')', '?', '¿', '\n'], StringSplitOptions.RemoveEmptyEntries)).Intersect(SpanishWords);
        Assert.Empty(found);
    }

    [Fact]
    public async Task Get_SpanishPage_HasTheSameWordsThatEnglishMustNotHave()
    {
        using var browser = portal.Host.Browser();

        var words = Interface(await browser.PageAsync("/articulos/todo")).SelectMany(text => text.ToLowerInvariant().Split(' ')).ToHashSet();

        Assert.True(SpanishWords.Count(words.Contains) > 5);
    }

    [Theory]
    [InlineData("fr", "es")]
    [InlineData("*", "es")]
    [InlineData("es-AR, en", "es")]
    [InlineData("en;q=0.5, es;q=0.4", "en")]
    [InlineData("pt-BR, en-US;q=0.8", "en")]
    public async Task Get_WithoutAChoice_FollowsTheBrowser(string accepted, string language)
    {
        using var browser = portal.Host.Browser(language: accepted);

        Assert.Equal(language, (await browser.PageAsync("/")).DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";;;,,,q=")]
    [InlineData("en;q=abc")]
    public async Task Get_BrokenAcceptLanguage_IsNoError(string header)
    {
        using var browser = portal.Host.Browser();
        browser.DefaultRequestHeaders.Remove("Accept-Language");
        browser.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", header);

        await browser.PageAsync("/");
    }

    [Fact]
    public async Task Post_Choice_IsRememberedAndLeadsBack()
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync("/idioma", [("idioma", "en"), ("volver", "/temas/largo?pagina=2")]);
        var later = await browser.PageAsync("/contacto");

        Assert.Equal("/temas/largo?pagina=2", answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.Equal("en", later.DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("fr", "same-origin")]
    [InlineData("", "same-origin")]
    [InlineData("en\r\nX: y", "same-origin")]
    [InlineData("en", "cross-site")]
    [InlineData("en", null)]
    public async Task Post_OtherValueOrOtherSite_IsRefused(string language, string? site)
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync("/idioma", [("idioma", language), ("volver", "/")], site: site);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Equal("es", (await answer.PageAsync()).DocumentElement.GetAttribute("lang"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\\evil.example")]
    public async Task Post_ReturnAddressOfAnotherSite_LeadsHome(string address)
    {
        using var browser = portal.Host.Browser(followRedirects: false);

        using var answer = await browser.SendFormAsync("/idioma", [("idioma", "en"), ("volver", address)]);

        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    // Words of the interface: what remains without the company's own texts, the articles and what was typed.
    private static List<string> Interface(IHtmlDocument page)
    {
        foreach (var own in page.Body!.QuerySelectorAll("article[lang=es], main [lang=es], ul.articles a, ul.articles p, .topic > :not(.topic-count), .topic-head, li.result, .breadcrumb li:not(:first-child), .prev-next a, nav.filter a[href*='tema='], .contents, .footer-foot > p, script, .topic-title, .related a, .related p").ToList())
        {
            own.Remove();
        }

        return [.. page.Body!.Descendants<IText>().Select(t => t.Text.Trim()).Where(t => t.Length > 0),
            .. page.QuerySelectorAll("[aria-label]").Select(e => e.GetAttribute("aria-label")!), .. page.QuerySelectorAll("[placeholder]").Select(e => e.GetAttribute("placeholder")!)];
    }
}
