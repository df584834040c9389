using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent;

/// <summary>What agents work with besides the ticket itself: lists they keep, several at once, previews, articles, who else is there.</summary>
[Collection(DeskPortalCollection.Name)]
public sealed class WorkspaceTests(DeskPortal portal)
{
    [Fact]
    public async Task Get_NarrowedByKindPriorityAndChannel_ShowsOnlyThoseAndKeepsTheFields()
    {
        var word = Word();
        await portal.OpenAsync($"{word} una", change: r => r with { Priority = TicketPriority.Urgent, Channel = Channel.Phone });
        await portal.OpenAsync($"{word} otra", change: r => r with { Priority = TicketPriority.Urgent });
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync($"/agente?q={word}&prioridad=urgente&canal=telefono&tipo=solicitud");

        Assert.Equal([$"{word} una"], page.QuerySelectorAll("tbody .desk-what a").Select(a => a.Words()));
        Assert.Equal(("urgente", "telefono", "solicitud"), (Chosen(page, "prioridad"), Chosen(page, "canal"), Chosen(page, "tipo")));
        Assert.NotNull(page.QuerySelector("details.desk-more[open]"));
        Assert.Equal(2, (await agent.PageAsync($"/agente?q={word}&prioridad=otra&canal=&responsable=x")).QuerySelectorAll("tbody tr").Length);
        static string? Chosen(IHtmlDocument page, string id) => page.QuerySelector<IHtmlSelectElement>("#" + id)!.Value;
    }

    [Fact]
    public async Task Get_AnotherFormOfTheWord_FindsTheTicket()
    {
        var word = Word();
        await portal.OpenAsync($"{word} devolución");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        Assert.Single((await agent.PageAsync($"/agente?q={word}+devoluciones")).QuerySelectorAll("tbody tr"));
        Assert.Empty((await agent.PageAsync($"/agente?q={word}+devoto")).QuerySelectorAll("tbody tr"));
    }

