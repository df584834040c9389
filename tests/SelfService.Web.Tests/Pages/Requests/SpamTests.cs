using System.Globalization;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Pages.Requests;

/// <summary>Programs are held up and people are not: whatever happens, what was typed comes back and can be sent.</summary>
[Collection(RequestPortalCollection.Name)]
public sealed class SpamTests(RequestPortal portal)
{
    [Fact]
    public async Task Post_FieldForProgramsFilledIn_ComesBackAndCanBeSentAgain()
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());

        var page = await OnceTests.Simple(await portal.OpenAsync(browser), email).With(("website", "https://spam.example")).RefusedAsync(browser);

        Assert.Equal(0, await portal.TicketsAsync(email));
        Assert.NotNull(page.QuerySelector(".request-notice[role=alert]"));
        var again = SentForm.Of(page);
        Assert.Equal(("Hola", ""), (again.Value("mensaje"), again.Value("website")));
        await again.AcceptedAsync(browser);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(86_000, true)]
    [InlineData(86_500, false)]
    public async Task Post_TooFastOrTooLate_ComesBackAndIsTakenTheSecondTime(int seconds, bool accepted)
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());
        var sent = OnceTests.Simple(SentForm.Of(await browser.PageAsync("/solicitudes/simple")), email);
        portal.Clock.Advance(TimeSpan.FromSeconds(seconds));

        if (!accepted)
        {
            sent = SentForm.Of(await sent.RefusedAsync(browser));
            Assert.Equal(0, await portal.TicketsAsync(email));
            Assert.Equal("Hola", sent.Value("mensaje"));
            portal.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        await sent.AcceptedAsync(browser);
        Assert.Equal(1, await portal.TicketsAsync(email));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-20")]
    [InlineData("AAAA")]
    public async Task Post_MomentMadeUp_IsNotBelieved(string stamp)
    {
        var (browser, email) = (portal.Host.Browser(), RequestPortal.NewEmail());

        await OnceTests.Simple(await portal.OpenAsync(browser), email).With(("form-opened", stamp)).RefusedAsync(browser);

        Assert.Equal(0, await portal.TicketsAsync(email));
    }

    [Fact]
    public async Task Post_SixthOfAnHour_Answers429WithEverythingKeptAndAPersonsTelephone()
    {
        var email = RequestPortal.NewEmail();
        for (var number = 0; number < 5; number++)
        {
            // A browser of its own each time: the address counts, not the browser.
            var other = portal.Host.Browser();
            await OnceTests.Simple(await portal.OpenAsync(other), email).AcceptedAsync(other);
        }

        var browser = portal.Host.Browser();
        var sent = OnceTests.Simple(await portal.OpenAsync(browser), email);
        using var answer = await sent.SendAsync(browser);

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), 3000, 3600);
        var page = await answer.PageAsync();
        Assert.Equal("Hola", SentForm.Of(page).Value("mensaje"));
        Assert.NotNull(page.QuerySelector(".request-notice a[href='tel:+528005550100']"));
        Assert.Equal(5, await portal.TicketsAsync(email));

        portal.Clock.Advance(TimeSpan.FromHours(1));
        await SentForm.Of(page).AcceptedAsync(browser);
    }

    [Fact]
    public async Task Post_MoreThanANetworkMay_Answers429WithEverythingKept()
    {
        using var content = new TestFolder();
        RequestPortal.Fill(content);
        var clock = new AdvancingClock();
        await using var host = await RequestPortal.StartAsync(content, clock, new() { ["SelfService:Limits:RequestsPerHour"] = "2" });
        var browser = host.Browser();
        for (var number = 0; number < 2; number++)
        {
            await (await OpenAsync()).AcceptedAsync(browser);
        }

        var sent = await OpenAsync();
        using var answer = await sent.SendAsync(browser);
        using var files = await SendTests.Whole(SentForm.Of(await browser.PageAsync("/solicitudes/todo")), RequestPortal.NewEmail()).WithFile("fotos", "placa.png").SendAsync(browser);

        Assert.Equal((429, 429), ((int)answer.StatusCode, (int)files.StatusCode));
        Assert.NotNull(answer.Header("Retry-After"));
        Assert.Equal("Hola", SentForm.Of(await answer.PageAsync()).Value("mensaje"));
        Assert.Equal("No hay servicio", SentForm.Of(await files.PageAsync()).Value("mensaje"));

        async Task<SentForm> OpenAsync()
        {
            var opened = SentForm.Of(await browser.PageAsync("/solicitudes/simple"));
            clock.Advance(TimeSpan.FromSeconds(30));
            return OnceTests.Simple(opened, RequestPortal.NewEmail());
        }
    }
}
