using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Orders;

namespace SelfService.Web.Tests.Pages.Agent.Orders;

/// <summary>The list of orders, what is done with many of them, and the files.</summary>
[Collection(DeskOrderPortalCollection.Name)]
public sealed class ListTests(DeskOrderPortal portal)
{
    [Fact]
    public async Task Get_Filters_ShowWhatTheySay()
    {
        var name = NewName();
        var placed = await portal.PlaceAsync(name: name);
        var unpaid = await portal.PlaceAsync(name: name, payment: "antes");
        var ready = await portal.WalkAsync(await portal.PlaceAsync(name: name, receiving: Receiving.Collection), OrderStatus.Ready);
        var done = await portal.WalkAsync(await portal.PlaceAsync(name: name), OrderStatus.Delivered);
        var late = await portal.PlaceAsync(name: name);
        await portal.AskAsync(db => db.Orders.Where(o => o.Id == late.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.StageDueAt, DateTime.UtcNow.AddDays(-2))));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        await ExpectAsync("abiertos", late, placed, unpaid, ready);
        await ExpectAsync("vencidos", late);
        await ExpectAsync("esperan-pago", unpaid);
        await ExpectAsync("por-confirmar", late, placed);
        await ExpectAsync("listos", ready);
        await ExpectAsync("terminados", done);
        await ExpectAsync("todos", placed, unpaid, ready, done, late);
        await ExpectAsync("abiertos&recibe=sucursal", ready);
        await ExpectAsync("abiertos&sucursal=roma", ready);
        await ExpectAsync("abiertos&sucursal=norte");
        await ExpectAsync("devoluciones");
        Assert.Equal(late.Number, (await NumbersAsync(agent, $"q={name}&filtro=abiertos"))[0]);

