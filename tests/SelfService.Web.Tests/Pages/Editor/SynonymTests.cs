using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Persistence;
using SelfService.Core.Synonyms;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Pages.Editor;

/// <summary>A portal with a few articles and a file of synonyms.</summary>
public sealed class SynonymPortal : IAsyncLifetime
{
    public const string Line = "estufa, fogón";

    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        content.Write("articles/cocina/refrigerador.md", "---\ntitle: Cuidar el refrigerador\n---\nDescongele dos veces al año.\n")
            .Write("articles/cocina/estufa.md", "---\ntitle: Limpiar la estufa\n---\nCon agua y jabón.\n")
            .Write("search/synonyms.txt", $"# Cocina\n{Line}\nanafe => estufa\n");
        Host = await PortalHost.StartAsync(content.Root);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }
}

/// <summary>Editors write synonyms, look what they change, and the search uses them at once. Each test begins with what the one before left.</summary>
public sealed class SynonymTests(SynonymPortal portal) : IClassFixture<SynonymPortal>
{
    private const string Address = "/editor/sinonimos";
    private const string History = "/editor/sinonimos/historial";
    private const string Elena = "elena@brisal.example";
    private const string Julian = "julian@brisal.example";
    private const string Fridge = "/articulos/refrigerador";
    private const string Stove = "/articulos/estufa";

    private static (string, string)[] Fields(string rules, params string[] off) => [("Rules", rules), .. off.Select(line => ("Off", line))];

    private static async Task SaveAsync(HttpClient editor, string rules, params string[] off)
    {
        using var saved = await editor.FillAsync(Address, "form#sinonimos", Fields(rules, off));
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
    }