    [Fact]
    public async Task Post_AView_IsKeptShownAndForgotten()
    {
        var name = $"Urgentes {Word()}";
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var kept = await agent.FillAsync("/agente/vistas?filtro=mios&prioridad=urgente", "main form", ("Name", name));
        var list = await kept.PageAsync();
        var link = list.QuerySelectorAll(".desk-views li a").Single(a => a.Words() == name);

        Assert.Equal(("/agente?filtro=mios&prioridad=urgente", "true"), (link.GetAttribute("href"), link.GetAttribute("aria-current")));
        using var refused = await agent.FillAsync("/agente/vistas?filtro=mios", "main form", ("Name", " \u200B"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotNull((await refused.PageAsync()).QuerySelector(".error-summary a[href='#Name']"));

        using var forgotten = await agent.FillAsync("/agente/vistas", "form[action*=olvidar]", ("view", (await portal.AskAsync(db => db.DeskViews.SingleAsync(v => v.Name == name))).Id.ToString()));
        Assert.DoesNotContain(name, (await forgotten.PageAsync()).Body.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SeveralTickets_AreChangedOnceSheSaysWhat()
    {
        var (one, two) = (await portal.OpenAsync("Uno"), await portal.OpenAsync("Dos"));
        var mateo = await portal.PersonAsync(Steps.Agent);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var token = (await agent.PageAsync("/agente?filtro=todos")).QuerySelector<IHtmlInputElement>("form[data-pick-list] [name=__RequestVerificationToken]")!.Value;
        Task<HttpResponseMessage> SendAsync(string address, params (string, string)[] fields) =>
            agent.SendFormAsync(address, [("__RequestVerificationToken", token), ("Number", one.Number), ("Number", two.Number), ("Back", "/agente?filtro=todos"), .. fields]);

        using var picked = await SendAsync("/agente/varios");
        using var nothing = await SendAsync("/agente/varios?handler=cambiar");
        using var done = await SendAsync("/agente/varios?handler=cambiar", ("Owner", mateo.ToString()), ("Queue", "tecnico"), ("IsSolved", "true"));

        Assert.Equal(2, (await picked.PageAsync()).QuerySelectorAll("input[name=Number]:checked").Length);
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
        Assert.NotNull((await nothing.PageAsync()).QuerySelector("#Owner"));
        Assert.Equal(2, (await done.PageAsync()).QuerySelectorAll(".desk-kept .status-done").Length);
        foreach (var ticket in new[] { one, two })
        {
            var stored = await portal.TicketAsync(ticket.Id);
            Assert.Equal((TicketStatus.Solved, "tecnico", mateo), (stored.Status, stored.Queue, stored.OwnerId!.Value));
            Assert.Equal([MailKind.CaseOpened, MailKind.CaseSolved], await portal.MailsAsync(ticket.Id));
        }
    }

    [Theory]
    [InlineData("Number", "")]
    [InlineData("Number", "C-XXXX")]
    public async Task Post_NoTickets_IsTheSamePageWithAReason(string field, string value)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        await portal.OpenAsync();
        using var answer = await agent.FillAsync("/agente?filtro=todos", "form[data-pick-list]", (field, value), ("Back", "https://malo.example/"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector(".error-summary"));
        Assert.All(page.QuerySelectorAll("main a[href]"), a => Assert.StartsWith("/", a.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_AnAnswerInMarkdown_IsRenderedForBothSidesAndItsMailIsPlain()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await agent.FillAsync(DeskPortal.Address(ticket), "form.desk-reply", ("Body", "**Listo** <b>x</b>\n\n- uno"), ("Next", "resolver"));

        var message = (await answer.PageAsync()).QuerySelectorAll(".thread .message").Last();
        Assert.Equal(("Listo", "uno"), (message.QuerySelector("strong:not(header strong)")!.TextContent, message.QuerySelector("ul:not(.file-list) li")!.TextContent));
        Assert.Empty(message.QuerySelectorAll("b"));
        var stored = (await portal.TicketAsync(ticket.Id)).Messages.Single(m => m.Author == ActorKind.Staff);
        Assert.Equal(MessageMarkdown.Html(stored.Body), stored.Html);
    }

    [Fact]
    public async Task Post_PreviewSearchAndInsert_KeepWhatIsTypedAndSendNothing()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, ticket, ("Body", "Hola **Ana**"), ("ArticleQuery", "nada de esto existe"), ("Next", "prometer"), ("PromiseText", "Le llamo"));
        async Task<IHtmlDocument> AskAsync(string handler, params (string, string)[] more)
        {
            using var answer = await agent.SendFormAsync(DeskPortal.Address(ticket, "responder") + "?handler=" + handler, [.. fields, .. more]);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.PageAsync();
        }

        var preview = await AskAsync("vista");
        var search = await AskAsync("buscar");
        var inserted = await AskAsync("insertar", ("article", "[Guía](http://localhost/articulos/guia)"));

        Assert.Equal("Ana", preview.QuerySelector("[data-preview] strong").Words());
        Assert.Equal("Le llamo", preview.QuerySelector<IHtmlInputElement>("#PromiseText")!.Value);
        Assert.NotNull(search.QuerySelector("[data-article-found] li"));
        Assert.Equal("Hola **Ana**\n\n[Guía](http://localhost/articulos/guia)", inserted.QuerySelector<IHtmlTextAreaElement>("#Body")!.Value.ReplaceLineEndings("\n"));
        Assert.DoesNotContain((await portal.TicketAsync(ticket.Id)).Messages, m => m.Author == ActorKind.Staff);
    }

    [Fact]
    public async Task Post_Preview_AnswersWithTheTextSanitised()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var token = (await agent.PageAsync(DeskPortal.Address(ticket))).QuerySelector<IHtmlInputElement>("form.desk-reply [name=__RequestVerificationToken]")!.Value;

        using var shown = await agent.SendFormAsync("/agente/vista-previa", [("__RequestVerificationToken", token), ("Text", "**a** <script>x</script>")]);
        using var without = await agent.SendFormAsync("/agente/vista-previa", [("Text", "**a**")]);

        Assert.Equal("<p><strong>a</strong> &lt;script&gt;x&lt;/script&gt;</p>", await shown.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
    }

    [Fact]
    public async Task Get_WhileAColleagueIsThere_NamesHer()
    {
        var ticket = await portal.OpenAsync();
        using var mateo = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var julian = await portal.Host.BrowserOfAsync(DeskPortal.Admin);

        var alone = await mateo.PageAsync(DeskPortal.Address(ticket));
        var both = await julian.PageAsync(DeskPortal.Address(ticket));
        var token = both.QuerySelector<IHtmlInputElement>("form.desk-reply [name=__RequestVerificationToken]")!.Value;
        using var told = await julian.SendFormAsync(DeskPortal.Address(ticket, "presencia"), [("__RequestVerificationToken", token), ("IsWriting", "true"), ("Seen", "0")]);

        Assert.True(alone.QuerySelector("[data-present]")!.HasAttribute("hidden"));
        Assert.Contains("Mateo Ríos", both.QuerySelector("[data-present]").Words(), StringComparison.Ordinal);
        Assert.Contains("\"isNew\":true", await told.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("está escribiendo", (await mateo.PageAsync(DeskPortal.Address(ticket))).QuerySelector("[data-present]").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_FromAList_ShowsTheListBesideAndItsNeighbours()
    {
        var queue = await portal.OpenAsync("Primero del carril", change: r => r with { Queue = "tecnico", Priority = TicketPriority.Low, Channel = Channel.Chat });
        var next = await portal.OpenAsync("Segundo del carril", change: r => r with { Queue = "tecnico", Priority = TicketPriority.Low, Channel = Channel.Chat });
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync(DeskPortal.Address(queue) + "?filtro=abiertos&cola=tecnico&prioridad=baja&canal=chat");

        Assert.Equal("page", page.QuerySelector(".desk-rail li a")!.GetAttribute("aria-current"));
        Assert.Equal(DeskPortal.Address(next) + "?filtro=abiertos&cola=tecnico&prioridad=baja&canal=chat", page.QuerySelector(".desk-rail [data-key=j]")!.GetAttribute("href"));
        Assert.Equal("/agente?filtro=abiertos&cola=tecnico&prioridad=baja&canal=chat", page.QuerySelector("[data-key=u]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_Counters_StreamTheNumbersAsTheyAre()
    {
        await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var stop = new CancellationTokenSource(Eventually.Patience);

        using var answer = await agent.GetAsync("/agente/contadores", HttpCompletionOption.ResponseHeadersRead, stop.Token);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(stop.Token));
        var line = await reader.ReadLineAsync(stop.Token);

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches(@"^data:\d+ \d+ \d+ \d+ \d+ \d+$", line);
        using var customer = await portal.Host.BrowserOfAsync(Steps.Customer);
        using var refused = await customer.GetAsync("/agente/contadores");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Get_Keys_AreListedOnAPageOfTheirOwn()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync("/agente/teclas");

        Assert.Equal(2, page.QuerySelectorAll("dl.keys").Length);
        Assert.Contains("Responder", page.Body.Words(), StringComparison.Ordinal);
    }

    private static string Word() => "p" + Guid.NewGuid().ToString("N")[..10];

    private static async Task<List<(string, string)>> FieldsAsync(HttpClient agent, OpenedTicket ticket, params (string Name, string Value)[] fields)
    {
        var form = (await agent.PageAsync(DeskPortal.Address(ticket))).QuerySelector<IHtmlFormElement>("form.desk-reply")!;
        var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value));
        return [.. hidden, .. fields];
    }
}
