using AngleSharp.Html.Dom;

namespace SelfService.Web.Tests.Pages.Search;

[Collection(TrialPortalCollection.Name)]
public sealed class ShortcutsTests(TrialPortal portal)
{
    private static List<(string Text, string Address)> Shortcuts(IHtmlDocument page) =>
        [.. page.QuerySelectorAll(".shortcuts a").Select(link => (string.Join(' ', link.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), link.GetAttribute("href")!))];

    [Theory]
    [InlineData("tema largo", "Tema: Tema largo", "/temas/largo")]
    [InlineData("quiero un asesor", "Hablar <b>ya</b> & sin \"espera\"", "/contacto")]
    [InlineData("ingresar", "Identificarse", "/cuenta/entrar")]
    [InlineData("chatear", "Escribir afuera", "https://mensajes.example/?a=1&b=2")]
    public async Task Get_QuestionThatNamesATopicOrAction_ShowsItAboveTheResults(string query, string text, string address)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/buscar?q=" + Uri.EscapeDataString(query));

        Assert.Equal([(text, address)], Shortcuts(page));
    }

    [Theory]
    [InlineData("zarzamora")]
    [InlineData("asesor de la zarzamora")]
    [InlineData("tem")]
    [InlineData("tema del equipo")]
    [InlineData("muchas páginas")]
    public async Task Get_OtherQuestions_ShowNone(string query)
    {
        using var browser = portal.Host.Browser();

        Assert.Empty(Shortcuts(await browser.PageAsync("/buscar?q=" + Uri.EscapeDataString(query))));
    }

    [Fact]
    public async Task Get_AtMostTwo_AndOnlyOnTheFirstPage()
    {
        using var browser = portal.Host.Browser();

        Assert.Equal(2, Shortcuts(await browser.PageAsync("/buscar?q=tema")).Count);
        Assert.Empty(Shortcuts(await browser.PageAsync("/buscar?q=tema&pagina=2")));
    }

    [Fact]
    public async Task Get_TopicOfTheStaff_IsShownToStaffOnly()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Contains(("Tema: Tema del equipo", "/temas/equipo"), Shortcuts(await agent.PageAsync("/buscar?q=tema+del+equipo")));
    }
}
