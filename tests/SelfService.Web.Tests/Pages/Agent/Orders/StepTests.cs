using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Orders;

namespace SelfService.Web.Tests.Pages.Agent.Orders;

/// <summary>Each step that an agent can take with an order.</summary>
[Collection(DeskOrderPortalCollection.Name)]
public sealed class StepTests(DeskOrderPortal portal)
{
    /// <summary>Every page of a step that needs nothing but the order.</summary>
    internal static readonly string[] Pages = ["avanzar", "enviar", "entregar", "pago", "enlace", "reembolso", "direccion", "renglon", "concesion", "cancelar"];

    [Fact]
    public async Task Get_EveryPage_IsThereInBothLanguagesForTheDeskAndForNobodyElse()
    {
        var order = await portal.PlaceAsync();
        foreach (var (email, status) in new[] { (Steps.Agent, 200), (DeskPortal.Admin, 200), (Steps.Customer, 404), (DeskPortal.Editor, 404) })
        {
            using var person = await portal.Host.BrowserOfAsync(email, "en");
            foreach (var page in Pages)
            {
                await person.PageAsync(DeskOrderPortal.Address(order, page), status);
            }

            await person.PageAsync("/agente/pedidos", status);
        }
    }

    [Fact]
    public async Task Post_EveryForm_DoesNothingForAnybodyElse()
    {
        var order = await portal.PlaceAsync(payment: "antes");
        (string, string)[] everything =
        [
            ("Key", Guid.NewGuid().ToString()), ("Seen", "99"), ("Move", "Confirm"), ("Amount", "1"), ("Reference", "x"), ("PaymentLink", "https://pagos.example/a"), ("Kind", "descuento"), ("Much", "1"),
            ("Reason", "x"), ("What", "todo"), ("Parts[street]", "x"), ("Parts[number]", "1"), ("Parts[neighbourhood]", "x"), ("Parts[postcode]", "72000"), ("Parts[city]", "x"), ("Parts[state]", "x"), ("Sku", order.Lines[0].Sku), ("Quantity", "1"), ("Number", order.Number), ("tabla", "pedidos"),
        ];
        string[] forms = [.. Pages.Select(p => DeskOrderPortal.Address(order, p)), "/agente/pedidos/avanzar", "/agente/pedidos"];
        using var anonymous = portal.Host.Browser(followRedirects: false);
        foreach (var email in new[] { Steps.Customer, DeskPortal.Editor })
        {
            using var person = await portal.Host.BrowserOfAsync(email);
            var token = (await person.PageAsync("/cuenta/salir")).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            foreach (var form in forms)
            {
                using var answer = await person.SendFormAsync(form, [.. everything, ("__RequestVerificationToken", token)]);
                Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{form} answered {(int)answer.StatusCode}");
                using var strangers = await anonymous.SendFormAsync(form, everything);
                Assert.Equal(HttpStatusCode.Found, strangers.StatusCode);
            }
        }

        Assert.Equal(order.Version, (await portal.OrderAsync(order.TicketId)).Version);
    }

