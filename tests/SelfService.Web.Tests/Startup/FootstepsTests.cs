using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Journeys;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Startup;

/// <summary>What is recorded of a visitor's way, whom it is given to, and who leaves nothing.</summary>
[Collection(TrialPortalCollection.Name)]
public sealed class FootstepsTests(TrialPortal portal)
{
    private const string Telephone = "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36";

    private static Guid? VisitorIn(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.FirstOrDefault(c => c.StartsWith("visita=", StringComparison.Ordinal)) is { } cookie
            ? Guid.ParseExact(cookie["visita=".Length..cookie.IndexOf(';')], "N") : null;

    private async Task<List<VisitStep>> StoredAsync(Func<IQueryable<VisitStep>, IQueryable<VisitStep>> which)
    {
        await portal.Host.Services.GetRequiredService<StepLog>().FlushAsync(CancellationToken.None);
        await using var scope = portal.Host.Services.CreateAsyncScope();
        var steps = scope.ServiceProvider.GetRequiredService<PortalDbContext>().VisitSteps.AsNoTracking();
        return await which(steps).OrderBy(s => s.At).ToListAsync();
    }

    private async Task<IReadOnlyList<TrailStep>> TrailOfTicketAsync(Guid? visitor)
    {
        await portal.Host.Services.GetRequiredService<StepLog>().FlushAsync(CancellationToken.None);
        await using var scope = portal.Host.Services.CreateAsyncScope();
        var opened = await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(
            new TicketRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Queue = "help",
                Sla = "standard",
                Subject = "Sigue goteando",
                Message = "Ya leí los artículos.",
                Contact = new Contact("Ana", $"{Guid.NewGuid():N}@ejemplo.example", null, null),
                VisitorId = visitor,
            },
            CancellationToken.None);
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        return (await db.Tickets.AsNoTracking().SingleAsync(t => t.Id == opened.Id)).Trail;
    }

    [Fact]
    public async Task Get_SearchThenArticles_GoAlongWithTheTicketInOrder()
    {
        using var ana = portal.Host.Browser();
        using var first = await ana.GetAsync("/buscar?q=Zarzamora%20del%20tr%C3%A1mite");
        (await ana.GetAsync("/buscar?q=Zarzamora%20del%20tr%C3%A1mite&pagina=2")).Dispose();
        (await ana.GetAsync("/articulos/paso-01")).Dispose();
        (await ana.GetAsync("/articulos/corto")).Dispose();

        var trail = await TrailOfTicketAsync(VisitorIn(first));

        Assert.Equal(
            [("search", "Zarzamora del trámite", "/buscar?q=Zarzamora%20del%20tr%C3%A1mite"), ("article", "Paso 01 del trámite", "/articulos/paso-01"), ("article", "Artículo corto", "/articulos/corto")],
            trail.Select(s => (s.Kind, s.Text, s.Url)));
    }

    [Fact]
    public async Task Get_ArticleThatTheBrowserHas_IsRecordedAllTheSame()
    {
        using var ana = portal.Host.Browser();
        using var first = await ana.GetAsync("/articulos/paso-29");
        ana.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await ana.GetAsync("/articulos/paso-29");

        Assert.Equal(304, (int)again.StatusCode);
        Assert.Equal(2, (await StoredAsync(steps => steps.Where(s => s.VisitorId == VisitorIn(first) && s.Subject == "paso-29"))).Count);
    }

    [Fact]
    public async Task Get_ArticleThatIsKept_IsRecordedForEachReaderAndHoldsNobodysCookie()
    {
        using var ana = portal.Host.Browser();
        using var eva = portal.Host.Browser();
        ana.Asks("br");
        eva.Asks("br");
        using var made = await ana.GetAsync("/articulos/paso-40");
        using var kept = await eva.GetAsync("/articulos/paso-40");
        using var again = await eva.GetAsync("/articulos/paso-40");

        Assert.Null(made.Headers.Age);
        Assert.NotNull(kept.Headers.Age);
        Assert.NotNull(again.Headers.Age);
        Assert.NotNull(VisitorIn(made));
        Assert.NotNull(VisitorIn(kept));
        Assert.Null(VisitorIn(again));
        Assert.NotEqual(VisitorIn(made), VisitorIn(kept));
        Assert.Equal(["Paso 40 del trámite"], (await TrailOfTicketAsync(VisitorIn(made))).Select(s => s.Text));
        Assert.Equal(["Paso 40 del trámite"], (await TrailOfTicketAsync(VisitorIn(kept))).Select(s => s.Text));
    }

