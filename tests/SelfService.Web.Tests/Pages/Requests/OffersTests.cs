using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Requests;

/// <summary>Articles beside a form: right for what they answer, none for what they do not.</summary>
[Collection(DemonstrationPortalCollection.Name)]
public sealed class OffersTests(DemonstrationPortal portal)
{
    private const string Address = "/solicitudes/reparacion-en-garantia/sugerencias";

    private static readonly string Cases = Path.Combine(
        Path.GetDirectoryName(PortalHost.DemonstrationContent)!, "tests", "SelfService.Web.Tests", "Pages", "Requests", "form-offers.txt");

    private static async Task<JsonElement> AskAsync(HttpClient browser, string text)
    {
        using var answer = await browser.SendFormAsync(Address, [("texto", text)], "application/json");
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private static List<string> Slugs(JsonElement offers) => [.. offers.EnumerateArray().Select(o => o.GetProperty("article").GetString()!)];

    [Fact]
    public async Task Post_WhatPeopleWrite_OffersWhatAnswersAndNothingBesideThePoint()
    {
        using var browser = portal.Host.Browser();
        var (answerable, answered, others, quiet) = (0, 0, 0, 0);
        var wrong = new List<string>();

        foreach (var line in (await File.ReadAllLinesAsync(Cases)).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var parts = line.Split("=>", 2);
            var wanted = parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var found = Slugs(await AskAsync(browser, parts[0].Trim().Replace(" / ", "\n")));
            var isRight = wanted.Length == 0 ? found.Count == 0 : found.Any(wanted.Contains);
            (answerable, answered) = wanted.Length > 0 ? (answerable + 1, answered + (isRight ? 1 : 0)) : (answerable, answered);
            (others, quiet) = wanted.Length == 0 ? (others + 1, quiet + (isRight ? 1 : 0)) : (others, quiet);
            wrong.AddRange(isRight ? [] : [$"{line}   got {string.Join(' ', found)}"]);
        }

        Assert.True(answerable > 60 && others > 50);
        // People may write anything: nineteen of twenty.
        Assert.True(answered >= 0.95 * answerable && quiet >= 0.95 * others, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public async Task Post_Text_GivesWhatThePanelShowsFiveAtMost()
    {
        using var browser = portal.Host.Browser();

        var offers = await AskAsync(browser, "Lavadora\nMuestra un código en la pantalla\nE2\nLa lavadora no desagua");

        Assert.InRange(offers.GetArrayLength(), 1, OfferArticles.MaxOffers);
        foreach (var offer in offers.EnumerateArray())
        {
            Assert.Equal(["article", "title", "url", "section", "summary", "topic"], offer.EnumerateObject().Select(p => p.Name));
            Assert.StartsWith("/articulos/" + offer.GetProperty("article").GetString(), offer.GetProperty("url").GetString(), StringComparison.Ordinal);
            Assert.NotEqual("", offer.GetProperty("summary").GetString());
            Assert.NotEqual("", offer.GetProperty("topic").GetString());
            await browser.PageAsync(offer.GetProperty("url").GetString()!.Split('#')[0]);
        }

        Assert.Contains("lavadora-no-desagua", Slugs(offers));
    }

    [Fact]
    public async Task Post_SectionThatAnswers_LeadsToAHeadingThatExists()
    {
        using var browser = portal.Host.Browser();

        var offers = await AskAsync(browser, "La luz roja del módem parpadea y no hay internet");
        var section = offers.EnumerateArray().First(o => o.GetProperty("section").ValueKind == JsonValueKind.String).GetProperty("url").GetString()!;
        var page = await browser.PageAsync(section.Split('#')[0]);

        Assert.NotNull(page.GetElementById(section.Split('#')[1]));
    }

    [Fact]
    public async Task Post_LongStory_LooksAtItsEndAndIsAnswered()
    {
        using var browser = portal.Host.Browser();
        var story = string.Concat(Enumerable.Repeat("Ayer fui con mi tía al parque y vimos unos patos. ", 400));

        Assert.Empty(Slugs(await AskAsync(browser, story)));
        Assert.Contains("lavadora-no-desagua", Slugs(await AskAsync(browser, story + "Mi lavadora no desagua.")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("\u0001\uFFFD")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"\"\"\" ' OR 1=1 --")]
    public async Task Post_NothingOrHostileText_OffersNothing(string text)
    {
        using var browser = portal.Host.Browser();

        Assert.Empty(Slugs(await AskAsync(browser, text)));
    }

    [Fact]
    public async Task Post_Answer_IsKeptByNobodyAndSetsNoCookie()
    {
        using var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync(Address, [("texto", "mi lavadora no desagua")]);

        Assert.True(answer.Headers.CacheControl is { NoStore: true });
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Post_FromAnotherSiteOrNoForm_IsRefused()
    {
        using var browser = portal.Host.Browser();

        using var foreign = await browser.SendFormAsync(Address, [("texto", "mi lavadora no desagua")], site: "cross-site");
        using var unknown = await browser.SendFormAsync(Address, [("texto", "mi lavadora no desagua")], site: null);
        using var json = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Headers = { { "Sec-Fetch-Site", "same-origin" } },
            Content = new StringContent("{\"texto\":\"mi lavadora no desagua\"}", new MediaTypeHeaderValue("application/json")),
        });
        using var get = await browser.GetAsync(Address + "?texto=mi%20lavadora%20no%20desagua");
        using var nowhere = await browser.SendFormAsync("/solicitudes/no-existe/sugerencias", [("texto", "mi lavadora no desagua")]);

        Assert.Equal([400, 400, 400, 404], new[] { foreign, unknown, json, nowhere }.Select(a => (int)a.StatusCode));
        Assert.True((int)get.StatusCode is 404 or 405);
    }

    [Fact]
    public async Task Post_BeyondTheLimit_WaitsAndLeavesTheSearchBoxAlone()
    {
        await using var host = await PortalHost.StartAsync(settings: new Dictionary<string, string?> { ["SelfService:Limits:SuggestionsPerMinute"] = "2" }, environment: "Production");
        using var browser = host.Browser();
        var answers = new List<HttpResponseMessage>();
        for (var time = 0; time < 3; time++)
        {
            answers.Add(await browser.SendFormAsync(Address, [("texto", "hola")]));
        }

        Assert.Equal([200, 200, 429], answers.Select(a => (int)a.StatusCode));
        Assert.NotNull(answers[2].Headers.RetryAfter);
        Assert.Equal(200, (int)(await browser.GetAsync("/sugerencias?q=lav")).StatusCode);
    }
}

/// <summary>"Esto resolvió mi duda".</summary>
[Collection(DemonstrationPortalCollection.Name)]
public sealed class SolvedTests(DemonstrationPortal portal)
{
    private const string Address = "/solicitudes/reparacion-en-garantia/resuelto";

    private async Task<List<VisitStep>> SolvedAsync(Guid visitor)
    {
        await portal.Host.Services.GetRequiredService<StepLog>().FlushAsync(CancellationToken.None);
        await using var scope = portal.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().VisitSteps.AsNoTracking().Where(s => s.VisitorId == visitor).ToListAsync();
    }

    private static HttpClient With(HttpClient browser, Guid visitor)
    {
        browser.DefaultRequestHeaders.Add("Cookie", $"visita={visitor:N}");
        return browser;
    }

    [Fact]
    public async Task Post_Solved_IsRecordedOpensNothingAndThanks()
    {
        var visitor = Guid.NewGuid();
        using var browser = With(portal.Host.Browser(), visitor);
        var before = await TicketsAsync();

        using var answer = await browser.SendFormAsync(Address, [("Article", "lavadora-no-desagua"), ("mensaje", "secreto-que-no-se-guarda")]);

        Assert.Equal("/solicitudes/gracias", answer.RequestMessage!.RequestUri!.AbsolutePath);
        var page = await answer.PageAsync();
        Assert.DoesNotContain("secreto", page.DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("main a[href='/solicitudes/reparacion-en-garantia']"));
        Assert.NotNull(page.QuerySelector("main a[href^='tel:']"));
        var step = Assert.Single(await SolvedAsync(visitor));
        Assert.Equal((VisitStepKind.SolvedByArticle, "lavadora-no-desagua", "reparacion-en-garantia"), (step.Kind, step.Subject, step.Form));
        Assert.Equal(before, await TicketsAsync());
    }

    [Fact]
    public async Task Post_FromAnotherSite_RecordsNothing()
    {
        var visitor = Guid.NewGuid();
        using var browser = With(portal.Host.Browser(), visitor);

        using var answer = await browser.SendFormAsync(Address, [("Article", "lavadora-no-desagua")], site: "cross-site");

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Empty(await SolvedAsync(visitor));
    }

    [Theory]
    [InlineData("/solicitudes/no-existe/resuelto", "lavadora-no-desagua")]
    [InlineData(Address, "no-existe")]
    [InlineData(Address, "criterios-de-excepcion-de-garantia")]
    [InlineData(Address, "")]
    public async Task Post_FormOrArticleThatIsNotThere_IsNotFound(string address, string article)
    {
        var visitor = Guid.NewGuid();
        using var browser = With(portal.Host.Browser(), visitor);

        using var answer = await browser.SendFormAsync(address, [("Article", article)]);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Empty(await SolvedAsync(visitor));
    }

    [Fact]
    public async Task Post_WithGlobalPrivacyControl_ThanksAndRecordsNothing()
    {
        var visitor = Guid.NewGuid();
        using var browser = With(portal.Host.Browser(followRedirects: false), visitor);
        browser.DefaultRequestHeaders.Add("Sec-GPC", "1");

        using var answer = await browser.SendFormAsync(Address, [("Article", "lavadora-no-desagua")]);

        Assert.Equal("/solicitudes/gracias?de=reparacion-en-garantia", answer.Headers.Location?.ToString());
        Assert.Null(answer.Header("Set-Cookie"));
        Assert.Empty(await SolvedAsync(visitor));
    }

    [Fact]
    public async Task Get_Solved_SaysNothingAndLeadsToTheForm()
    {
        using var browser = portal.Host.Browser(followRedirects: false);

        using var answer = await browser.GetAsync(Address + "?Article=lavadora-no-desagua");

        Assert.Equal("/solicitudes/reparacion-en-garantia", answer.Headers.Location?.ToString());
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Theory]
    [InlineData("/solicitudes/gracias")]
    [InlineData("/solicitudes/gracias?de=no-existe")]
    [InlineData("/solicitudes/gracias?de=%3Cscript%3E")]
    [InlineData("/solicitudes/gracias?de=llamada&de=otra-solicitud")]
    public async Task Get_ThanksWithoutAForm_HasAWayOn(string address)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(address);

        Assert.NotNull(page.QuerySelector("main a[href='/']"));
        Assert.Null(page.QuerySelector("main script"));
    }

    private async Task<int> TicketsAsync()
    {
        await using var scope = portal.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Tickets.CountAsync();
    }
}
