using System.Net;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Web.Tests.Pages.Agent.Orders;

namespace SelfService.Web.Tests.Pages.Agent.Inventory;

/// <summary>The list of what there is, one article's history, and the form that puts its pieces right.</summary>
[Collection(DeskOrderPortalCollection.Name)]
public sealed class InventoryTests(DeskOrderPortal portal)
{
    private const string List = "/agente/inventario";
    private const string Form = ".desk-stock-form";

    [Fact]
    public async Task Get_List_FindsByNameAndShowsWhatIsRunningOut()
    {
        var word = "tornillo" + Guid.NewGuid().ToString("N")[..6];
        var (many, few) = (await portal.ProductAsync($"Caja de {word} <b>", stock: 40), await portal.ProductAsync($"Bolsa de {word}", stock: 1));
        await portal.ProductAsync($"Colocar {word}", stock: null, kind: ProductKind.Service);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var all = await agent.PageAsync($"{List}?q={word.ToUpperInvariant()}");
        var low = await agent.PageAsync($"{List}?q={word}&bajo=true");

        Assert.Equal(3, all.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(["3", "1"], all.QuerySelectorAll(".desk-filters .filter-count").Select(c => c.Words()));
        var row = all.QuerySelector($"a[href='{List}/{many.Sku}']")!.Closest("tr")!;
        Assert.Equal($"Caja de {word} <b>", row.QuerySelector("a").Words());
        Assert.Equal("40", row.QuerySelector(".desk-stock-pieces strong").Words());
        Assert.Equal([few.Sku], low.QuerySelectorAll("tbody .number").Select(n => n.Words()));
        Assert.Equal("Quedan pocas", low.QuerySelector("tbody .status").Words());
        Assert.NotNull(low.QuerySelector(".staff-nav [aria-current][href='/agente/inventario?bajo=true'] .filter-count"));
        Assert.NotNull((await agent.PageAsync("/agente")).QuerySelector(".staff-nav [href='/agente/inventario?bajo=true']"));
        Assert.Equal("No hay nada con esas palabras", (await agent.PageAsync($"{List}?q=nada-de-esto")).QuerySelector(".empty h2").Words());
    }

    [Fact]
    public async Task Get_LongList_HasPages()
    {
        var word = "lote" + Guid.NewGuid().ToString("N")[..6];
        for (var i = 0; i < 51; i++)
        {
            await portal.ProductAsync($"{word} {i}");
        }

        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Equal(50, (await agent.PageAsync($"{List}?q={word}")).QuerySelectorAll("tbody tr").Length);
        Assert.Single((await agent.PageAsync($"{List}?q={word}&pagina=2")).QuerySelectorAll("tbody tr"));
        Assert.Single((await agent.PageAsync($"{List}?q={word}&pagina=999")).QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task Post_Adjustments_AreShownWithReasonPersonAndWhatWasLeft()
    {
        var variant = await portal.ProductAsync(stock: 10);
        var order = await portal.PlaceAsync([(variant, 2)]);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        foreach (var (change, pieces, note) in new[] { ("Add", "5", "Factura <i>1042</i>"), ("Take", "1", "Rota"), ("Count", "7", "Conteo") })
        {
            using var answer = await SendAsync(agent, variant, change, pieces, note);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.NotNull((await answer.PageAsync()).QuerySelector(".notice-success"));
        }

        var page = await agent.PageAsync($"{List}/{variant.Sku.ToLowerInvariant()}");
        var rows = page.QuerySelectorAll(".desk-stock-history tbody tr").ToList();
        Assert.Equal("7", page.QuerySelector(".desk-stock-now strong").Words());
        Assert.Equal(["−5", "−1", "+5", "−2", "+10"], rows.Select(r => r.QuerySelector("strong").Words()));
        Assert.Equal(["Quedaron 7", "Quedaron 12", "Quedaron 13", "Quedaron 8", "Quedaron 10"], rows.Select(r => r.Children[2].Words()));
        Assert.StartsWith("Ajuste: Factura <i>1042</i> Mateo", rows[2].Children[3].Words(), StringComparison.Ordinal);
        Assert.NotNull(rows[3].QuerySelector($"a[href='/agente/casos/{order.Number}']"));
    }

    [Fact]
    public async Task Post_SameFormTwentyTimes_MovesPiecesOnce()
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, variant, "Add", "5", "Factura");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => agent.SendFormAsync($"{List}/{variant.Sku}", fields)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(15, await portal.StockAsync(variant));
    }

    [Fact]
    public async Task Post_SameFormWithOtherNumbers_IsAskedAgainAndNotSwallowed()
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, variant, "Add", "5", "Factura");
        (await agent.SendFormAsync($"{List}/{variant.Sku}", fields)).Dispose();

