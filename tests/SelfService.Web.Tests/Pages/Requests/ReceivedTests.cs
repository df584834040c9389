using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Requests;

/// <summary>The confirmation: only for who may see the case.</summary>
[Collection(RequestPortalCollection.Name)]
public sealed class ReceivedTests(RequestPortal portal)
{
    [Fact]
    public async Task Get_OtherBrowser_Answers404AndTheOwnOneShowsIt()
    {
        var browser = portal.Host.Browser();
        var number = await OnceTests.Simple(await portal.OpenAsync(browser), RequestPortal.NewEmail()).AcceptedAsync(browser);

        Assert.Contains(number, (await browser.PageAsync($"/solicitudes/recibida/{number}")).QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain(number, (await portal.Host.Browser().PageAsync($"/solicitudes/recibida/{number}", 404)).QuerySelector("main").Words(), StringComparison.Ordinal);
        await (await portal.Host.BrowserOfAsync(Steps.Customer)).PageAsync($"/solicitudes/recibida/{number}", 404);
        Assert.NotNull(await browser.PageAsync($"/casos/{number}"));
    }

    [Theory]
    [InlineData("C-0000-0000")]
    [InlineData("nada")]
    [InlineData("%E2%80%8B")]
    public async Task Get_NumberThatIsNone_Answers404(string number) => await portal.Host.Browser().PageAsync($"/solicitudes/recibida/{number}", 404);

    [Fact]
    public async Task Get_Confirmation_IsNeitherKeptNorListed()
    {
        var browser = portal.Host.Browser();
        var number = await OnceTests.Simple(await portal.OpenAsync(browser), RequestPortal.NewEmail()).AcceptedAsync(browser);

        using var answer = await browser.GetAsync($"/solicitudes/recibida/{number}");

        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal("noindex", (await answer.PageAsync()).QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Fact]
    public async Task Get_InEnglish_SaysTheSame()
    {
        var browser = portal.Host.Browser(language: "en");
        var number = await OnceTests.Simple(await portal.OpenAsync(browser), RequestPortal.NewEmail()).AcceptedAsync(browser);

        var page = await browser.PageAsync($"/solicitudes/recibida/{number}");

        Assert.Equal("We have received your request", page.QuerySelector("h1").Words());
        Assert.Equal("es", page.QuerySelector(".received-next")!.GetAttribute("lang"));
        Assert.Equal("en", (await portal.TicketAsync(number)).Language);
    }

    [Fact]
    public async Task Get_SolvedMeanwhile_SaysWhereItStands()
    {
        var browser = portal.Host.Browser();
        var number = await OnceTests.Simple(await portal.OpenAsync(browser), RequestPortal.NewEmail()).AcceptedAsync(browser);
        await portal.InAsync(db => db.InTransactionAsync(async () =>
        {
            var ticket = db.Tickets.Single(t => t.Number == number);
            ticket.Solve(Actor.System, TimeSpan.FromDays(14), portal.Clock.GetUtcNow().UtcDateTime);
            return await Task.FromResult(true);
        }));

        Assert.Equal("Este caso está resuelto.", (await browser.PageAsync($"/solicitudes/recibida/{number}")).QuerySelector(".promise strong").Words());
    }
}
