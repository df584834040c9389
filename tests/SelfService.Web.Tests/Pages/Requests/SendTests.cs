using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Requests;

/// <summary>What is sent, what comes back, and the case it opens.</summary>
[Collection(RequestPortalCollection.Name)]
public sealed class SendTests(RequestPortal portal)
{
    [Fact]
    public async Task Post_Guest_OpensACaseAndShowsWhatHappensNext()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = await portal.OpenAsync(browser);
        var mails = await portal.MailsAsync();

        using var answer = await sent.With(("mensaje", "Mi pedido llegó roto"), ("contact-name", " Ana  Pérez "), ("contact-email", email.ToUpperInvariant()), ("contact-phone", "044 55 1234 5678")).SendAsync(browser);

        var page = await answer.PageAsync();
        var number = page.QuerySelector(".received-number strong").Words();
        var ticket = await portal.TicketAsync(number);
        Assert.Equal(("Preguntar otra cosa", "simple", "Preguntar otra cosa", "Ana Pérez", email, "+525512345678", "ayuda", "estandar", TicketPriority.Normal, "es", null),
            (ticket.Subject, ticket.Form, ticket.FormTitle, ticket.ContactName, ticket.ContactEmail, ticket.ContactPhone, ticket.Queue, ticket.Sla, ticket.Priority, ticket.Language, ticket.OpenedById));
        Assert.Equal("Mi pedido llegó roto", Assert.Single(ticket.Messages).Body);
        Assert.Equal("Lo revisa Ayuda.", page.QuerySelector(".promise strong").Words());
        Assert.Matches("^Le respondemos .*antes de", page.QuerySelector(".promise time").Words());
        Assert.Equal("Una persona lo lee.", page.QuerySelector(".received-next").Words());
        Assert.Contains(email, page.QuerySelector(".received-follow").Words(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"a[href='/casos/{number}']"));
        Assert.Equal(mails + 1, await portal.MailsAsync());
    }

    [Fact]
    public async Task Post_EveryType_KeepsEveryAnswerAsPeopleReadIt()
    {
        var browser = portal.Host.Browser();
        var sent = Whole(await portal.OpenAsync(browser, "todo"), RequestPortal.NewEmail());

        var ticket = await portal.TicketAsync(await sent.With(
            ("luces", "verde"), ("modelo", "a3"), ("desde", "2026-11-20"), ("importe", "1,234.5"), ("otro_telefono", "+54 9 11 5555-1234"), ("otro_correo", "Luz@Ensayo.example"), ("rfc", "gode561231gr8"),
            ("domicilio.street", "Juárez"), ("domicilio.number", "12"), ("domicilio.neighbourhood", "Centro"), ("domicilio.postcode", "72000"), ("domicilio.city", "Puebla"), ("domicilio.state", "Puebla")).AcceptedAsync(browser));

        Assert.Equal(
        [
            "¿Qué pasa?: No tengo internet", "¿Qué luces ve?: Verde", "Modelo: A3", "Desde: viernes, 20 de noviembre de 2026", "Importe: $1,234.50", "Otro teléfono: +54 9 11 5555-1234",
            "Otro correo: luz@ensayo.example", "RFC: GODE561231GR8", "Domicilio: Juárez 12, Centro, 72000 Puebla, Puebla, México", "Acepto el aviso.: Sí",
        ], ticket.Answers.Select(a => $"{a.Label}: {a.Value}"));
        Assert.Equal(("Falla: No tengo internet", "redes", "urgente", TicketPriority.High), (ticket.Subject, ticket.Queue, ticket.Sla, ticket.Priority));
        Assert.Equal("No hay servicio", Assert.Single(ticket.Messages).Body);
    }

    [Fact]
    public async Task Post_HiddenFields_AreNeitherRequiredNorStored()
    {
        var browser = portal.Host.Browser();
        var sent = Whole(await portal.OpenAsync(browser, "todo"), RequestPortal.NewEmail());

        var ticket = await portal.TicketAsync(await sent.With(("velocidad", "12")).AcceptedAsync(browser));

        Assert.DoesNotContain(ticket.Answers, a => a.Name == "velocidad");
        var page = await Whole(await portal.OpenAsync(browser, "todo"), RequestPortal.NewEmail()).With(("falla", "lento")).RefusedAsync(browser);
        Assert.Equal(["#campo-velocidad"], page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Post_Mistakes_ComeBackWithEverythingTypedAndLinksInTheOrderOfTheForm()
    {
        var browser = portal.Host.Browser();
        var sent = (await portal.OpenAsync(browser, "todo")).With(
            ("falla", "lento"), ("velocidad", "rápida"), ("luces", "roja"), ("modelo", "a5"), ("desde", "31/02/2026"), ("importe", "1.234"), ("otro_correo", "luz@"), ("rfc", "GODE561231GR9"),
            ("domicilio.street", "<b>Juárez</b> & \"Cía\""), ("mensaje", "\n  Primera línea\n</textarea><script>alert(1)</script>"), ("contact-phone", "12"));

        var page = await sent.RefusedAsync(browser);

        Assert.Equal(["campo-velocidad", "campo-desde", "campo-importe", "campo-otro_correo", "campo-acepto", "campo-contact-name", "campo-contact-phone"],
            page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")![1..]));
        Assert.All(page.QuerySelectorAll(".error-summary a"), a => Assert.NotNull(page.QuerySelector(a.GetAttribute("href")!)));
        var again = SentForm.Of(page);
        Assert.All(new[] { "falla", "velocidad", "luces", "modelo", "desde", "importe", "otro_correo", "rfc", "domicilio.street", "contact-phone" }, name => Assert.Equal(sent.Value(name), again.Value(name)));
        Assert.Equal("\n  Primera línea\n</textarea><script>alert(1)</script>", again.Value("mensaje"));
        Assert.Equal(sent.Value("Key"), again.Value("Key"));
        Assert.Equal("campo-velocidad-error", page.QuerySelector("#campo-velocidad")!.GetAttribute("aria-describedby"));
        Assert.NotNull(page.QuerySelector("#campo-rfc-doubt"));
    }

    [Fact]
    public async Task Post_WrongCheckDigit_IsTakenAndShownAsADoubt()
    {
        var browser = portal.Host.Browser();
        var sent = Whole(await portal.OpenAsync(browser, "todo"), RequestPortal.NewEmail());

        using var answer = await sent.With(("rfc", "GODE561231GR9")).SendAsync(browser);

        var page = await answer.PageAsync();
        Assert.Contains("«RFC»: GODE561231GR9", page.QuerySelector(".received-doubt").Words(), StringComparison.Ordinal);
        Assert.True((await portal.TicketAsync(page.QuerySelector(".received-number strong").Words())).Answers.Single(a => a.Name == "rfc").Warning);
    }

    [Theory]
    [InlineData("simple", "mensaje", "", "5512345678", "campo-contact-email")]
    [InlineData("llamada", "asunto", "ana@ensayo.example", "", "campo-contact-phone")]
    [InlineData("todo", "mensaje", "", "", "campo-contact-email")]
    public async Task Post_WithoutTheContactTheFormNeeds_SaysWhichIsMissing(string form, string field, string email, string phone, string missing)
    {
        var browser = portal.Host.Browser();
        var sent = await portal.OpenAsync(browser, form);
        sent = form == "todo" ? Whole(sent, email) : sent;

        var page = await sent.With((field, "Hola"), ("contact-name", "Ana"), ("contact-email", email), ("contact-phone", phone)).RefusedAsync(browser);

        Assert.Equal(["#" + missing], page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Post_OnlyATelephone_SaysToKeepTheNumber()
    {
        var browser = portal.Host.Browser();
        var sent = await portal.OpenAsync(browser, "llamada");

        using var answer = await sent.With(("asunto", "Mi internet"), ("contact-name", "Ana"), ("contact-phone", "55 8765 4321")).SendAsync(browser);

        var page = await answer.PageAsync();
        var number = page.QuerySelector(".received-number strong").Words();
        Assert.Contains($"Anote su número, {number}.", page.QuerySelector(".received-follow").Words(), StringComparison.Ordinal);
        var ticket = await portal.InAsync(db => db.Tickets.AsNoTracking().SingleAsync(t => t.Number == number));
        Assert.Equal(("Mi internet", null, "+525587654321"), (ticket.Subject, ticket.ContactEmail, ticket.ContactPhone));
    }

    [Fact]
    public async Task Post_SignedIn_TakesTheAccountsMailWhateverTheFormSays()
    {
        var browser = await portal.Host.BrowserOfAsync(Steps.Customer);
        var sent = await portal.OpenAsync(browser);

        var ticket = await portal.TicketAsync(await sent.With(("mensaje", "Hola"), ("contact-email", "victima@ensayo.example")).AcceptedAsync(browser));

        Assert.Equal((Steps.Customer, "Lucía Hernández"), (ticket.ContactEmail, ticket.ContactName));
        Assert.NotNull(ticket.OpenedById);
        Assert.Equal(ticket.OpenedById, ticket.Customer.PersonId);
        Assert.Equal(0, await portal.InAsync(db => db.TicketKeys.CountAsync(k => k.TicketId == ticket.Id)));
        Assert.Equal(0, await portal.TicketsAsync("victima@ensayo.example"));
    }

    [Fact]
    public async Task Post_FieldsThatAreNoneOfTheForm_ChangeNothing()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var person = await portal.InAsync(db => db.Users.Where(u => u.Email == Steps.Customer).Select(u => u.Id).SingleAsync());
        var sent = (await portal.OpenAsync(browser)).With(("mensaje", "Hola"), ("contact-name", "Ana"), ("contact-email", email));

        var ticket = await portal.TicketAsync(await sent.With(
            ("Queue", "redes"), ("Priority", "Urgent"), ("Sla", "urgente"), ("PersonId", person.ToString()), ("Person.Id", person.ToString()), ("Form.Queue", "redes"), ("Status", "Solved"),
            ("CustomerId", Guid.NewGuid().ToString()), ("Draft.Key", Guid.NewGuid().ToString()), ("Channel", "Phone"), ("Subject", "Otro"), ("form", "todo")).AcceptedAsync(browser));

        Assert.Equal(("ayuda", TicketPriority.Normal, "estandar", (Guid?)null, TicketStatus.New, Channel.Portal, "Preguntar otra cosa", "simple"),
            (ticket.Queue, ticket.Priority, ticket.Sla, ticket.OpenedById, ticket.Status, ticket.Channel, ticket.Subject, ticket.Form));
        Assert.Null(ticket.Customer.PersonId);
        Assert.Empty(ticket.Answers);
    }

    [Fact]
    public async Task Post_WithoutToken_IsRefusedAndOpensNothing()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = (await portal.OpenAsync(browser)).With(("mensaje", "Hola"), ("contact-name", "Ana"), ("contact-email", email)).Without("__RequestVerificationToken");

        await sent.RefusedAsync(browser);

        Assert.Equal(0, await portal.TicketsAsync(email));
    }

    /// <summary>The form of everything, filled in as far as it must be.</summary>
    internal static SentForm Whole(SentForm sent, string email) => sent.With(
        ("falla", "sin_servicio"), ("mensaje", "No hay servicio"), ("acepto", "true"), ("contact-name", "Ana Pérez"), ("contact-email", email));
}
