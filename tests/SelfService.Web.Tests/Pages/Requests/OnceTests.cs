namespace SelfService.Web.Tests.Pages.Requests;

/// <summary>One form, one case: sent twice, refreshed, gone back to, changed.</summary>
[Collection(RequestPortalCollection.Name)]
public sealed class OnceTests(RequestPortal portal)
{
    [Fact]
    public async Task Post_EightAtOnceWithAFile_OpenOneCase()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = SendTests.Whole(await portal.OpenAsync(browser, "todo"), email).WithFile("fotos", "placa.png");

        var mails = await portal.MailsAsync();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sent.AcceptedAsync(browser)));

        var number = Assert.Single(numbers.Distinct());
        Assert.Equal(1, await portal.TicketsAsync(email));
        Assert.Equal("placa.png", Assert.Single(Assert.Single((await portal.TicketAsync(number)).Messages).Attachments).Name);
        Assert.Equal(mails + 1, await portal.MailsAsync());
    }

    [Fact]
    public async Task Get_ConfirmationAgain_OpensNothingAndSaysTheSame()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var number = await Simple(await portal.OpenAsync(browser), email).AcceptedAsync(browser);

        var first = await browser.PageAsync($"/solicitudes/recibida/{number}");
        var second = await browser.PageAsync($"/solicitudes/recibida/{number.ToLowerInvariant()}");

        Assert.Equal(first.QuerySelector("main").Words(), second.QuerySelector("main").Words());
        Assert.Equal(1, await portal.TicketsAsync(email));
    }

    [Fact]
    public async Task Post_AgainAfterTheAnswerWasLost_GivesTheSameCaseInANewBrowserToo()
    {
        var email = RequestPortal.NewEmail();
        var browser = portal.Host.Browser(followRedirects: false);
        var sent = Simple(await portal.OpenAsync(browser), email);

        using var lost = await sent.SendAsync(browser);
        using var again = await sent.SendAsync(browser);

        Assert.Equal(302, (int)lost.StatusCode);
        Assert.Equal(lost.Headers.Location, again.Headers.Location);
        Assert.Equal(1, await portal.TicketsAsync(email));
    }

    [Fact]
    public async Task Post_GoneBackAndChanged_SaysTheEarlierOneArrivedAndOffersAnother()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = Simple(await portal.OpenAsync(browser), email);
        var number = await sent.AcceptedAsync(browser);

        var page = await sent.With(("mensaje", "Otra cosa distinta")).RefusedAsync(browser, 409);

        Assert.Contains(number, page.QuerySelector(".request-notice").Words(), StringComparison.Ordinal);
        Assert.Contains("otra solicitud", page.QuerySelector("form#solicitud button").Words(), StringComparison.Ordinal);
        Assert.Equal(1, await portal.TicketsAsync(email));
        Assert.Equal("Hola", Assert.Single((await portal.TicketAsync(number)).Messages).Body);

        var another = SentForm.Of(page);
        Assert.NotEqual(sent.Value("Key"), another.Value("Key"));
        var second = await another.AcceptedAsync(browser);
        Assert.NotEqual(number, second);
        Assert.Equal("Otra cosa distinta", Assert.Single((await portal.TicketAsync(second)).Messages).Body);
    }

    [Fact]
    public async Task Post_GoneBackWithAnotherFile_IsAnotherRequestThatKeepsTheFile()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = SendTests.Whole(await portal.OpenAsync(browser, "todo"), email);
        var number = await sent.WithFile("fotos", "primera.png").AcceptedAsync(browser);

        var page = await sent.WithFile("fotos", "segunda.png").RefusedAsync(browser, 409);

        Assert.Contains("segunda.png", page.QuerySelector(".file-list").Words(), StringComparison.Ordinal);
        var second = await SentForm.Of(page).AcceptedAsync(browser);
        Assert.Equal("segunda.png", Assert.Single((await portal.TicketAsync(second)).Messages.Single().Attachments).Name);
        Assert.Equal("primera.png", Assert.Single((await portal.TicketAsync(number)).Messages.Single().Attachments).Name);
    }

    [Fact]
    public async Task Post_TwoFormsOfOnePerson_AreTwoCases()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());

        var first = await Simple(await portal.OpenAsync(browser), email).AcceptedAsync(browser);
        var second = await Simple(await portal.OpenAsync(browser), email).AcceptedAsync(browser);

        Assert.NotEqual(first, second);
        Assert.Equal(2, await portal.TicketsAsync(email));
        Assert.NotNull(await browser.PageAsync($"/solicitudes/recibida/{first}"));
    }

    internal static SentForm Simple(SentForm sent, string email) => sent.With(("mensaje", "Hola"), ("contact-name", "Ana"), ("contact-email", email));
}
