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

    [Theory]
    [InlineData("/informes", "Todavía no hay nada decidido")]
    [InlineData("/informes/articulos", "Todavía no hay nada decidido")]
    [InlineData("/informes/busquedas", "Todavía no hay nada decidido")]
    [InlineData("/informes/formularios", "Todavía no hay nada decidido")]
    [InlineData("/informes/temas", "Todavía no hay nada decidido")]
    [InlineData("/informes/canales", "Todavía no hay nada decidido")]
    [InlineData("/informes/experimentos", "Todavía no hay nada decidido")]
    [InlineData("/informes/vacios", "Todavía no hay nada decidido")]
    public async Task Get_NothingDecided_SaysSoOnEveryPage(string address, string words)
    {
        using var editor = await host.BrowserOfAsync("elena@brisal.example");
        using var english = await host.BrowserOfAsync("elena@brisal.example", language: "en");

        var page = await editor.PageAsync(address);

        Assert.Contains(words, page.QuerySelector(".empty").Words(), StringComparison.Ordinal);
        Assert.Equal(address, page.QuerySelector("main nav:not(.staff-nav) [aria-current=page]")!.GetAttribute("href")!.Split('?')[0]);
        await english.PageAsync(address);
    }

    [Fact]
    public async Task Get_DecidedDays_ShowsTheShareWithItsIntervalAndWhatItDoesNotMean()
    {
        var day = await DecidedAsync(views: 60, contacts: 12);
        using var agent = await host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/informes/articulos?desde={day}&hasta={day}&plazo=24");

        var row = page.QuerySelector("tbody tr").Words();
        Assert.Contains("20.0", row, StringComparison.Ordinal);
        Assert.Contains("11.8", row, StringComparison.Ordinal);
        Assert.Contains("La encontraron con «luz roja» (4)", row, StringComparison.Ordinal);
        Assert.Contains("no prueba que el artículo resolvió la duda", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Contains("7 páginas que no son lecturas", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Equal($"/articulos/{Slug}", page.QuerySelector("tbody a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_Summary_GoesFromWhatPeopleSayToMereVolume()
    {
        var day = await DecidedAsync(views: 60, contacts: 12);
        using var agent = await host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/informes?desde={day}&hasta={day}&plazo=24");

        Assert.Equal(
            ["Lo que dicen y lo que cumplimos", "Visitas que terminan en un contacto", "Lo que se ha probado", "Volumen", "Día por día"], page.QuerySelectorAll("main h3").Select(h => h.Words()));
        Assert.Contains("En 20.0", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Contains("; 50 visitas)", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Contains("Ningún experimento de estos días", page.QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Searches_ShowsWhatCameOfThem()
    {
        var day = await DecidedAsync(views: 60, contacts: 12);
        using var agent = await host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/informes/busquedas?desde={day}&hasta={day}&plazo=72");

        Assert.Equal(["cita de noche", "9", "0", "7", "1", "2", "3", "—"], page.QuerySelectorAll("tbody tr").First(r => r.Words().Contains("cita", StringComparison.Ordinal)).Children.Select(c => c.Words()));
    }

    [Fact]
    public async Task Post_Gap_BecomesOneDraftWithTheWordsOfCustomers()
    {
        await DecidedAsync(views: 60, contacts: 12);
        using var editor = await host.BrowserOfAsync("elena@brisal.example");
        using var agent = await host.BrowserOfAsync(Steps.Agent);
        var list = await editor.PageAsync("/informes/vacios?desde=" + Month().ToString("uuuu-MM-dd", null));
        var address = list.QuerySelector("tbody a")!.GetAttribute("href")!;

        using var made = await editor.FillAsync(address, "main form[method=post]", ("tema", "citas-y-visitas"));
        var draft = await made.PageAsync();
        using var again = await editor.FillAsync(address, "main form[method=post]", ("tema", "citas-y-visitas"));
        using var nowhere = await editor.FillAsync(address, "main form[method=post]", ("tema", "no-hay"));

        Assert.Equal("Cita de noche", draft.QuerySelector("h1").Words());
        Assert.Contains("visita nocturna de la cita", draft.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Equal(made.RequestMessage!.RequestUri, again.RequestMessage!.RequestUri);
        Assert.Equal(HttpStatusCode.BadRequest, nowhere.StatusCode);
        Assert.Null((await agent.PageAsync(address)).QuerySelector("main form[method=post]"));
        Assert.StartsWith("---\ntitle: \"Cita de noche\"", await (await editor.GetAsync(made.RequestMessage.RequestUri + "/historial?handler=Archivo&n=1")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(made.RequestMessage.RequestUri)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/informes/vacios/nada")).StatusCode);
        using var customer = await host.BrowserOfAsync(Steps.Customer);
        Assert.Equal(HttpStatusCode.NotFound, (await customer.GetAsync("/articulos/cita-de-noche")).StatusCode);
    }

    [Fact]
    public async Task Get_FewViews_ShowsNoShare()
    {
        var day = await DecidedAsync(views: 5, contacts: 5);
        using var agent = await host.BrowserOfAsync(Steps.Agent);

        var row = (await agent.PageAsync($"/informes/articulos?desde={day}&hasta={day}&plazo=24")).QuerySelector("tbody tr").Words();

        Assert.Contains("—", row, StringComparison.Ordinal);
        Assert.DoesNotContain("100", row, StringComparison.Ordinal);
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

        using var answer = await agent.FillAsync($"/informes/articulos?desde={day}&hasta={day}&plazo=24", "form[method=post][action='/informes/articulos']");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync()).Trim().Split("\r\n");
        Assert.StartsWith("from,to,window_hours,title,views,before,engaged,contact,contact_share,contact_share_low,contact_share_high,effect,effect_low,effect_high,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{day},{day},24,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",40,0,20,4,0.1,", lines[1], StringComparison.Ordinal);
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

        // At once: what was opened need not be written yet.
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(reader, Slug, "leido", "same-origin"));
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(reader, Slug, "visto", "same-origin"));
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(reader, "que-no-abrio", "leido", "same-origin"));
        Assert.Equal(HttpStatusCode.BadRequest, await SayAsync(reader, Slug + "\0", "leido", "same-origin"));
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(reader, new string('ñ', 10_000), "leido", "same-origin"));
        Assert.Equal(HttpStatusCode.BadRequest, await SayAsync(reader, Slug, "leido", "cross-site"));
        Assert.Equal(HttpStatusCode.BadRequest, await SayAsync(reader, Slug, "inventado", "same-origin"));
        using var stranger = host.Browser();
        Assert.Equal(HttpStatusCode.NoContent, await SayAsync(stranger, Slug, "leido", "same-origin"));
        await FlushAsync();

        Assert.Equal(
            [(VisitStepKind.Engaged, Slug), (VisitStepKind.Shown, Slug)],
            (await InAsync(db => db.VisitSteps.Where(s => s.Kind == VisitStepKind.Engaged || s.Kind == VisitStepKind.Shown).OrderBy(s => s.At).ToListAsync())).Select(s => (s.Kind, s.Subject)));
    }

    [Fact]
    public async Task Get_PictureWithoutScripts_SaysThatItWasShown()
    {
        using var reader = host.Browser();
        var page = await reader.PageAsync($"/articulos/{Slug}");
        var picture = "/eventos/visto.gif?articulo=" + Slug;
        Assert.Contains(picture, page.QuerySelector("noscript")!.InnerHtml, StringComparison.Ordinal);

        async Task<HttpResponseMessage> FetchAsync(string site)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, picture) { Headers = { { "Sec-Fetch-Site", site } } };
            return await reader.SendAsync(request);
        }

        using var shown = await FetchAsync("same-origin");
        using var foreign = await FetchAsync("cross-site");
        using var bare = await reader.GetAsync(picture);
        await FlushAsync();

        Assert.Equal("image/gif", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (foreign.StatusCode, bare.StatusCode));
        Assert.Equal(1, await InAsync(db => db.VisitSteps.CountAsync(s => s.Kind == VisitStepKind.Shown)));
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

    private LocalDate Month() => SystemClock.Instance.GetCurrentInstant().InZone(host.Services.GetRequiredService<CompanyProfile>().TimeZone).Date.PlusDays(-30);

    // One day a month ago as the portal closes it: views each by a visitor of her own, some of whom wrote, and searches in vain.
    private async Task<string> DecidedAsync(int views, int contacts)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var day = Month();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        db.ArticleDays.Add(new ArticleDay
        {
            Day = day,
            WindowHours = 24,
            Slug = Slug,
            Views = views,
            Engaged = views / 2,
            Potential = views - contacts,
            Machines = 7,
            Visitors = views,
            Counted = views,
            Contact = contacts,
            ContactSquared = contacts,
            CountedSquared = views,
            Products = contacts,
        });
        db.VisitDays.Add(new VisitDay
        {
            Day = day,
            WindowHours = 24,
            Visits = 70,
            WithIntent = 50,
            Visitors = 50,
            Counted = 50,
            Contact = 10,
            ContactSquared = 10,
            CountedSquared = 50,
            Products = 10,
        });
        db.FoundDays.Add(new FoundDay { Day = day, WindowHours = 24, Term = "luz roja", Slug = Slug, Example = "luz roja", Counted = 4, Visitors = 4 });
        db.SearchDays.AddRange(
            new SearchDay { Day = day, WindowHours = 72, Term = "cita noche", Example = "cita de noche", Searches = 9, InVain = 7, NoClick = 1, Reformulated = 2, Visitors = 9, Counted = 9, Contact = 3, ContactSquared = 3, CountedSquared = 9, Products = 3 },
            new SearchDay { Day = day, WindowHours = 72, Term = "cita noche visita", Example = "visita nocturna de la cita", Searches = 2, InVain = 2 });
        db.ClosedDays.Add(new ClosedDay { Day = day, WindowHours = 24, ClosedAt = DateTime.UtcNow });
        await db.SaveChangesAsync();
        return day.ToString("uuuu-MM-dd", null);
    }

    private Task FlushAsync() => host.Services.GetRequiredService<StepLog>().FlushAsync(default);

    private static async Task<HttpStatusCode> SayAsync(HttpClient browser, string slug, string what, string site)
    {
        using var answer = await browser.SendFormAsync("/eventos", [("articulo", slug), ("que", what)], site: site);
        return answer.StatusCode;
    }

    private async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }
}