        async Task ExpectAsync(string filter, params Order[] orders)
        {
            var page = await agent.PageAsync($"/agente/pedidos?q={name}&filtro={filter}");
            Assert.Equal(orders.Select(o => o.Number).Order(), page.QuerySelectorAll<IHtmlInputElement>("input[name=Number]").Select(i => i.Value).Order());
            Assert.Equal(orders.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), page.QuerySelector(".desk-filters [aria-current] .filter-count").Words());
        }
    }

    [Fact]
    public async Task Get_Search_FindsByNumberNameWordsAndSku()
    {
        var filter = await portal.ProductAsync("Cartucho de repuesto");
        var name = NewName();
        var order = await portal.PlaceAsync([(filter, 1)], name: name);
        await portal.PlaceAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        foreach (var query in new[] { order.Number, order.Number.ToLowerInvariant(), name, name[..^2], $"cartucho {name}", filter.Sku, filter.Sku.ToLowerInvariant() })
        {
            Assert.Equal([order.Number], await NumbersAsync(agent, "q=" + Uri.EscapeDataString(query)));
        }

        Assert.NotNull((await agent.PageAsync("/agente/pedidos?q=%25_nada")).QuerySelector(".empty"));
    }

    [Fact]
    public async Task Get_ManyOrders_StandOnPages()
    {
        var name = NewName();
        var filter = await portal.ProductAsync(stock: 100);
        for (var i = 0; i < 51; i++)
        {
            await portal.PlaceAsync([(filter, 1)], name: name);
        }

        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var (first, second, beyond) = (await NumbersAsync(agent, $"q={name}"), await NumbersAsync(agent, $"q={name}&pagina=2"), await NumbersAsync(agent, $"q={name}&pagina=99"));

        Assert.Equal((50, 1), (first.Count, second.Count));
        Assert.Equal(second, beyond);
        Assert.Empty(first.Intersect(second));
        Assert.Equal(51, (await NumbersAsync(agent, $"q={name}&por=200")).Count);
    }

    [Fact]
    public async Task Post_Many_MovesThoseThatCanAndSaysWhyOfTheOthers()
    {
        var (placed, unpaid, preparing) = (await portal.PlaceAsync(), await portal.PlaceAsync(payment: "antes"), await portal.WalkAsync(await portal.PlaceAsync(), OrderStatus.Preparing));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await BulkAsync(agent, "Confirm", placed.Number, unpaid.Number, preparing.Number, "C-0000-0000");
        using var again = await BulkAsync(agent, "Confirm", placed.Number, unpaid.Number, preparing.Number);
        var page = await answer.PageAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("1 de 4", page.QuerySelector("[role=status]").Words(), StringComparison.Ordinal);
        Assert.Equal("Hecho", Outcome(page, placed));
        Assert.Contains("Espera el pago", Outcome(page, unpaid), StringComparison.Ordinal);
        Assert.Contains("En preparación", Outcome(page, preparing), StringComparison.Ordinal);
        Assert.Contains("No hay un pedido", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ya estaba así.", Outcome(await again.PageAsync(), placed));
        Assert.Equal([OrderStatus.Confirmed, OrderStatus.Placed, OrderStatus.Preparing], await StatusesAsync(placed, unpaid, preparing));
    }

    [Fact]
    public async Task Post_Many_GoAllTheWayAndArePaidAtTheDoor()
    {
        var (brought, fetched) = (await portal.PlaceAsync(), await portal.PlaceAsync(receiving: Receiving.Collection));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        foreach (var move in new[] { "Confirm", "Prepare", "Dispatch", "HandOver" })
        {
            using var answer = await BulkAsync(agent, move, brought.Number, fetched.Number);
            Assert.Contains("2 de 2", (await answer.PageAsync()).QuerySelector("[role=status]").Words(), StringComparison.Ordinal);
        }

        Assert.Equal([OrderStatus.Delivered, OrderStatus.Delivered], await StatusesAsync(brought, fetched));
        Assert.Equal(0, (await portal.OrderAsync(brought.TicketId)).Balance);
    }

    [Fact]
    public async Task Post_NoneOrTooManyOrNoStep_IsRefused()
    {
        var order = await portal.PlaceAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var none = await BulkAsync(agent, "Confirm");
        using var many = await BulkAsync(agent, "Confirm", [.. Enumerable.Range(0, 201).Select(i => $"C-{i}"), order.Number]);
        using var nothing = await BulkAsync(agent, "Destroy", order.Number);

        Assert.All([none, many, nothing], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Contains("hasta 200", (await many.PageAsync()).QuerySelector(".error-summary").Words(), StringComparison.Ordinal);
        Assert.Equal([OrderStatus.Placed], await StatusesAsync(order));
    }

    [Fact]
    public async Task Post_Back_LeadsToTheListOnly()
    {
        var order = await portal.PlaceAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var away = await agent.FillAsync("/agente/pedidos?q=" + order.Number, "form[data-pick-list]", ("Number", order.Number), ("Move", "Confirm"), ("Back", "https://malo.example/"));
        using var home = await BulkAsync(agent, "Confirm", order.Number);

        Assert.Null((await away.PageAsync()).QuerySelector("main a[href^='https://malo']"));
        Assert.NotNull((await home.PageAsync()).QuerySelector($"main .form-end a[href^='/agente/pedidos?'][href*='{order.Number}']"));
    }

    [Fact]
    public async Task Post_Files_HoldWhatTheListShowsAndRunNothing()
    {
        var name = "=CMD(" + NewName() + ")";
        var product = await portal.ProductAsync("+Filtro, \"fino\"");
        var order = await portal.PlaceAsync([(product, 2)], name: name);
        await portal.PlaceAsync();
        var before = await ExportsAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var list = "/agente/pedidos?q=" + Uri.EscapeDataString(product.Sku);

        using var orders = await agent.FillAsync(list, "form.form-end", ("tabla", "pedidos"));
        using var lines = await agent.FillAsync(list, "form.form-end", ("tabla", "renglones"));
        var (whole, pieces) = (await RowsAsync(orders), await RowsAsync(lines));

        Assert.Equal("text/csv", orders.Content.Headers.ContentType!.MediaType);
        Assert.Equal(2, whole.Length);
        Assert.StartsWith($"{order.Number},", whole[1], StringComparison.Ordinal);
        Assert.Contains($"\"'{name}\"", whole[1], StringComparison.Ordinal);
        Assert.EndsWith(",MXN,299,0,299", whole[1], StringComparison.Ordinal);
        Assert.Contains($",{product.Sku},\"'+Filtro, \"\"fino\"\"\",,MXN,100,2,0,0,0,0,0,200", Assert.Single(pieces[1..]), StringComparison.Ordinal);
        Assert.Equal(before + 2, await ExportsAsync());
    }

    private Task<int> ExportsAsync() => portal.AskAsync(db => db.AuditEntries.CountAsync(e => e.Kind == AuditKind.DataExported && e.Detail == "orders"));

    private static async Task<string[]> RowsAsync(HttpResponseMessage answer) => (await answer.Content.ReadAsStringAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private async Task<OrderStatus[]> StatusesAsync(params Order[] orders) => await Task.WhenAll(orders.Select(async o => (await portal.OrderAsync(o.TicketId)).Status));

    private static string Outcome(IDocument page, Order order) => page.QuerySelectorAll("tr").Single(r => r.QuerySelector($"a[href$='{order.Number}']") is not null).Children[1].Words();

    private static async Task<List<string>> NumbersAsync(HttpClient agent, string query) =>
        [.. (await agent.PageAsync("/agente/pedidos?" + query)).QuerySelectorAll<IHtmlInputElement>("input[name=Number]").Select(i => i.Value)];

    // From the list of the first order, so that there is a form to send; its boxes are given here.
    private static Task<HttpResponseMessage> BulkAsync(HttpClient agent, string move, params string[] numbers) =>
        agent.FillAsync("/agente/pedidos?filtro=todos&q=" + (numbers.FirstOrDefault(n => n.Length == 11) ?? ""), "form[data-pick-list]", [.. numbers.Select(n => ("Number", n)), ("Move", move), ("IsCollected", "true")]);

    private static string NewName() => "Persona" + Guid.NewGuid().ToString("N")[..10];
}
