using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases;

[Collection(TrialPortalCollection.Name)]
public sealed class CaseTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private static string Of(Ticket ticket) => "/casos/" + ticket.Number;

    [Fact]
    public async Task Get_NewCase_SaysFirstWhoHasItAndByWhenThereIsAnAnswer()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        var page = await browser.PageAsync(Of(ticket));

        var promise = page.QuerySelector(".promise");
        Assert.StartsWith("Lo revisa Ensayo. Le respondemos", promise.Words(), StringComparison.Ordinal);
        Assert.Equal(ticket.DueAt!.Value, DateTimeOffset.Parse(promise!.QuerySelector("time")!.GetAttribute("datetime")!, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime, TimeSpan.FromSeconds(1));
        Assert.Equal("Recibido", page.QuerySelector("[aria-current=step] strong").Words());
        Assert.Equal(ticket.Subject, page.QuerySelector("h1").Words());
        Assert.Contains(ticket.Number, page.QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CaseThatWaitsForTheCustomer_SaysSo()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await Host.ChangeAsync(ticket, t => t.StaffReplied(TestCases.FromStaff(t, "¿De qué modelo es?"), Actor.System, new Commitment(NextStep.CustomerAnswer, "", DateTime.UtcNow.AddDays(3)), DateTime.UtcNow));

        var page = await browser.PageAsync(Of(ticket));

        Assert.StartsWith("Esperamos su respuesta.", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Equal("Esperamos su respuesta", page.QuerySelector("[aria-current=step] strong").Words());
        Assert.Null(page.QuerySelector(".status-late"));
    }

    [Fact]
    public async Task Get_CaseWithAPromise_SaysTheAgentsWords()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await Host.ChangeAsync(ticket, t => t.Promise(new Commitment(NextStep.Promise, "El técnico <b>visita</b> su casa.", DateTime.UtcNow.AddDays(3)), Actor.System, DateTime.UtcNow));

        var page = await browser.PageAsync(Of(ticket));

        Assert.Contains("Próximo paso: El técnico <b>visita</b> su casa, antes del", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Contains("Siguiente paso: El técnico", page.QuerySelector(".timeline").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CaseThatPassedItsDate_IsHonestAboutIt()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await Host.PastAsync(ticket, TimeSpan.FromDays(30));

        var page = await browser.PageAsync(Of(ticket));

        Assert.StartsWith("Vamos con retraso. Quedamos en responderle antes del", page.QuerySelector(".promise-late").Words(), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".status-late"));
    }

    [Fact]
    public async Task Get_EndedCase_SaysUntilWhenItCanBeReopenedAndThenWhatElseToDo()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        await Host.ChangeAsync(ticket, t => t.Solve(Actor.System, TimeSpan.FromDays(5), DateTime.UtcNow));
        var solved = await browser.PageAsync(Of(ticket));
        await Host.PastAsync(ticket, TimeSpan.FromDays(6));
        var past = await browser.PageAsync(Of(ticket));

        Assert.StartsWith("Este caso está resuelto. Si falta algo, puede reabrirlo antes del", solved.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.NotNull(solved.QuerySelector($"a[href='{Of(ticket)}/reabrir']"));
        Assert.NotNull(solved.QuerySelector("form[enctype]"));
        Assert.EndsWith("Si necesita algo más, haga una nueva solicitud.", past.QuerySelector(".promise").Words(), StringComparison.Ordinal);
        Assert.Null(past.QuerySelector($"a[href='{Of(ticket)}/reabrir']"));
        Assert.Null(past.QuerySelector("form[enctype]"));
        Assert.NotNull(past.QuerySelector("main a[href='/solicitudes']"));
    }

    [Fact]
    public async Task Get_Case_ShowsAnswersWithTheirWarnings()
    {
        var ticket = await Host.OpenCaseAsync(answers: [new("serie", "Número de serie", "BR-1"), new("rfc", "RFC", "<i>XAXX</i>", true)]);
        using var browser = await Host.GuestOfAsync(ticket);

        var list = (await browser.PageAsync(Of(ticket))).QuerySelector(".summary-list")!;

        Assert.Equal(["Número de serie", "RFC"], list.QuerySelectorAll("dt").Select(t => t.Words()));
        Assert.Equal("BR-1", list.QuerySelectorAll("dd")[0].Words());
        Assert.StartsWith("<i>XAXX</i>", list.QuerySelectorAll("dd")[1].Words(), StringComparison.Ordinal);
        Assert.Single(list.QuerySelectorAll(".summary-warning"));
    }

    [Fact]
    public async Task Get_Case_ShowsNothingThatIsTheCompanysOwn()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        var agent = await Host.PersonIdAsync(Steps.Agent);
        await Host.ChangeAsync(ticket, t =>
        {
            t.Note(TestCases.FromStaff(t, "nota-secreta del equipo", isNote: true), Actor.System, DateTime.UtcNow);
            t.Assign(agent, "nombre-del-dueño", Actor.System, DateTime.UtcNow);
            t.MoveTo("otra-cola", "cola-interna", Actor.System, DateTime.UtcNow);
            t.RequestLink(DateTime.UtcNow, "mail");
            t.StaffReplied(TestCases.FromStaff(t, "respuesta-pública"), Actor.System, new Commitment(NextStep.Response, "", DateTime.UtcNow.AddDays(1)), DateTime.UtcNow);
        });
        await Host.PastAsync(ticket, TimeSpan.FromDays(2));
        await Host.ChangeAsync(ticket, t => t.Escalate(DateTime.UtcNow));

        var page = await browser.PageAsync(Of(ticket));
        var source = page.Source.Text;

        Assert.Contains("respuesta-pública", source, StringComparison.Ordinal);
        Assert.Contains("Mateo Ríos, Ensayo", source, StringComparison.Ordinal);
        Assert.All(["nota-secreta", "nombre-del-dueño", "otra-cola", "cola-interna", Steps.Agent, agent.ToString(), ticket.Id.ToString(), ticket.CustomerId.ToString(), TestCases.GuestEmail, "Normal"],
            word => Assert.DoesNotContain(word, source, StringComparison.Ordinal));
        Assert.Equal(["Recibimos su caso", "Le respondimos"], page.QuerySelectorAll(".timeline span").Select(s => s.Words()));
    }

    [Fact]
    public async Task Get_InEnglish_SaysTheSame()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket, language: "en");

        var page = await browser.PageAsync(Of(ticket));

        Assert.StartsWith("Ensayo is on it. You will have an answer", page.QuerySelector(".promise").Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("respuesta")]
    [InlineData("cierre")]
    [InlineData("reapertura")]
    [InlineData("valoracion")]
    [InlineData("<script>")]
    public async Task Get_AddressThatClaimsWhatHasNotHappened_ClaimsNothing(string done)
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);

        var page = await browser.PageAsync(Of(ticket) + "?hecho=" + Uri.EscapeDataString(done));

        Assert.Null(page.QuerySelector("main .notice-success[role=status]"));
    }

    [Fact]
    public async Task Get_NumberTypedDifferently_LeadsToItsAddressAlsoWhereThereIsNone()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket, followRedirects: false);
        using var stranger = Host.Browser(followRedirects: false);
        var loose = ticket.Number.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

        foreach (var client in new[] { browser, stranger })
        {
            foreach (var (typed, address) in new[] { (loose, Of(ticket)), (loose + "/cerrar", Of(ticket) + "/cerrar"), ("c00000000", "/casos/C-0000-0000") })
            {
                using var answer = await client.GetAsync("/casos/" + typed);
                Assert.Equal((301, address), ((int)answer.StatusCode, answer.Headers.Location!.ToString()));
            }
        }
    }

    [Fact]
    public async Task Get_Case_IsKeptNowhereAndTellsNobodyItsAddress()
    {
        var ticket = await Host.OpenCaseAsync();
        using var browser = await Host.GuestOfAsync(ticket);
        using var stranger = Host.Browser();

        foreach (var (client, status) in new[] { (browser, 200), (stranger, 404) })
        {
            using var answer = await client.GetAsync(Of(ticket));
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
            Assert.NotNull((await answer.PageAsync()).QuerySelector("meta[name=robots][content=noindex]"));
        }
    }

    [Fact]
    public async Task Get_Desk_ReadsTheCaseAndIsOfferedNothingToDoAsTheCustomer()
    {
        var ticket = await Host.OpenCaseAsync();
        using var agent = await Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync(Of(ticket));

        Assert.Contains("Se detiene y marca E2.", page.QuerySelector(".thread").Words(), StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main form"));
        await agent.PageAsync(Of(ticket) + "/cerrar", 404);
    }
}