    [Fact]
    public async Task Post_APart_LeavesWithItsTrackingAndTheRestStays()
    {
        var order = await portal.WalkAsync(await portal.PlaceAsync(), OrderStatus.Preparing);
        var piece = $"Pieces[{order.Lines[0].Id}]";
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var unsafeLink = await SendAsync(agent, order, "enviar", (piece, "1"), ("Carrier", "Paquetería"), ("TrackingUrl", "javascript:alert(1)"));
        using var tooMany = await SendAsync(agent, order, "enviar", (piece, "3"));
        using var none = await SendAsync(agent, order, "enviar", (piece, "0"));
        using var done = await SendAsync(agent, order, "enviar", (piece, "1"), ("Carrier", "Paquetería"), ("Tracking", "G-1"), ("TrackingUrl", "https://rastreo.example/G-1"));

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK], new[] { unsafeLink, tooMany, none, done }.Select(a => a.StatusCode));
        var again = await unsafeLink.PageAsync();
        Assert.Equal("Paquetería", again.QuerySelector<IHtmlInputElement>("#Carrier")!.Value);
        Assert.Equal("1", again.QuerySelector<IHtmlInputElement>($"input[name='{piece}']")!.Value);
        Assert.NotNull(again.QuerySelector(".error-summary a[href='#TrackingUrl']"));
        var sent = await portal.OrderAsync(order.TicketId);
        Assert.Equal((OrderStatus.Preparing, 1, "https://rastreo.example/G-1"), (sent.Status, sent.Lines[0].Dispatched, Assert.Single(sent.Parcels).TrackingUrl));
        var page = await done.PageAsync();
        Assert.NotNull(page.QuerySelector(".desk-order-parcels a[href='https://rastreo.example/G-1'][rel*=noopener]"));
        Assert.Contains("Envió: 1 × Filtro", page.QuerySelector("main [role=status]").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_DeliveredAndPaidAtTheDoor_IsOneStep()
    {
        var order = await portal.WalkAsync(await portal.PlaceAsync(), OrderStatus.Shipped);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var parcel = order.Parcels[0].Id.ToString();

        using var tooMuch = await SendAsync(agent, order, "entregar", ("ParcelId", parcel), ("IsCollected", "true"), ("Amount", "5,000"), ("Reference", "sobre 7"));
        using var done = await SendAsync(agent, order, "entregar", ("ParcelId", parcel), ("IsCollected", "true"), ("Amount", "299"), ("Reference", "sobre 7"));

        Assert.Equal(HttpStatusCode.BadRequest, tooMuch.StatusCode);
        Assert.Equal("sobre 7", (await tooMuch.PageAsync()).QuerySelector<IHtmlInputElement>("#Reference")!.Value);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        var delivered = await portal.OrderAsync(order.TicketId);
        Assert.Equal((OrderStatus.Delivered, 0L, "sobre 7"), (delivered.Status, delivered.Balance, delivered.Ledger[^1].Reference));
    }

    [Fact]
    public async Task Post_Payment_IsRecordedOnceHoweverOftenItIsSent()
    {
        var order = await portal.PlaceAsync(payment: "antes");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var form = (await agent.PageAsync(DeskOrderPortal.Address(order, "pago"))).QuerySelector<IHtmlFormElement>("main form")!;
        (string, string)[] fields = [.. form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)), ("Amount", "299.00"), ("Reference", "SPEI-9")];

        for (var i = 0; i < 3; i++)
        {
            using var answer = await agent.SendFormAsync(DeskOrderPortal.Address(order, "pago"), fields);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var wordless = await SendAsync(agent, order, "pago", ("Amount", "1"), ("Reference", " "));
        Assert.Equal(HttpStatusCode.BadRequest, wordless.StatusCode);
        Assert.Single((await portal.OrderAsync(order.TicketId)).Ledger, e => e.Kind == LedgerKind.Payment);
    }

    [Fact]
    public async Task Post_PaymentLink_IsOnlyTakenWithHttps()
    {
        var order = await portal.PlaceAsync(payment: "enlace");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var refused = await SendAsync(agent, order, "enlace", ("PaymentLink", "http://pagos.example/a"));
        using var done = await SendAsync(agent, order, "enlace", ("PaymentLink", "https://pagos.example/a"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("http://pagos.example/a", (await refused.PageAsync()).QuerySelector<IHtmlInputElement>("#PaymentLink")!.Value);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal("https://pagos.example/a", (await portal.OrderAsync(order.TicketId)).PaymentLink);
    }

    [Fact]
    public async Task Post_Refund_GoesBackAsMoneyOrAsCreditOfAnAccount()
    {
        var lucia = await portal.PersonAsync(Steps.Customer);
        var order = await portal.PlaceAsync(payment: "antes", personId: lucia);
        var guests = await portal.PlaceAsync(payment: "antes");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        foreach (var one in new[] { order, guests })
        {
            (await SendAsync(agent, one, "pago", ("Amount", "299"), ("Reference", "SPEI"))).Dispose();
            (await SendAsync(agent, one, "cancelar", ("What", "todo"), ("Reason", "No hay"))).Dispose();
        }

        using var wayless = await SendAsync(agent, order, "reembolso", ("Amount", "100"));
        using var money = await SendAsync(agent, order, "reembolso", ("Amount", "100"), ("Way", "dinero"), ("Reference", "DEV-1"));
        using var credit = await SendAsync(agent, order, "reembolso", ("Amount", "199"), ("Way", "saldo"));
        using var guest = await SendAsync(agent, guests, "reembolso", ("Amount", "100"), ("Way", "saldo"));

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest], new[] { wayless, money, credit, guest }.Select(a => a.StatusCode));
        Assert.Equal(0, (await portal.OrderAsync(order.TicketId)).Balance);
        Assert.Equal(-29_900, (await portal.OrderAsync(guests.TicketId)).Balance);
        Assert.Contains((await portal.OrderAsync(order.TicketId)).Ledger, e => e.Kind == LedgerKind.RefundToCredit && e.Amount == 19_900);
    }

    [Fact]
    public async Task Post_Address_IsCorrectedAndKeepsWhatWasTypedWhenAPartIsMissing()
    {
        var order = await portal.PlaceAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        (string, string)[] parts = [("Parts[street]", "Calle Dos"), ("Parts[number]", "9"), ("Parts[neighbourhood]", "Centro"), ("Parts[postcode]", "72760"), ("Parts[city]", "Cholula")];

        using var missing = await SendAsync(agent, order, "direccion", [.. parts, ("Parts[state]", "")]);
        using var done = await SendAsync(agent, order, "direccion", [.. parts, ("Parts[state]", "Puebla")]);

        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
        var again = await missing.PageAsync();
        Assert.Equal("Calle Dos", again.QuerySelector<IHtmlInputElement>("#parte-street")!.Value);
        Assert.NotNull(again.QuerySelector(".error-summary a[href='#parte-state']"));
        Assert.Contains("Calle Dos 9, Centro, 72760 Cholula, Puebla", (await done.PageAsync()).QuerySelector(".desk-order-panel").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain((await portal.TicketAsync(order.TicketId)).Events, e => e.Detail.Contains("Calle", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_Line_SaysWhatIsUnknownWhatHasOptionsAndWhatThereIsTooLittleOf()
    {
        var order = await portal.PlaceAsync();
        var hose = await portal.ProductAsync("Manguera", stock: 2);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var unknown = await SendAsync(agent, order, "renglon", ("Sku", "NADA-1"), ("Quantity", "1"));
        using var number = await SendAsync(agent, order, "renglon", ("Sku", hose.Sku), ("Quantity", "mil"));
        using var few = await SendAsync(agent, order, "renglon", ("Sku", hose.Sku.ToLowerInvariant()), ("Quantity", "3"));

        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, number.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, few.StatusCode);
        Assert.Contains("quedan 2", (await few.PageAsync()).QuerySelector("#Quantity-error").Words(), StringComparison.Ordinal);
        Assert.Equal(2, await portal.StockAsync(hose));
        Assert.Single((await portal.OrderAsync(order.TicketId)).Lines);
    }

    [Fact]
    public async Task Post_Grant_BeyondTheRole_SaysWhatIsLeftAndAnAdministratorMay()
    {
        var order = await portal.PlaceAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var admin = await portal.Host.BrowserOfAsync(DeskPortal.Admin);

        using var wordless = await SendAsync(agent, order, "concesion", ("Kind", "descuento"), ("Much", "10"), ("Reason", ""));
        using var beyond = await SendAsync(agent, order, "concesion", ("Kind", "descuento"), ("Much", "20.01"), ("Reason", "Llegó tarde"));
        using var percent = await SendAsync(agent, order, "concesion", ("Kind", "porcentaje"), ("Much", "5%"), ("Reason", "Llegó tarde"));
        using var days = await SendAsync(agent, order, "concesion", ("Kind", "dias"), ("Much", "16"), ("Reason", "De viaje"));
        using var hers = await SendAsync(admin, order, "concesion", ("Kind", "descuento"), ("Much", "50"), ("Reason", "Disculpa"));

        Assert.Equal(HttpStatusCode.BadRequest, wordless.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, beyond.StatusCode);
        var again = await beyond.PageAsync();
        Assert.Contains("puede dar hasta $20.00", again.QuerySelector("#Much-error").Words(), StringComparison.Ordinal);
        Assert.Equal(("20.01", "Llegó tarde"), (again.QuerySelector<IHtmlInputElement>("#Much")!.Value, again.QuerySelector<IHtmlInputElement>("#Reason")!.Value));
        Assert.Equal(HttpStatusCode.OK, percent.StatusCode);
        Assert.Contains("15 días", (await days.PageAsync()).QuerySelector("#Much-error").Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, hers.StatusCode);
        Assert.Equal(29_900 - 1_000 - 5_000, (await portal.OrderAsync(order.TicketId)).Total);
    }

    [Fact]
    public async Task Post_CancelAPart_GivesItsPiecesBackOnce()
    {
        var filter = await portal.ProductAsync();
        var order = await portal.WalkAsync(await portal.PlaceAsync([(filter, 3)]), OrderStatus.Preparing);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var form = (await agent.PageAsync(DeskOrderPortal.Address(order, "cancelar"))).QuerySelector<IHtmlFormElement>("main form")!;
        (string, string)[] fields = [.. form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)), ("What", order.Lines[0].Id.ToString()), ("Quantity", "2"), ("Reason", "Ya no lo quiere")];

        using var first = await agent.SendFormAsync(DeskOrderPortal.Address(order, "cancelar"), fields);
        using var second = await agent.SendFormAsync(DeskOrderPortal.Address(order, "cancelar"), fields);
        using var tooMany = await SendAsync(agent, order, "cancelar", ("What", order.Lines[0].Id.ToString()), ("Quantity", "2"), ("Reason", "x"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest], new[] { first, second, tooMany }.Select(a => a.StatusCode));
        Assert.Equal(9, await portal.StockAsync(filter));
        Assert.Equal(2, (await portal.OrderAsync(order.TicketId)).Lines[0].Cancelled);
    }

    [Fact]
    public async Task Post_AColleagueWasFaster_ShowsWhatHeDidAndKeepsEverythingTyped()
    {
        var order = await portal.PlaceAsync(payment: "antes");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var form = (await agent.PageAsync(DeskOrderPortal.Address(order, "pago"))).QuerySelector<IHtmlFormElement>("main form")!;
        (string, string)[] fields = [.. form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)), ("Amount", "100"), ("Reference", "SPEI-5")];
        using var admin = await portal.Host.BrowserOfAsync(DeskPortal.Admin);
        (await SendAsync(admin, order, "pago", ("Amount", "50"), ("Reference", "SPEI-4"))).Dispose();

        using var answer = await agent.SendFormAsync(DeskOrderPortal.Address(order, "pago"), fields);
        var page = await answer.PageAsync();

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("Registró un pago de $50.00", page.QuerySelector(".desk-news").Words(), StringComparison.Ordinal);
        Assert.Equal("SPEI-5", page.QuerySelector<IHtmlInputElement>("#Reference")!.Value);
        Assert.Contains("$249.00", page.QuerySelector("main form").Words(), StringComparison.Ordinal);
        Assert.Equal(5_000, (await portal.OrderAsync(order.TicketId)).Paid);
    }

    [Fact]
    public async Task Post_TooLateForIt_SaysSoAndChangesNothing()
    {
        var order = await portal.WalkAsync(await portal.PlaceAsync(), OrderStatus.Shipped);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var address = await SendAsync(agent, order, "direccion", ("Parts[street]", "x"), ("Parts[number]", "1"), ("Parts[neighbourhood]", "x"), ("Parts[postcode]", "72000"), ("Parts[city]", "x"), ("Parts[state]", "x"));
        using var advance = await SendAsync(agent, order, "avanzar", ("Move", "Confirm"));
        using var discount = await SendAsync(agent, order, "concesion", ("Kind", "descuento"), ("Much", "1"), ("Reason", "x"));

        Assert.All([address, advance, discount], answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal(order.Version, (await portal.OrderAsync(order.TicketId)).Version);
    }

    internal static Task<HttpResponseMessage> SendAsync(HttpClient person, Order order, string page, params (string, string)[] fields) => person.FillAsync(DeskOrderPortal.Address(order, page), "main form", fields);
}