    [Fact]
    public async Task Get_ByManyAtOnce_GivesEachACookieOfHerOwn()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
        {
            using var browser = portal.Host.Browser();
            return await browser.GetAsync("/articulos/paso-41");
        }));

        Assert.All(answers, answer => Assert.Single(answer.Headers.GetValues("Set-Cookie")));
        Assert.Equal(answers.Length, answers.Select(VisitorIn).Distinct().Count());
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Get_ByTwoVisitors_NeverMixes()
    {
        using var ana = portal.Host.Browser();
        using var eva = portal.Host.Browser();
        using var hers = await ana.GetAsync("/buscar?q=ana%20busca");
        using var others = await eva.GetAsync("/buscar?q=eva%20busca");
        (await ana.GetAsync("/articulos/paso-02")).Dispose();
        (await eva.GetAsync("/articulos/paso-03")).Dispose();

        Assert.Equal(["ana busca", "Paso 02 del trámite"], (await TrailOfTicketAsync(VisitorIn(hers))).Select(s => s.Text));
        Assert.Equal(["eva busca", "Paso 03 del trámite"], (await TrailOfTicketAsync(VisitorIn(others))).Select(s => s.Text));
        Assert.Empty(await TrailOfTicketAsync(null));
    }

    [Theory]
    [InlineData("Sec-Purpose", "prefetch")]
    [InlineData("Sec-Purpose", "prefetch;prerender")]
    [InlineData("Purpose", "prefetch")]
    [InlineData("X-Purpose", "preview")]
    [InlineData("X-Moz", "prefetch")]
    [InlineData("User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData("User-Agent", "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/120 Safari/537.36")]
    [InlineData("User-Agent", "facebookexternalhit/1.1")]
    [InlineData("User-Agent", "WhatsApp/2.23.20.0 A")]
    [InlineData("User-Agent", "curl/8.5.0")]
    public async Task Get_ByWhoIsNoReader_LeavesNeitherCookieNorStep(string header, string value)
    {
        using var reader = portal.Host.Browser();
        using var other = portal.Host.Browser();
        other.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        var visitor = Guid.NewGuid();
        var word = "nadie " + visitor.ToString("N")[..6].Replace('0', 'x');

        using var article = await other.GetAsync("/articulos/paso-04");
        using var search = await other.GetAsync("/buscar?q=" + word);
        other.DefaultRequestHeaders.Add("Cookie", $"visita={visitor:N}");
        (await other.GetAsync("/articulos/paso-04")).Dispose();
        using var read = await reader.GetAsync("/articulos/paso-04");

        Assert.Null(article.Header("Set-Cookie"));
        Assert.Null(search.Header("Set-Cookie"));
        Assert.Empty(await StoredAsync(steps => steps.Where(s => s.VisitorId == visitor || s.Subject == word)));
        var hers = VisitorIn(read);
        Assert.Single(await StoredAsync(steps => steps.Where(s => s.VisitorId == hers)));
    }

    [Fact]
    public async Task Get_ByWhoAskedNotToBeFollowed_IsCountedAndNotLinked()
    {
        using var other = portal.Host.Browser();
        other.DefaultRequestHeaders.Add("Sec-GPC", "1");
        var (visitor, since) = (Guid.NewGuid(), DateTime.UtcNow);

        using var article = await other.GetAsync("/articulos/paso-31");
        other.DefaultRequestHeaders.Add("Cookie", $"visita={visitor:N}");
        (await other.GetAsync("/articulos/paso-31")).Dispose();

        Assert.Null(article.Header("Set-Cookie"));
        Assert.Equal([null, null], (await StoredAsync(steps => steps.Where(s => s.Subject == "paso-31" && s.At >= since))).Select(s => s.VisitorId));
    }

    [Fact]
    public async Task Get_ByAMachineThatSaysSo_IsCountedApart()
    {
        using var machine = portal.Host.Browser();
        machine.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Googlebot/2.1");
        var since = DateTime.UtcNow;

        (await machine.GetAsync("/articulos/paso-32")).Dispose();

        Assert.Equal(VisitStepKind.Machine, Assert.Single(await StoredAsync(steps => steps.Where(s => s.Subject == "paso-32" && s.At >= since))).Kind);
    }

    [Fact]
    public async Task Get_Article_TellsTheSearchOrTheFormThatLedToIt()
    {
        using var browser = portal.Host.Browser();
        async Task OpenAsync(string referer, string address = "/articulos/paso-33")
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Referrer = new Uri(referer);
            (await browser.SendAsync(request)).Dispose();
        }

        var since = DateTime.UtcNow;
        var origin = portal.Host.Address.ToString().TrimEnd('/');
        await OpenAsync(origin + "/buscar?q=zarzamora%20de%20ana%40ejemplo.example&pagina=2");
        await OpenAsync(origin + "/solicitudes/falla");
        await OpenAsync("http://otro.example/buscar?q=ajena");
        await OpenAsync(origin + "/temas/largo");
        await OpenAsync(origin + "/casos/C-1111-1111", "/articulos/paso-33?de=agente");

        Assert.Equal(
            [(VisitStepKind.Read, "zarzamora de •••", ""), (VisitStepKind.Read, "", "falla"), (VisitStepKind.Read, "", ""), (VisitStepKind.Read, "", ""), (VisitStepKind.ReadFromAgent, "", "")],
            (await StoredAsync(steps => steps.Where(s => s.Subject == "paso-33" && s.At >= since))).Select(s => (s.Kind, s.Query, s.Form)));
    }

    [Fact]
    public async Task Get_Case_JoinsTheBrowserToItsCustomer()
    {
        var ticket = await Pages.Cases.TestCases.OpenCaseAsync(portal.Host, email: $"{Guid.NewGuid():N}@ejemplo.example");
        using var browser = portal.Host.Browser();
        using var read = await browser.GetAsync("/articulos/paso-34");
        var (address, _) = await Pages.Cases.TestCases.LinkAsync(portal.Host, ticket);
        (await browser.GetAsync(address)).Dispose();
        using var customer = portal.Host.Browser();
        using var before = await customer.GetAsync("/articulos/paso-35");
        await Pages.Cases.TestCases.OpenCaseAsync(portal.Host, account: Steps.Customer);
        await customer.SignInAsync(Steps.Customer);

        await using var db = portal.Host.Database.Open();
        Assert.Equal(ticket.CustomerId, await db.VisitorLinks.Where(l => l.VisitorId == VisitorIn(read)).Select(l => l.CustomerId).SingleAsync());
        Assert.Single(await db.VisitorLinks.Where(l => l.VisitorId == VisitorIn(before)).ToListAsync());
    }

    [Fact]
    public async Task Head_AndWhatIsNotFoundOrEmpty_LeavesNothing()
    {
        using var browser = portal.Host.Browser();
        var visitor = Guid.NewGuid();
        foreach (var (method, address) in new[]
        {
            (HttpMethod.Head, "/articulos/paso-05"), (HttpMethod.Get, "/articulos/ninguno"), (HttpMethod.Get, "/articulos/para-equipo"), (HttpMethod.Get, "/buscar"),
            (HttpMethod.Get, "/buscar?q=%20"), (HttpMethod.Get, "/"), (HttpMethod.Get, "/temas/largo"), (HttpMethod.Get, "/sugerencias?q=paso"), (HttpMethod.Get, "/articulos/paso-05/opinion"),
        })
        {
            using var without = await browser.SendAsync(new HttpRequestMessage(method, address));
            using var with = await browser.SendAsync(new HttpRequestMessage(method, address) { Headers = { { "Cookie", $"visita={visitor:N}" } } });
            Assert.Null(without.Header("Set-Cookie"));
        }

        Assert.Empty(await StoredAsync(steps => steps.Where(s => s.VisitorId == visitor)));
        (await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/articulos/paso-05") { Headers = { { "Cookie", $"visita={visitor:N}" } } })).Dispose();
        // The answer may be here a moment before the step is noted.
        List<VisitStep> read = [];
        await Eventually.IsTrueAsync(async () => (read = await StoredAsync(steps => steps.Where(s => s.VisitorId == visitor))).Count > 0);
        Assert.Single(read);
    }

    [Fact]
    public async Task Get_ByStaff_LeavesNothingAndByASignedInCustomer_IsRecorded()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);

        using var worked = await agent.GetAsync("/articulos/paso-06");
        using var searched = await agent.GetAsync("/buscar?q=lo%20del%20equipo");
        using var read = await customer.GetAsync("/articulos/para-clientes");

        Assert.Null(VisitorIn(worked));
        Assert.Null(VisitorIn(searched));
        Assert.Empty(await StoredAsync(steps => steps.Where(s => s.Subject == "lo del equipo")));
        var visitor = VisitorIn(read);
        Assert.NotNull(visitor);
        Assert.Equal(["para-clientes"], (await StoredAsync(steps => steps.Where(s => s.VisitorId == visitor))).Select(s => s.Subject));
    }

    [Fact]
    public async Task Get_FromATelephoneWhoseNameEndsInBot_IsRecorded()
    {
        using var browser = portal.Host.Browser();
        browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Telephone);

        using var answer = await browser.GetAsync("/articulos/paso-07");

        Assert.NotNull(VisitorIn(answer));
    }

    [Fact]
    public async Task Get_SearchWithAnAddressOrANumber_IsStoredWithoutThem()
    {
        using var browser = portal.Host.Browser();
        using var answer = await browser.GetAsync("/buscar?q=" + Uri.EscapeDataString("soy ana@ejemplo.example, 55 1234 5678, y quiero mi zarzamora"));

        var visitor = VisitorIn(answer);
        var step = Assert.Single(await StoredAsync(steps => steps.Where(s => s.VisitorId == visitor)));

        Assert.Equal("soy ••• •••, y quiero mi zarzamora", step.Subject);
    }

    [Fact]
    public async Task Get_SearchThatSomebodyElseAsked_IsStoredWithWhatItFound()
    {
        var address = "/buscar?q=" + Uri.EscapeDataString("zarzamora de todos");
        var visitors = new List<Guid?>();
        foreach (var isKept in new[] { false, false, true })
        {
            using var browser = portal.Host.Browser();
            using var answer = await browser.GetAsync(address);
            Assert.Equal(isKept, answer.Headers.Age is not null);
            visitors.Add(VisitorIn(answer));
        }

        var steps = await StoredAsync(all => all.Where(s => visitors.Contains(s.VisitorId)));

        Assert.Equal(3, steps.Count);
        Assert.True(steps[0].Hits > 0);
        Assert.All(steps, step => Assert.Equal(steps[0].Hits, step.Hits));
    }

    [Fact]
    public async Task Get_HostileSearch_IsStoredWithinItsLengthAndTheNextOneToo()
    {
        using var browser = portal.Host.Browser();
        using var first = await browser.GetAsync("/buscar?q=" + "%00%F0%9F" + Uri.EscapeDataString(new string('ñ', 3_000)));
        using var next = await browser.GetAsync("/buscar?q=zarzamora");

        var visitor = VisitorIn(first);
        var steps = await StoredAsync(all => all.Where(s => s.VisitorId == visitor));

        Assert.Equal(2, steps.Count);
        Assert.All(steps, step => Assert.InRange(step.Subject.Length, 1, VisitStep.SubjectMaxLength));
    }

    [Theory]
    [InlineData("visita=")]
    [InlineData("visita=no-es-nada")]
    [InlineData("visita=00000000-0000-0000-0000-000000000000")]
    public async Task Get_WithABrokenCookie_GetsAGoodOne(string cookie)
    {
        using var browser = portal.Host.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", cookie);

        using var answer = await browser.GetAsync("/articulos/paso-08");

        Assert.NotNull(VisitorIn(answer));
    }

    [Fact]
    public async Task Stop_WhileStepsWait_WritesThem()
    {
        // Without timers nothing is written before the portal stops.
        await using var host = await PortalHost.StartAsync(services: services => services.AddSingleton<TimeProvider, StillClock>(), environment: "Production");
        using var browser = host.Browser();
        using var answer = await browser.GetAsync("/articulos/luces-del-nodo-6");
        await using var db = host.Database.Open();
        Assert.Empty(await db.VisitSteps.ToListAsync());

        await host.StopAsync();

        Assert.Equal(VisitorIn(answer), Assert.Single(await db.VisitSteps.ToListAsync()).VisitorId);
    }

    private sealed class StillClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
