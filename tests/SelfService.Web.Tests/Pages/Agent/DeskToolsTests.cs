using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Rules;
using SelfService.Core.Tickets.SideQuestions;

namespace SelfService.Web.Tests.Pages.Agent;

/// <summary>Priority, tags, rules, experts, merging, targets: each by its page.</summary>
[Collection(DeskPortalCollection.Name)]
public sealed class DeskToolsTests(DeskPortal portal)
{
    [Fact]
    public async Task Post_PriorityAndTags_AreOnTheTicketAndFoundByThem()
    {
        var (ticket, tag) = (await portal.OpenAsync(), "fuga " + Guid.NewGuid().ToString("N")[..8]);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var priority = await SendAsync(agent, DeskPortal.Address(ticket, "prioridad"), "main form", [("Priority", "Urgent")]);
        using var tags = await SendAsync(agent, DeskPortal.Address(ticket, "etiquetas"), "main form", [("Tags", $"#{tag.ToUpperInvariant()}, otra, , OTRA")]);
        using var many = await SendAsync(agent, DeskPortal.Address(ticket, "etiquetas"), "main form", [("Tags", string.Join(',', Enumerable.Range(0, 21).Select(n => "t" + n)))]);

        var stored = await portal.TicketAsync(ticket.Id);
        Assert.Equal((TicketPriority.Urgent, $"|{tag}|otra|"), (stored.Priority, stored.TagText));
        Assert.Contains($"Etiquetas agregadas: {tag}, otra", (await tags.PageAsync()).Body.Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, many.StatusCode);
        Assert.Single((await agent.PageAsync("/agente?filtro=todos&etiqueta=" + Uri.EscapeDataString(tag))).QuerySelectorAll("tbody tr"));
        using var wrong = await SendAsync(agent, DeskPortal.Address(ticket, "prioridad"), "main form", [("Priority", "7")]);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Get_ATicket_ShowsItsTargetsInWords()
    {
        var ticket = await portal.OpenAsync();
        await using (var scope = portal.Host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<FollowSla>().RunAsync(CancellationToken.None);
        }

        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var section = (await agent.PageAsync(DeskPortal.Address(ticket))).QuerySelector("section[aria-labelledby=tiempos]");
        Assert.Contains("Primera respuesta", section.Words(), StringComparison.Ordinal);
        Assert.Contains("Corre", section.Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Solución", section.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ARule_IsKeptTriedAndReadByAgentsWhoCannotChangeIt()
    {
        var name = "Regla " + Guid.NewGuid().ToString("N")[..8];
        using var admin = await portal.Host.BrowserOfAsync(DeskPortal.Admin);
        await portal.OpenAsync("Fuga en la cocina");
        (string, string)[] fields =
        [
            ("Name", name), ("State", "Watching"), ("Events", "Opened"), ("Conditions[0].Field", "Words"), ("Conditions[0].IsNot", "false"), ("Conditions[0].Value", "fugas"),
            ("Actions[0].Kind", "Tag"), ("Actions[0].Value", "fuga"), ("Position", "3"),
        ];

        using var tried = await SendAsync(admin, "/agente/reglas/nueva", "main form[method=post]", fields, "/agente/reglas/nueva?handler=probar");
        using var kept = await SendAsync(admin, "/agente/reglas/nueva", "main form[method=post]", fields);
        using var refused = await SendAsync(admin, "/agente/reglas/nueva", "main form[method=post]", [("Name", ""), ("Conditions[0].Value", "fugas")]);

        Assert.Contains("Fuga en la cocina", (await tried.PageAsync()).QuerySelector(".desk-rule-preview").Words(), StringComparison.Ordinal);
        var rule = await portal.AskAsync(db => db.Rules.SingleAsync(r => r.Name == name));
        Assert.Equal((RuleState.Watching, 3, new RuleCondition(RuleField.Words, false, "fugas")), (rule.State, rule.Position, Assert.Single(rule.Conditions)));
        Assert.Equal([TicketEventKind.Opened], rule.Events);
        Assert.Contains(name, (await kept.PageAsync()).Body.Words(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.PageAsync();
        Assert.Equal(["#Name", "#Events", "#Actions"], page.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
        Assert.Equal("fugas", page.QuerySelector<IHtmlInputElement>("[name='Conditions[0].Value']")!.Value);

        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        Assert.Null((await agent.PageAsync("/agente/reglas/" + rule.Id)).QuerySelector("main .button-danger"));
        using var new_ = await agent.GetAsync("/agente/reglas/nueva");
        Assert.Equal(HttpStatusCode.NotFound, new_.StatusCode);
        using var away = await SendAsync(admin, "/agente/reglas/" + rule.Id, "main form[method=post]", [], $"/agente/reglas/{rule.Id}?handler=borrar");
        Assert.False(await portal.AskAsync(db => db.Rules.AnyAsync(r => r.Id == rule.Id)));
    }

    [Fact]
    public async Task Post_AnExpertOutside_SeesOnlyWhatIsSharedAndHerAnswerFoldsBack()
    {
        var ticket = await portal.OpenAsync("Asunto secreto", "Mi lavadora no enciende");
        await portal.ChangeAsync(ticket.Id, (t, now) => t.Note(new Message { TicketId = t.Id, Author = ActorKind.Staff, Body = "Nota reservada", IsNote = true, WrittenAt = now, SubmissionKey = Guid.NewGuid() }, Actor.System, now));
        var shared = (await portal.TicketAsync(ticket.Id)).Messages.Single(m => !m.IsNote).Id;
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var asked = await SendAsync(agent, DeskPortal.Address(ticket, "consulta"), "main form", [("ExpertName", "Ing. Rosa"), ("ExpertEmail", "rosa@otra.example"), ("Question", "¿Qué pieza es?"), ("Shared", shared.ToString())]);
        using var refused = await SendAsync(agent, DeskPortal.Address(ticket, "consulta"), "main form", [("ExpertName", ""), ("ExpertEmail", "nada"), ("Question", "")]);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Ing. Rosa", (await asked.PageAsync()).QuerySelector("section[aria-labelledby=consultas]").Words(), StringComparison.Ordinal);

        var secret = await portal.AskAsync(async db =>
        {
            var question = await db.SideQuestions.SingleAsync(q => q.TicketId == ticket.Id);
            var link = question.IssueLink();
            await db.SaveChangesAsync();
            return link;
        });
        using var rosa = portal.Host.Browser();
        var page = await rosa.PageAsync("/consulta/" + secret);
        Assert.Contains("Mi lavadora no enciende", page.Body.Words(), StringComparison.Ordinal);
        Assert.All(new[] { "Asunto secreto", "Nota reservada", "Ana", ticket.Number }, hidden => Assert.DoesNotContain(hidden, page.QuerySelector("main").Words(), StringComparison.Ordinal));
        using var empty = await SendAsync(rosa, "/consulta/" + secret, "main form", [("Answer", " \u200B")]);
        using var answered = await SendAsync(rosa, "/consulta/" + secret, "main form", [("Answer", "La bomba <b>de</b> desagüe")]);

        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.True((await portal.TicketAsync(ticket.Id)).Messages.Single(m => m.AuthorName == "Ing. Rosa").IsNote);
        Assert.Contains("no-store", answered.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        await portal.AskAsync(db => db.SideQuestions.Where(q => q.TicketId == ticket.Id).ExecuteUpdateAsync(set => set.SetProperty(q => q.State, SideQuestionState.Withdrawn)));
        foreach (var gone in new[] { secret, "nada", new string('A', 43) })
        {
            using var answer = await rosa.GetAsync("/consulta/" + gone);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Post_AColleague_AnswersInHerListAndNobodyElseSeesIt()
    {
        var ticket = await portal.OpenAsync();
        var julian = await portal.PersonAsync(DeskPortal.Admin);
        using var mateo = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var admin = await portal.Host.BrowserOfAsync(DeskPortal.Admin);
        using var asked = await SendAsync(mateo, DeskPortal.Address(ticket, "consulta"), "main form", [("Expert", julian.ToString()), ("Question", "¿Lo aprobamos?")]);
        var id = await portal.AskAsync(db => db.SideQuestions.Where(q => q.TicketId == ticket.Id).Select(q => q.Id).SingleAsync());

        Assert.Contains("¿Lo aprobamos?", (await admin.PageAsync("/agente/consultas")).Body.Words(), StringComparison.Ordinal);
        Assert.Null((await mateo.PageAsync("/agente/consultas/" + id)).QuerySelector("#Answer"));
        using var answered = await SendAsync(admin, "/agente/consultas/" + id, "main form", [("Answer", "Sí")]);
        Assert.Contains("Sí", (await mateo.PageAsync(DeskPortal.Address(ticket))).QuerySelector(".message-internal").Words(), StringComparison.Ordinal);

        await portal.AskAsync(db => db.SideQuestions.Where(q => q.Id == id).ExecuteUpdateAsync(set => set.SetProperty(q => q.AskerId, Guid.NewGuid())));
        using var stranger = await mateo.GetAsync("/agente/consultas/" + id);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task Post_Merging_ShowsWhereItGoesOnToBothSides()
    {
        var email = $"{Guid.NewGuid():N}@ensayo.example";
        var (first, second, other) = (await OpenAsync(email), await OpenAsync(email), await portal.OpenAsync("De otra persona"));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var unknown = await SendAsync(agent, DeskPortal.Address(first, "unir"), "main form", [("Other", "C-0000-0000")], DeskPortal.Address(first, "unir") + "?handler=unir");
        using var asks = await SendAsync(agent, DeskPortal.Address(first, "unir"), "main form", [("Other", other.Number)], DeskPortal.Address(first, "unir") + "?handler=unir");
        using var merged = await SendAsync(agent, DeskPortal.Address(first, "unir"), "main form", [("Other", second.Number.ToLowerInvariant())], DeskPortal.Address(first, "unir") + "?handler=unir");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Conflict), (unknown.StatusCode, asks.StatusCode));
        Assert.NotNull((await asks.PageAsync()).QuerySelector("[name=IsMeant]"));
        Assert.Equal(DeskPortal.Address(second), merged.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(DeskPortal.Address(second), (await agent.PageAsync(DeskPortal.Address(first))).QuerySelector(".notice a.number")!.GetAttribute("href"));
        Assert.Contains(second.Number, (await agent.PageAsync("/casos/" + first.Number)).QuerySelector("main").Words(), StringComparison.Ordinal);
        Task<OpenedTicket> OpenAsync(string address) => portal.OpenAsync(change: r => r with { Contact = r.Contact with { Email = address } });
    }

    [Fact]
    public async Task Post_SplittingAndLinking_LeadToTheOtherTicket()
    {
        var (first, second) = (await portal.OpenAsync(message: "Dos cosas"), await portal.OpenAsync());
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var part = (await portal.TicketAsync(first.Id)).Messages.Single().Id;

        using var linked = await SendAsync(agent, DeskPortal.Address(first, "unir"), "main form", [("Other", second.Number)]);
        using var refused = await SendAsync(agent, DeskPortal.Address(first, "unir"), "form[action*=separar]", [("Subject", "")]);
        using var split = await SendAsync(agent, DeskPortal.Address(first, "unir"), "form[action*=separar]", [("Subject", "La segunda"), ("Parts", part.ToString())]);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("La segunda", (await split.PageAsync()).QuerySelector("h1").Words());
        Assert.Equal(2, (await agent.PageAsync(DeskPortal.Address(first))).QuerySelectorAll("section[aria-labelledby=relacionados] li").Length);
    }

    [Theory]
    [InlineData("/informes/satisfaccion")]
    [InlineData("/informes/equipo")]
    [InlineData("/informes/colas")]
    [InlineData("/informes/pronostico")]
    public async Task Get_Reports_AreThereForStaffAndAsAFile(string address)
    {
        await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);

        var page = await agent.PageAsync(address);
        using var hidden = await customer.GetAsync(address);

        Assert.NotNull(page.QuerySelector("p.lead"));
        Assert.Equal(address, page.QuerySelector(".tabs a[aria-current=page][href^='/informes/']")?.GetAttribute("href")!.Split('?')[0]);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        if (page.QuerySelector("form[method=post] [name=desde]") is not null)
        {
            using var file = await SendAsync(agent, address, "form.form-end[method=post]", []);
            Assert.StartsWith("from,to", (await file.Content.ReadAsStringAsync()).TrimStart('\uFEFF'), StringComparison.Ordinal);
        }
    }

    // What a browser sends: what the page filled in, and what she wrote.
    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string address, string form, (string Name, string Value)[] fields, string? target = null)
    {
        var page = (await browser.PageAsync(address)).QuerySelector<IHtmlFormElement>(form)!;
        var filled = page.QuerySelectorAll<IHtmlInputElement>("input[type=hidden], input[type=date], input[type=time]").Select(i => (i.Name!, i.Value))
            .Concat(page.QuerySelectorAll<IHtmlSelectElement>("select").Select(s => (s.Name!, s.Value ?? ""))).Where(f => fields.All(g => g.Name != f.Item1));
        return await browser.SendFormAsync(target ?? (page.GetAttribute("action") is { Length: > 0 } action ? action : address), [.. filled, .. fields]);
    }
}
