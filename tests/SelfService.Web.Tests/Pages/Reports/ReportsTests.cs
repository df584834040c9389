using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Reports;

public sealed class ReportsTests : IAsyncLifetime
{
    private const string Slug = "luces-del-nodo-6";

    private PortalHost host = null!;

    public async Task InitializeAsync() => host = await PortalHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Get_NothingDecided_SaysSo()
    {
        using var editor = await host.BrowserOfAsync("elena@brisal.example");

        Assert.Contains("Todavía no hay lecturas decididas", (await editor.PageAsync("/informes")).QuerySelector(".empty").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_DecidedDays_ShowsTheShareWithItsIntervalAndWhatItDoesNotMean()
    {
        var day = await DecidedAsync(views: 60, contacts: 12);
        using var agent = await host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/informes?desde={day}&hasta={day}&plazo=24");

        var main = page.QuerySelector("main").Words();
        Assert.Contains("En 20.0", main, StringComparison.Ordinal);
        Assert.Contains("(intervalo de 95 %: 11.8", main, StringComparison.Ordinal);
        Assert.Contains("60 lecturas de 60 visitantes", main, StringComparison.Ordinal);
        Assert.Contains("no prueba que el artículo resolvió la duda", main, StringComparison.Ordinal);
        Assert.Equal($"/articulos/{Slug}", page.QuerySelector("tbody a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_FewViews_ShowsNoShare()
    {
        var day = await DecidedAsync(views: 5, contacts: 5);
        using var agent = await host.BrowserOfAsync(Steps.Agent);

        var main = (await agent.PageAsync($"/informes?desde={day}&hasta={day}&plazo=24")).QuerySelector("main").Words();

        Assert.Contains("Con menos de 30 lecturas no se muestra una proporción", main, StringComparison.Ordinal);
        Assert.DoesNotContain("100", main, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?desde=9999-12-31&hasta=0001-01-01&plazo=99")]
    [InlineData("?desde=ayer&plazo=-1")]
    [InlineData("?desde=2026-12-01&hasta=2026-01-01")]
    public async Task Get_NonsenseInTheAddress_ShowsTheLastDays(string query)
    {
        using var agent = await host.BrowserOfAsync(Steps.Agent);

        Assert.NotNull((await agent.PageAsync("/informes" + query)).QuerySelector("h1"));
    }

    [Fact]
    public async Task Post_Table_IsAFile()
    {
        var day = await DecidedAsync(views: 40, contacts: 4);
        using var agent = await host.BrowserOfAsync(Steps.Agent);

        using var answer = await agent.FillAsync($"/informes?desde={day}&hasta={day}&plazo=24", "form[method=post][action='/informes']");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).Trim().Split("\r\n");
        Assert.Contains($"{Slug},", lines[1], StringComparison.Ordinal);
        Assert.Contains(",40,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Customer_IsNotFound()
    {
        using var customer = await host.BrowserOfAsync(Steps.Customer);

        Assert.Equal(HttpStatusCode.NotFound, (await customer.GetAsync("/informes")).StatusCode);
    }

    [Fact]
    public async Task Post_Reading_CountsForWhoHasOpenedTheArticleAndForNobodyElse()
    {
        using var reader = host.Browser();
        await reader.PageAsync($"/articulos/{Slug}");
        await FlushAsync();

        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(reader, Slug, "same-origin"));
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(reader, "que-no-abrio", "same-origin"));
        Assert.Equal(HttpStatusCode.BadRequest, await SayAsync(reader, Slug, "cross-site"));
        using var stranger = host.Browser();
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(stranger, Slug, "same-origin"));
        await FlushAsync();

        Assert.Equal([Slug], await InAsync(db => db.VisitSteps.Where(s => s.Kind == VisitStepKind.Engaged).Select(s => s.Subject).ToListAsync()));
    }

    [Fact]
    public async Task Get_Search_RecordsHowMuchWasFound()
    {
        using var reader = host.Browser();
        await reader.PageAsync("/buscar?q=internet");
        await reader.PageAsync("/buscar?q=qwxkjzvbnm");
        await FlushAsync();

        var hits = await InAsync(db => db.VisitSteps.Where(s => s.Kind == VisitStepKind.Searched).ToDictionaryAsync(s => s.Subject, s => s.Hits));
        Assert.True(hits["internet"] > 0);
        Assert.Equal(0, hits["qwxkjzvbnm"]);
    }

    // Views of one day a month ago, each by a visitor of her own, some of whom wrote; as the portal closes it.
    private async Task<string> DecidedAsync(int views, int contacts)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var company = scope.ServiceProvider.GetRequiredService<CompanyProfile>();
        var day = SystemClock.Instance.GetCurrentInstant().InZone(company.TimeZone).Date.PlusDays(-30);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        db.ArticleDays.Add(new ArticleDay
        {
            Day = day,
            WindowHours = 24,
            Slug = Slug,
            Views = views,
            Engaged = views / 2,
            Contact = contacts,
            Potential = views - contacts,
            Visitors = views,
            ContactSquared = contacts,
            CountedSquared = views,
            Products = contacts,
        });
        db.ClosedDays.Add(new ClosedDay { Day = day, WindowHours = 24, ClosedAt = DateTime.UtcNow });
        await db.SaveChangesAsync();
        return day.ToString("uuuu-MM-dd", null);
    }

    private Task FlushAsync() => host.Services.GetRequiredService<StepLog>().FlushAsync(default);

    private static async Task<HttpStatusCode> SayAsync(HttpClient browser, string slug, string site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/articulos/{slug}/leido");
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await browser.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }
}