    // What her page sends along unseen.
    private static async Task<List<(string, string)>> HiddenAsync(HttpClient editor) =>
        [.. (await editor.PageAsync(Address)).QuerySelector("form#sinonimos")!.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value))];

    private static async Task<HttpResponseMessage> LookAsync(HttpClient editor, string rules, string questions, params string[] off) =>
        await editor.SendFormAsync(Address + "?handler=Ver", [.. await HiddenAsync(editor), .. Fields(rules, off), ("Questions", questions)]);

    private async Task<IReadOnlyList<string>> FoundAsync(string question)
    {
        using var anybody = portal.Host.Browser();
        var page = await anybody.PageAsync("/buscar?q=" + Uri.EscapeDataString(question));
        return [.. page.QuerySelectorAll("ol.results a[href^='/articulos/']").Select(a => a.GetAttribute("href")!.Split('#', '?')[0]).Distinct()];
    }

    private async Task<int> EditionsAsync()
    {
        await using var scope = portal.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().SynonymEditions.CountAsync();
    }

    private static string Rules(IHtmlDocument page) => page.QuerySelector<IHtmlTextAreaElement>("#Rules")!.Value.ReplaceLineEndings("\n").Trim('\n');

    [Theory]
    [InlineData(Address)]
    [InlineData(History)]
    public async Task Get_ByWhoDoesNotWrite_IsNotForHer(string address)
    {
        using var anybody = portal.Host.Browser(followRedirects: false);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var admin = await portal.Host.BrowserOfAsync(Julian);

        Assert.Equal(HttpStatusCode.Redirect, (await anybody.GetAsync(address)).StatusCode);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [(await agent.GetAsync(address)).StatusCode, (await customer.GetAsync(address)).StatusCode]);
        Assert.Contains((await editor.PageAsync(address)).QuerySelectorAll(".editor-nav a"), a => a.GetAttribute("href") == Address);
        await admin.PageAsync(address);
    }

    [Fact]
    public async Task Post_ByWhoDoesNotWrite_ChangesNothing()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var before = await EditionsAsync();

        using var refused = await agent.SendFormAsync(Address, Fields("intruso, refrigerador"));

        Assert.Equal((HttpStatusCode.NotFound, before), (refused.StatusCode, await EditionsAsync()));
    }

    [Fact]
    public async Task Post_Saved_CountsInTheNextSearch()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        await SaveAsync(editor, "");
        Assert.Empty(await FoundAsync("heladera"));
        Assert.Equal([Stove], await FoundAsync("fogón"));

        using var saved = await editor.FillAsync(Address, "form#sinonimos", Fields("heladera, refrigerador", SynonymPortal.Line));

        Assert.Equal([Fridge], await FoundAsync("heladera"));
        Assert.Empty(await FoundAsync("fogón"));
        var page = await saved.PageAsync();
        Assert.NotNull(page.QuerySelector(".notice-success"));
        Assert.Contains("Elena", page.QuerySelector(".editor-state")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([SynonymPortal.Line], page.QuerySelectorAll<IHtmlInputElement>("input[name=Off]").Where(i => i.IsChecked).Select(i => i.Value));
        await SaveAsync(editor, "heladera, refrigerador");
        Assert.Equal([Stove], await FoundAsync("fogón"));
    }

    [Fact]
    public async Task Post_Preview_ShowsWhatChangesAndSavesNothing()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        await SaveAsync(editor, "");
        var before = await EditionsAsync();

        using var answer = await LookAsync(editor, "nevera, refrigerador", "nevera\nrefrigerador\nfogón", SynonymPortal.Line);

        var page = await answer.PageAsync();
        Assert.Equal(["nevera", "fogón"], page.QuerySelectorAll("#cambios h3").Select(h => h.TextContent));
        Assert.Equal([Fridge, Stove], page.QuerySelectorAll("#cambios li a").Select(a => a.GetAttribute("href")));
        Assert.Equal(["nuevo", "sale"], page.QuerySelectorAll("#cambios .tag").Select(t => t.TextContent));
        Assert.Contains("Cambian: 2. Quedan igual: 1.", page.QuerySelector("#cambios [role=status]").Words(), StringComparison.Ordinal);
        Assert.Equal("nevera, refrigerador", Rules(page));
        Assert.Equal((before, 0), (await EditionsAsync(), (await FoundAsync("nevera")).Count));
        Assert.Equal("", Rules(await editor.PageAsync(Address)));
    }

    [Fact]
    public async Task Post_PreviewWithoutSearches_SaysThatThereIsNothingToCompare()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);

        using var answer = await LookAsync(editor, "nevera, refrigerador", " \n ");
        using var tooMany = await LookAsync(editor, "nevera, refrigerador", "a\nb\nc\nd\ne\nf");

        Assert.Contains("Todavía no hay búsquedas", (await answer.PageAsync()).QuerySelector("#cambios").Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
        Assert.Equal(["#Questions"], (await tooMany.PageAsync()).QuerySelectorAll("[data-error-summary] a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Post_WhoSavesSecond_SeesBothAndLosesNothing()
    {
        using var one = await portal.Host.BrowserOfAsync(Elena);
        using var other = await portal.Host.BrowserOfAsync(Julian);
        await SaveAsync(one, "perro, can\ngato, minino\npez, pescado");
        var hidden = await HiddenAsync(other);
        await SaveAsync(one, "perro, can, chucho\ngato, minino\npez, pescado", SynonymPortal.Line);

        using var refused = await other.SendFormAsync(Address, [.. hidden, .. Fields("perro, can\ngato, minino\npez, pescado, trucha")]);

        var page = await refused.PageAsync();
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("perro, can\ngato, minino\npez, pescado, trucha", Rules(page));
        Assert.Contains("perro, can, chucho", page.QuerySelector(".editor-meeting .editor-lines")!.TextContent, StringComparison.Ordinal);
        // Only the other touched the switch.
        Assert.True(page.QuerySelector<IHtmlInputElement>($"input[value='{SynonymPortal.Line}']")!.IsChecked);
        var together = page.QuerySelector<IHtmlTextAreaElement>("#Together")!.Value.ReplaceLineEndings("\n").Trim('\n');
        Assert.Equal("perro, can, chucho\ngato, minino\npez, pescado, trucha", together);
        var again = page.QuerySelector("form#sinonimos")!.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)).ToList();
        using var joined = await other.SendFormAsync(Address + "?handler=Juntar", [.. again, .. Fields("otra cosa", SynonymPortal.Line), ("Together", together)]);
        Assert.Equal(together, Rules(await joined.PageAsync()));
        using var saved = await other.SendFormAsync(Address, [.. again, .. Fields(together, SynonymPortal.Line)]);
        Assert.EndsWith("?hecho=guardado", saved.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
        Assert.Equal(together, Rules(await one.PageAsync(Address)));
    }

    [Fact]
    public async Task Post_Invalid_NamesEveryLineAndKeepsEverythingTyped()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var before = await EditionsAsync();
        var typed = $"perro, can\nsolo\n{new string('x', 10_000)}, b";

        using var refused = await editor.FillAsync(Address, "form#sinonimos", Fields(typed, SynonymPortal.Line));
        using var looked = await LookAsync(editor, typed, "uno");

        var page = await refused.PageAsync();
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, before), (refused.StatusCode, looked.StatusCode, await EditionsAsync()));
        Assert.Equal(typed, Rules(page));
        Assert.True(page.QuerySelector<IHtmlInputElement>($"input[value='{SynonymPortal.Line}']")!.IsChecked);
        Assert.Equal(["#Rules"], page.QuerySelectorAll("[data-error-summary] a").Select(a => a.GetAttribute("href")));
        Assert.Equal(["Línea 2:", "Línea 3:"], page.QuerySelectorAll("#Rules-error li").Select(l => l.Words()[..8]));
        Assert.Contains("«solo»", page.QuerySelector("#Rules-error")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await looked.PageAsync()).QuerySelector("#cambios"));
    }

    [Fact]
    public async Task Post_ManyBadLines_NamesTheFirstAndCountsTheRest()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);

        using var refused = await editor.FillAsync(Address, "form#sinonimos", Fields(string.Join('\n', Enumerable.Repeat("solo", 300))));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("Y 280 líneas más.", (await refused.PageAsync()).QuerySelector("#Rules-error li:last-child").Words());
    }

    [Fact]
    public async Task Post_TenThousandCharacters_AreSavedWhole()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var rules = string.Join('\n', Enumerable.Range(0, 400).Select(n => $"palabra{(char)('a' + (n % 26))}{(char)('a' + (n / 26))}, refrigerador"));
        Assert.True(rules.Length > 9_500);

        await SaveAsync(editor, rules);

        Assert.Equal(rules, Rules(await editor.PageAsync(Address)));
        Assert.Equal([Fridge], await FoundAsync("palabraba"));
    }

    [Fact]
    public async Task Post_Markup_IsText()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        const string rules = "<script>alert(1)</script>, refrigerador\n</textarea><b>hola</b>, estufa";

        using var looked = await LookAsync(editor, rules, "<script>alert(1)</script>");
        await SaveAsync(editor, rules);
        using var refused = await editor.FillAsync(Address, "form#sinonimos", Fields("<img src=x onerror=alert(2)>"));

        var page = await looked.PageAsync();
        Assert.Equal("<script>alert(1)</script>", page.QuerySelector("#cambios h3")!.TextContent);
        Assert.Equal(rules, Rules(await editor.PageAsync(Address)));
        Assert.Contains("<img src=x onerror=alert(2)>", (await refused.PageAsync()).QuerySelector("#Rules-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("</textarea><b>hola</b>, estufa", (await editor.PageAsync(History)).QuerySelector(".editor-lines")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Restore_BringsAnEarlierEditionBackAtOnce()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        await SaveAsync(editor, "gelera, refrigerador");
        var number = await EditionsAsync();
        await SaveAsync(editor, "# nada", SynonymPortal.Line);
        Assert.Empty(await FoundAsync("gelera"));
        var history = await editor.PageAsync(History);

        using var restored = await editor.FillAsync(History, $"form:has(input[name=n][value='{number}'])");

        Assert.Contains(SynonymPortal.Line, history.QuerySelector(".editor-history li")!.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("?hecho=restaurado", restored.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
        Assert.Equal([Fridge], await FoundAsync("gelera"));
        Assert.Equal([Stove], await FoundAsync("fogón"));
        using var none = await editor.FillAsync(History, "form:has(input[name=n])", ("n", "9999"));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Get_InEnglish_SpeaksEnglish()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena, language: "en");
        await SaveAsync(editor, "nevera, refrigerador");
        await SaveAsync(editor, "");

        using var looked = await LookAsync(editor, "heladera, refrigerador", "heladera");
        using var refused = await editor.FillAsync(Address, "form#sinonimos", Fields("solo"));

        Assert.Equal("Synonyms of the search", (await editor.PageAsync(Address)).QuerySelector("h1")!.TextContent);
        Assert.Contains("Changed: 1. Unchanged: 0.", (await looked.PageAsync()).QuerySelector("#cambios").Words(), StringComparison.Ordinal);
        Assert.StartsWith("Line 1: Expressions are missing", (await refused.PageAsync()).QuerySelector("#Rules-error").Words(), StringComparison.Ordinal);
        Assert.Equal("History of synonyms", (await editor.PageAsync(History)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Follow_ChangeOfAnotherNode_IsFoundSoon()
    {
        await using (var scope = portal.Host.Services.CreateAsyncScope())
        {
            var (db, write) = (scope.ServiceProvider.GetRequiredService<PortalDbContext>(), scope.ServiceProvider.GetRequiredService<WriteSynonyms>());
            await write.SaveAsync(null, SynonymRules.Of("congeladora, refrigerador", []), new(await db.Users.Where(u => u.Email == Elena).Select(u => u.Id).SingleAsync(), "Elena", Elena, IsAdmin: false), CancellationToken.None);
        }

        await Eventually.IsTrueAsync(async () => (await FoundAsync("congeladora")).Count > 0);
    }
}