        using var again = await agent.SendFormAsync($"{List}/{variant.Sku}", fields.Select(f => f.Name == "Pieces" ? ("Pieces", "6") : f));

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.NotNull((await again.PageAsync()).QuerySelector(".error-summary"));
        Assert.Equal(15, await portal.StockAsync(variant));
    }

    [Fact]
    public async Task Post_CountAfterSomebodyBought_SaysWhatThereIsAndKeepsWhatWasTyped()
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, variant, "Count", "9", "Conteo");
        await portal.PlaceAsync([(variant, 3)]);

        using var answer = await agent.SendFormAsync($"{List}/{variant.Sku}", fields);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Contains("ahora hay 7", page.QuerySelector("#Pieces-error").Words(), StringComparison.Ordinal);
        Assert.Equal("9", page.QuerySelector("#Pieces")!.GetAttribute("value"));
        Assert.Equal("7", page.QuerySelector($"{Form} [name=Seen]")!.GetAttribute("value"));
        Assert.Equal(7, await portal.StockAsync(variant));
    }

    [Theory]
    [InlineData("Count", "", "x", "Pieces")]
    [InlineData("Count", "-1", "x", "Pieces")]
    [InlineData("Count", "1000001", "x", "Pieces")]
    [InlineData("Add", "0", "x", "Pieces")]
    [InlineData("Add", "1.5", "x", "Pieces")]
    [InlineData("Add", "1", " \u200B ", "Note")]
    [InlineData("", "1", "x", "Change")]
    [InlineData("77", "1", "x", "Change")]
    [InlineData("Take", "11", "x", "Pieces", 409)]
    [InlineData("Add", "999999", "x", "Pieces", 409)]
    public async Task Post_WrongForm_SaysWhereAndChangesNothing(string change, string pieces, string note, string field, int status = 400)
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await SendAsync(agent, variant, change, pieces, note);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector($".error-summary a[href='#{field}']"));
        Assert.Equal(10, await portal.StockAsync(variant));
    }

    [Theory]
    [InlineData("Key", "x")]
    [InlineData("Seen", "99999999999")]
    public async Task Post_FormThatCannotBeRead_ComesBackWithTheArticle(string field, string value)
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, variant, "Add", "5", "x");

        using var answer = await agent.SendFormAsync($"{List}/{variant.Sku}", fields.Select(f => f.Name == field ? (field, value) : f));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("10", (await answer.PageAsync()).QuerySelector(".desk-stock-now strong").Words());
        Assert.Equal(10, await portal.StockAsync(variant));
    }

    [Fact]
    public async Task Post_ArticleThatIsNotCounted_IsRefused()
    {
        var (counted, service) = (await portal.ProductAsync(), await portal.ProductAsync(stock: null, kind: ProductKind.Service));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var page = await agent.PageAsync($"{List}/{service.Sku}");
        Assert.Null(page.QuerySelector(Form));

        using var answer = await agent.SendFormAsync($"{List}/{service.Sku}", await FieldsAsync(agent, counted, "Add", "5", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(await portal.AskAsync(db => db.StockMovements.AnyAsync(m => m.VariantId == service.Id)));
    }

    [Theory]
    [InlineData("NO-HAY")]
    [InlineData("%E2%80%8B")]
    [InlineData("..%2F..")]
    public async Task Get_NoSuchSku_IsNotFound(string sku)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        await agent.PageAsync($"{List}/{sku}", 404);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient agent, Variant variant, string change, string pieces, string note) =>
        await agent.SendFormAsync($"{List}/{variant.Sku}", await FieldsAsync(agent, variant, change, pieces, note));

    private static async Task<List<(string Name, string Value)>> FieldsAsync(HttpClient agent, Variant variant, string change, string pieces, string note)
    {
        var page = await agent.PageAsync($"{List}/{variant.Sku}");
        var hidden = page.QuerySelectorAll($"{Form} input[type=hidden]").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!));
        return [.. hidden, ("Change", change), ("Pieces", pieces), ("Note", note)];
    }
}
