using System.Net;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases.Orders;

[Collection(PlacedOrderPortalCollection.Name)]
public sealed class ReturnTests(PlacedOrderPortal portal)
{
    private const string Form = "main form[method=post]";

    private PortalHost Host => portal.Host;

    [Fact]
    public async Task Return_PiecesOfALine_TellsWhereAndByWhen()
    {
        var order = await DeliveredAsync(3);
        var browser = await Host.OpenAsync(order);

        using var answer = await browser.FillAsync($"{order.Address()}/devolver", Form, ("Quantity", "2"), ("Instead", "dinero"), ("Reason", "Llegó rayado"));

        var page = await answer.PageAsync();
        Assert.Contains("Recibimos su solicitud de devolución", page.QuerySelector(".notice-success").Words(), StringComparison.Ordinal);
        Assert.Equal("Esperamos el producto", page.QuerySelector(".case-line .status").Words());
        Assert.Contains("Sucursal Roma, Álvaro Obregón 120", page.QuerySelector(".order").Words(), StringComparison.Ordinal);
        Assert.Contains($"Usted pidió devolver: 2 × {order.Lines[0].Title}", page.QuerySelector(".timeline").Words(), StringComparison.Ordinal);
        var asked = Assert.Single((await Host.OrderAsync(order.Number)).Returns);
        Assert.Equal((2, ReturnKind.Return, "Llegó rayado"), (asked.Quantity, asked.Kind, asked.Reason));
        Assert.DoesNotContain("Llegó rayado", page.QuerySelector(".timeline").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Return_Exchange_OffersTheVariantsThatThereAre()
    {
        var colours = await Host.AddColoursAsync();
        var order = await Host.WalkAsync(await Host.PlaceAsync([(colours[0], 1)]), OrderStatus.Delivered);
        var browser = await Host.OpenAsync(order);

        var choices = (await browser.PageAsync($"{order.Address()}/devolver")).QuerySelector(".choices").Words();
        using var answer = await browser.FillAsync($"{order.Address()}/devolver", Form, ("Instead", colours[1].Id.ToString()), ("Reason", "Prefiero el otro"));

        Assert.Contains("Grafito", choices, StringComparison.Ordinal);
        Assert.Contains("→ Grafito", (await answer.PageAsync()).QuerySelectorAll(".order-parcels").Last().Words(), StringComparison.Ordinal);
        Assert.Equal(colours[1].Id, Assert.Single((await Host.OrderAsync(order.Number)).Returns).WantedVariantId);
    }

    [Fact]
    public async Task Return_VariantOfAnotherProductOrWithoutPieces_IsRefused()
    {
        var colours = await Host.AddColoursAsync(second: 0);
        var other = await Host.AddProductAsync();
        var order = await Host.WalkAsync(await Host.PlaceAsync([(colours[0], 1)]), OrderStatus.Delivered);
        var browser = await Host.OpenAsync(order);

        foreach (var wanted in new[] { colours[1].Id.ToString(), other.Id.ToString(), "", "nada" })
        {
            using var answer = await browser.FillAsync($"{order.Address()}/devolver", Form, ("Instead", wanted), ("Reason", "Prefiero el otro"));

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var page = await answer.PageAsync();
            Assert.NotNull(page.QuerySelector(".error-summary a[href='#Instead']"));
            Assert.Equal("Prefiero el otro", page.QuerySelector("textarea").Words());
        }

        Assert.Empty((await Host.OrderAsync(order.Number)).Returns);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("4")]
    [InlineData("-1")]
    [InlineData("dos")]
    [InlineData("")]
    public async Task Return_NotThatMany_IsRefusedWithWhatWasTyped(string quantity)
    {
        var order = await DeliveredAsync(3);
        var browser = await Host.OpenAsync(order);

        using var answer = await browser.FillAsync($"{order.Address()}/devolver", Form, ("Quantity", quantity), ("Instead", "dinero"), ("Reason", "Ya no lo quiero"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector(".error-summary a[href='#Quantity']"));
        Assert.Empty((await Host.OrderAsync(order.Number)).Returns);
    }

    [Fact]
    public async Task Return_SameFormTwentyTimesAtOnce_IsOneReturn()
    {
        var order = await DeliveredAsync(4);
        var browser = await Host.OpenAsync(order);
        (string, string)[] fields = [("Key", Guid.NewGuid().ToString()), ("renglon", order.Lines[0].Id.ToString()), ("Quantity", "2"), ("Instead", "dinero"), ("Reason", "No era"), await browser.TokenAsync()];

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => browser.SendFormAsync($"{order.Address()}/devolver", fields)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single((await Host.OrderAsync(order.Number)).Returns);
    }

    [Fact]
    public async Task Return_TwoFormsForTheSamePieces_AreNeverMoreThanWereDelivered()
    {
        var order = await DeliveredAsync(3);
        var browser = await Host.OpenAsync(order);

        var token = await browser.TokenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => browser.SendFormAsync(
            $"{order.Address()}/devolver", [("Key", Guid.NewGuid().ToString()), ("renglon", order.Lines[0].Id.ToString()), ("Quantity", "2"), ("Instead", "dinero"), ("Reason", "No era"), token])));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers, answer => Assert.True((int)answer.StatusCode < 500));
        Assert.Single((await Host.OrderAsync(order.Number)).Returns);
    }

    [Fact]
    public async Task Return_AfterItsWindow_SaysSo()
    {
        var order = await DeliveredAsync(1);
        portal.Clock.Advance(TimeSpan.FromDays(31));
        var browser = await Host.OpenAsync(order);

        var page = await browser.PageAsync($"{order.Address()}/devolver");
        using var forced = await browser.SendFormAsync($"{order.Address()}/devolver", [("renglon", order.Lines[0].Id.ToString()), ("Quantity", "1"), ("Instead", "dinero"), ("Reason", "Tarde"), await browser.TokenAsync()]);

        Assert.Null(page.QuerySelector(Form));
        Assert.Contains("su plazo terminó", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, forced.StatusCode);
        Assert.Null((await browser.PageAsync(order.Address())).QuerySelector("a[href$='/devolver']"));
    }

    [Fact]
    public async Task Withdraw_Return_LeavesNothingOwed()
    {
        var order = await DeliveredAsync(1);
        var browser = await Host.OpenAsync(order);
        using var asked = await browser.FillAsync($"{order.Address()}/devolver", Form, ("Instead", "dinero"), ("Reason", "No era"));
        var link = (await asked.PageAsync()).QuerySelector("a[href$='/retirar']")!.GetAttribute("href")!;

        using var answer = await browser.FillAsync(link, Form);
        using var again = await browser.SendFormAsync(link, [await browser.TokenAsync()]);
        using var unknown = await browser.GetAsync($"{order.Address()}/devolver/{Guid.NewGuid()}/retirar");

        Assert.Contains("Retiramos la devolución", (await answer.PageAsync()).QuerySelector(".notice-success").Words(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (again.StatusCode, unknown.StatusCode));
        var now = await Host.OrderAsync(order.Number);
        Assert.Equal(ReturnStatus.Withdrawn, Assert.Single(now.Returns).Status);
        Assert.Single(now.Ticket.Events, e => e.Kind == TicketEventKind.ReturnWithdrawn);
    }

    private async Task<Order> DeliveredAsync(int quantity) =>
        await Host.WalkAsync(await Host.PayAsync(await Host.PlaceAsync([(await Host.AddProductAsync(), quantity)])), OrderStatus.Delivered);
}
