using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Tests;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Mail;

[Collection(PlacedOrderPortalCollection.Name)]
public sealed class OrderMailTests(PlacedOrderPortal portal)
{
    private readonly MailDesk desk = new(portal.Host);

    private PortalHost Host => portal.Host;

    [Theory]
    [InlineData("es", "Recibimos su pedido", "(IVA incluido: $178.90)", "la dirección que nos dio")]
    [InlineData("en", "We received your order", "(including IVA: $178.90)", "the address you gave us")]
    public async Task Placed_ByAGuest_SaysWhatItCostsAndHowToPayAndNothingTheGuestTyped(string language, string subject, string total, string receiving)
    {
        var address = TestOrders.NewEmail();
        var variant = await Host.AddProductAsync("Filtro <b>doble</b>", 54_900);
        var order = await Host.PlaceAsync([(variant, 2)], address, payment: "transferencia", notes: "Gane en https://trampa.example", language: language);

        var mail = await Host.Mailbox.NextAsync(address);

        Check(mail, language);
        Assert.Equal($"{subject} {order.Number}", mail.Subject);
        Assert.Contains("> 2 × Filtro <b>doble</b>: $1,098.00", mail.Text, StringComparison.Ordinal);
        Assert.Contains("2 × Filtro &lt;b&gt;doble&lt;/b&gt;", mail.Html, StringComparison.Ordinal);
        Assert.Contains($"$1,297.00 {total}", mail.Text, StringComparison.Ordinal);
        Assert.Contains(receiving, mail.Text, StringComparison.Ordinal);
        Assert.Contains($"Transfiera $1,297.00 a la CLABE 012345 con la referencia {order.Number}.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("clave=", mail.LinkTo($"/casos/{order.Number}"), StringComparison.Ordinal);
        Assert.All(["Ana Pérez", "Calle de la Prueba", "trampa"], typed => Assert.DoesNotContain(typed, mail.Text + mail.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Placed_ByAnAccount_SaysWhereItIsBrought()
    {
        var address = TestOrders.NewEmail();
        var person = await desk.PersonAsync(address);
        var order = await Host.PlaceAsync(email: address, personId: person.Id);

        var mail = await Host.Mailbox.NextAsync(address);

        Assert.Contains("Calle de la Prueba 5, Ciudad de México", mail.Text, StringComparison.Ordinal);
        Assert.Contains(MailDesk.Name, mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("clave=", mail.LinkTo($"/casos/{order.Number}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Placed_ToCollect_NamesTheBranch()
    {
        var address = TestOrders.NewEmail();
        await Host.PlaceAsync(email: address, receiving: Receiving.Collection);

        var mail = await Host.Mailbox.NextAsync(address);

        Assert.Contains("Sucursal Roma, Álvaro Obregón 120", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Paga $100.00 al recibirlo (Pago al recibir).", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moved_EachStep_IsToldOnceWithWhatIsNext()
    {
        var address = TestOrders.NewEmail();
        var order = await Host.PlaceAsync(2, address);
        await Host.Mailbox.NextAsync(address);

        order = await Host.WalkAsync(order, OrderStatus.Shipped);

        var confirmed = await Host.Mailbox.NextAsync(address);
        Assert.Equal($"Su pedido {order.Number}: Confirmamos su pedido.", confirmed.Subject);
        await Host.Mailbox.NextAsync(address);
        var shipped = await Host.Mailbox.NextAsync(address);
        Assert.Contains($"Enviamos: {order.Lines[0].Pieces(2)}.", shipped.Text, StringComparison.Ordinal);
        Assert.Contains("> Paquetería: Envíos del Valle\n> Número de guía: EV123\n> https://envios.example/EV123", shipped.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("href=\"https://envios.example/EV123\"", shipped.Html, StringComparison.Ordinal);
        Assert.Contains("Llega a más tardar el ", shipped.Text, StringComparison.Ordinal);
        await Host.Mailbox.NothingAsync(address);
    }

    [Fact]
    public async Task Moved_RefusedReturn_SaysWhyAndNotWhatTheCustomerWrote()
    {
        var address = TestOrders.NewEmail();
        var order = await Host.WalkAsync(await Host.PayAsync(await Host.PlaceAsync(email: address)), OrderStatus.Delivered);
        order = await Host.MoveAsync(order, TicketEventKind.ReturnRequested, h => h.Order.RequestReturn(order.Lines[0].Id, 1, ReturnKind.Return, null, "Motivo que escribí", Guid.NewGuid(), h.Now));
        await Host.MoveAsync(order, TicketEventKind.ReturnRefused, h => h.Order.RefuseReturn(order.Returns[0].Id, "Llegó abierto y usado", h.Now));

        var mails = await Host.Mailbox.AllAsync(address);

        Assert.Contains("> Llegó abierto y usado", mails[^1].Text, StringComparison.Ordinal);
        Assert.All(mails, mail => Assert.DoesNotContain("Motivo que escribí", mail.Text + mail.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Moved_PaymentLink_IsInTheMail()
    {
        var address = TestOrders.NewEmail();
        var order = await Host.PlaceAsync(email: address, payment: "enlace");
        Assert.Contains("Le enviamos el enlace", (await Host.Mailbox.NextAsync(address)).Text, StringComparison.Ordinal);

        await Host.MoveAsync(order, TicketEventKind.OrderPaymentLink, h => h.Order.OfferPayment("https://pagos.example/1", h.Now));

        var mail = await Host.Mailbox.NextAsync(address);
        Assert.Contains("Puede hacerlo aquí: https://pagos.example/1", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Esperamos su pago a más tardar el ", mail.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NoticeLevel.None, 1)]
    [InlineData(NoticeLevel.Answers, 2)]
    [InlineData(NoticeLevel.All, 2)]
    public async Task Moved_ToWhoWantsNoNotices_IsNotSent(NoticeLevel notices, int mails)
    {
        var address = TestOrders.NewEmail();
        var person = await desk.PersonAsync(address, notices);
        var order = await Host.PlaceAsync(email: address, personId: person.Id);

        await Host.WalkAsync(order, OrderStatus.Confirmed);

        Assert.Equal(mails, (await Host.Mailbox.AllAsync(address)).Count);
    }

    [Theory]
    [InlineData("es")]
    [InlineData("en")]
    public async Task Moved_EveryKindOfStep_HasItsWords(string language)
    {
        var address = TestOrders.NewEmail();
        var order = await Host.PlaceAsync([(await Host.AddProductAsync(), 1)], address, language: language);
        var kinds = Enum.GetValues<TicketEventKind>().Where(k => TicketEvent.IsRecordStep(k) && k < TicketEventKind.AppointmentMoved).ToList();
        foreach (var kind in kinds)
        {
            await Host.MoveAsync(order, kind, _ => { }, "$15.00");
        }

        var mails = await Host.Mailbox.AllAsync(address);

        Assert.Equal(kinds.Count + 1, mails.Count);
        Assert.All(mails, mail => Check(mail, language));
    }

    private static void Check(ReceivedMail mail, string language)
    {
        var page = new HtmlParser().ParseDocument(mail.Html);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.All([mail.Subject, mail.Text, page.Body!.TextContent], text => Assert.DoesNotMatch(@"\{[a-z]+\}|\bMail\.|\bOrder\.|\bCase\.|Moment\.", Regex.Replace(text, "-- \n", "")));
        Assert.Single(page.QuerySelectorAll("a.button"));
        Assert.Empty(page.QuerySelectorAll("table, img, script, link, b"));
    }
}
