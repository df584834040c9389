using System.Text.Json;

namespace SelfService.Web.Tests.Pages.Search;

[Collection(TrialPortalCollection.Name)]
public sealed class SuggestionsTests(TrialPortal portal)
{
    private static async Task<JsonElement> AskAsync(HttpClient browser, string text)
    {
        using var answer = await browser.GetAsync("/sugerencias?q=" + Uri.EscapeDataString(text));
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    [Fact]
    public async Task Get_Beginning_GivesTitleAddressKindAndSectionEightAtMost()
    {
        using var browser = portal.Host.Browser();

        var found = await AskAsync(browser, "trám");

        Assert.Equal(8, found.GetArrayLength());
        foreach (var line in found.EnumerateArray())
        {
            Assert.Equal(["title", "url", "kind", "section"], line.EnumerateObject().Select(p => p.Name));
            Assert.StartsWith("/articulos/paso-", line.GetProperty("url").GetString(), StringComparison.Ordinal);
            Assert.Contains("trámite", line.GetProperty("title").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Get_Beginning_NeedsNoAccentsAndNoCapitals()
    {
        using var browser = portal.Host.Browser();

        Assert.Contains("corto", (await AskAsync(browser, "ARTICU")).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ventajas guay", "guayaba", Steps.Customer)]
    [InlineData("mame", "mamey", Steps.Agent)]
    [InlineData("tejoco", "tejocote", Steps.Agent)]
    public async Task Get_WordOfAHiddenArticle_SuggestsItOnlyToWhomItIsFor(string text, string word, string person)
    {
        using var anonymous = portal.Host.Browser();
        using var reader = await portal.Host.BrowserOfAsync(person);

        Assert.DoesNotContain(word, (await AskAsync(anonymous, text)).ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(word, (await AskAsync(reader, text)).ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Get_CustomersAreNotShownWhatIsForStaff()
    {
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);

        Assert.Equal(0, (await AskAsync(customer, "mame")).GetArrayLength());
    }

    [Theory]
    [MemberData(nameof(SearchTests.HostileQueries), MemberType = typeof(SearchTests))]
    public async Task Get_HostileText_GivesAListAndNoError(string text)
    {
        using var browser = portal.Host.Browser();

        var found = await AskAsync(browser, text);

        Assert.InRange(found.GetArrayLength(), 0, 8);
    }

    [Fact]
    public async Task Get_TitleThatLooksLikeMarkup_CannotBecomeMarkup()
    {
        using var browser = portal.Host.Browser();

        var source = await browser.GetStringAsync("/sugerencias?q=comillas");

        Assert.Contains("comillas", source, StringComparison.Ordinal);
        Assert.DoesNotContain("<", source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Suggestions_AreForThisBrowserOnly()
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.GetAsync("/sugerencias?q=paso");

        Assert.True(answer.Headers.CacheControl is { Private: true, MaxAge.TotalSeconds: 60 });
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Get_TopicsAndActions_ComeAfterArticlesWithAnIcon()
    {
        using var browser = portal.Host.Browser();

        Assert.Equal(
            [("Tema largo", "/temas/largo", "topic"), ("Tema variado", "/temas/variado", "topic")],
            Lines(await AskAsync(browser, "tema")).Order());
        Assert.Equal([("Identificarse", "/cuenta/entrar", "action")], Lines(await AskAsync(browser, "ingres")));
        Assert.Equal("user", (await AskAsync(browser, "ingres"))[0].GetProperty("icon").GetString());

        // A few articles less where there are others, so that these are seen.
        Assert.Equal(["article", "article", "article", "article", "article", "action"], Lines(await AskAsync(browser, "paso")).Select(line => line.Kind));
    }

    [Fact]
    public async Task Get_TopicOfTheStaff_IsSuggestedToStaffOnly()
    {
        using var anonymous = portal.Host.Browser();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Empty(Lines(await AskAsync(anonymous, "tema del equipo")));
        Assert.Equal([("Tema del equipo", "/temas/equipo", "topic")], Lines(await AskAsync(agent, "tema del equipo")));
    }

    [Fact]
    public async Task Get_SigningIn_IsSuggestedToWhoHasNot()
    {
        using var anonymous = portal.Host.Browser();
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);

        Assert.Single(Lines(await AskAsync(anonymous, "identificarse")));
        Assert.Empty(Lines(await AskAsync(customer, "identificarse")));
    }

    [Fact]
    public async Task Get_ActionThatLooksLikeMarkup_CannotBecomeMarkup()
    {
        using var browser = portal.Host.Browser();

        var source = await browser.GetStringAsync("/sugerencias?q=asesor");

        Assert.DoesNotContain("<", source, StringComparison.Ordinal);
        Assert.Equal([("Hablar <b>ya</b> & sin \"espera\"", "/contacto", "action")], Lines(await AskAsync(browser, "asesor")));
    }

    [Fact]
    public async Task Get_ActionWithoutAddress_IsLeftOut()
    {
        using var browser = portal.Host.Browser();

        Assert.Empty(Lines(await AskAsync(browser, "perdida")));
        Assert.Equal([("Escribir afuera", "https://mensajes.example/?a=1&b=2", "action")], Lines(await AskAsync(browser, "chatear")));
    }

    private static List<(string Title, string Url, string Kind)> Lines(JsonElement found) =>
        [.. found.EnumerateArray().Select(line => (line.GetProperty("title").GetString()!, line.GetProperty("url").GetString()!, line.GetProperty("kind").GetString()!))];
}
