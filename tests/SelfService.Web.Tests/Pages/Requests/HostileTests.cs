using System.Net;
using System.Text;

namespace SelfService.Web.Tests.Pages.Requests;

/// <summary>Requests no form sends: none of them opens a case, loses one silently, or breaks the page.</summary>
[Collection(RequestPortalCollection.Name)]
public sealed class HostileTests(RequestPortal portal)
{
    [Fact]
    public async Task Post_MultipartThatEndsTooEarly_OpensNothing()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var bytes = await OnceTests.Simple(await portal.OpenAsync(browser), email).Content().ReadAsByteArrayAsync();
        var boundary = Encoding.ASCII.GetString(bytes, 2, Array.IndexOf(bytes, (byte)'\r') - 2);
        var content = new ByteArrayContent(bytes, 0, bytes.Length - 40);
        content.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary=\"{boundary}\"");

        using var answer = await browser.PostAsync("/solicitudes/simple", content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await portal.TicketsAsync(email));
    }

    [Fact]
    public async Task Post_TooManyFields_OpensNothing()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = OnceTests.Simple(await portal.OpenAsync(browser), email);

        using var answer = await (sent with { Fields = [.. Enumerable.Range(0, 2000).Select(i => ($"x{i}", "y")), .. sent.Fields] }).SendAsync(browser);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await portal.TicketsAsync(email));
    }

    [Theory]
    [InlineData(10_000, 400)]
    [InlineData(300_000, 400)]
    public async Task Post_TextMuchTooLong_OpensNothing(int length, int status)
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());

        using var answer = await OnceTests.Simple(await portal.OpenAsync(browser), email).With(("mensaje", new string('ñ', length))).SendAsync(browser);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(0, await portal.TicketsAsync(email));
        if (length == 10_000)
        {
            // What is too long for the field is not too long to come back.
            Assert.Equal(length, SentForm.Of(await answer.PageAsync()).Value("mensaje").Length);
        }
    }

    [Theory]
    [InlineData("uno\u0000dos", "unodos")]
    [InlineData("uno\uFFFEdos\uFFFF", "unodos")]
    [InlineData("Jose\u0301\u202E\u200B", "José")]
    [InlineData("👩\u200D🔧", "👩\u200D🔧")]
    [InlineData("<img src=x onerror=alert(1)> {{7*7}} ${7*7}", "<img src=x onerror=alert(1)> {{7*7}} ${7*7}")]
    public async Task Post_TextThatIsMoreThanText_IsStoredAsTextOnEveryDatabase(string typed, string stored)
    {
        var browser = portal.Host.Browser();
        var number = await SendTests.Whole(await portal.OpenAsync(browser, "todo"), RequestPortal.NewEmail())
            .With(("mensaje", typed), ("contact-name", typed), ("domicilio.street", typed)).AcceptedAsync(browser);

        var ticket = await portal.TicketAsync(number);

        Assert.Equal((stored, stored), (ticket.Messages.Single().Body, ticket.ContactName));
        Assert.Equal($"{stored}, México", ticket.Answers.Single(a => a.Name == "domicilio").Value);
    }

    [Theory]
    [InlineData("contact-email", "ana@ensayo.example\r\nBcc: todos@ensayo.example")]
    [InlineData("contact-email", "\uFFFE@ensayo.example")]
    [InlineData("contact-phone", "+52\uFFFE")]
    [InlineData("contact-name", "\u200B\u0000")]
    [InlineData("mensaje", " \u200B\r\n")]
    [InlineData("falla", "sin_servicio\u0000")]
    public async Task Post_ValueThatOnlyLooksLikeOne_IsAskedAgain(string control, string value)
    {
        var browser = portal.Host.Browser();

        var page = await SendTests.Whole(await portal.OpenAsync(browser, "todo"), RequestPortal.NewEmail()).With((control, value)).RefusedAsync(browser);

        Assert.Equal(["#campo-" + control], page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-es-una-clave")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task Post_KeyThatIsNone_OpensOneCaseUnderAKeyOfItsOwn(string key)
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());

        await OnceTests.Simple(await portal.OpenAsync(browser), email).With(("Key", key)).AcceptedAsync(browser);

        Assert.Equal(1, await portal.TicketsAsync(email));
    }

    [Fact]
    public async Task Post_KeyOfAReplyOrOfSomebodyElsesForm_ShowsNothingOfIt()
    {
        var (victim, thief, email) = (portal.Host.Browser(), portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = OnceTests.Simple(await portal.OpenAsync(victim), email);
        var number = await sent.AcceptedAsync(victim);

        // Even with the key, which nobody can guess: other words are another form, and the case stays closed.
        await OnceTests.Simple(await portal.OpenAsync(thief), RequestPortal.NewEmail()).With(("Key", sent.Value("Key"))).RefusedAsync(thief, 409);

        await thief.PageAsync($"/solicitudes/recibida/{number}", 404);
    }
}
