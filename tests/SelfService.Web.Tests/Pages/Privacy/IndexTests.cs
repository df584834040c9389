using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Privacy;

[Collection(TrialPortalCollection.Name)]
public sealed class IndexTests(TrialPortal portal)
{
    private const string Address = "/privacidad";

    [Fact]
    public async Task Post_OfABrowser_DeletesWhatItDidAndItsCookieAndNobodyElses()
    {
        using var ana = portal.Host.Browser();
        using var bea = portal.Host.Browser();
        var (hers, others) = (await ReadAsync(ana), await ReadAsync(bea));

        Assert.NotNull((await ana.PageAsync(Address)).QuerySelector("main form button"));
        (await ana.FillAsync(Address, "main form[method=post]")).Dispose();

        var page = await ana.PageAsync(Address);
        Assert.Equal((0, 1), (await StepsOfAsync(hers), await StepsOfAsync(others)));
        Assert.Null(page.QuerySelector("main form"));
    }

    [Fact]
    public async Task Get_WithNothingToDelete_SaysSo()
    {
        using var anybody = portal.Host.Browser();

        var page = await anybody.PageAsync(Address);

        Assert.Null(page.QuerySelector("main form"));
        Assert.Contains("no tenemos nada", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WhoAsksNotToBeFollowed_IsToldThatSheIsNot()
    {
        using var nobody = portal.Host.Browser();
        nobody.DefaultRequestHeaders.Add("Sec-GPC", "1");

        Assert.Contains("no se relacionan", (await nobody.PageAsync(Address)).Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<Guid> ReadAsync(HttpClient browser)
    {
        using var answer = await browser.GetAsync("/articulos/corto");
        var cookie = answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("visita=", StringComparison.Ordinal));
        await portal.Host.Services.GetRequiredService<StepLog>().FlushAsync(CancellationToken.None);
        return Guid.ParseExact(cookie["visita=".Length..cookie.IndexOf(';')], "N");
    }

    private async Task<int> StepsOfAsync(Guid visitor)
    {
        await using var scope = portal.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().VisitSteps.CountAsync(s => s.VisitorId == visitor);
    }
}
