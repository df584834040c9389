using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent;

[Collection(DeskPortalCollection.Name)]
public sealed class ReplyTests(DeskPortal portal)
{
    private const string Form = "form.desk-reply";

    private static readonly string NextYear = (DateTime.UtcNow.Year + 1).ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task Post_WithAPromise_IsInTheThreadWithItsDate()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var tomorrow = DateTime.UtcNow.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        using var answer = await SendAsync(agent, ticket, ("Body", "Vamos a revisarla"), ("Next", "prometer"), ("PromiseText", "Le llama un técnico"), ("PromiseDate", tomorrow), ("PromiseTime", "18:00"));

        var page = await answer.PageAsync();
        var stored = await portal.TicketAsync(ticket.Id);
        Assert.Equal("Vamos a revisarla", page.QuerySelectorAll(".thread .message").Last().QuerySelector("p").Words());
        Assert.Contains("Le llama un técnico", page.QuerySelector(".desk-promise").Words(), StringComparison.Ordinal);
        Assert.StartsWith(tomorrow + "T18:00", page.QuerySelector(".desk-promise time")!.GetAttribute("datetime"), StringComparison.Ordinal);
        Assert.Contains("Le llama un técnico", page.QuerySelector("[role=status]").Words(), StringComparison.Ordinal);
        Assert.Equal((TicketStatus.Open, NextStep.Promise), (stored.Status, stored.NextStep));
        Assert.Equal([MailKind.CaseOpened, MailKind.CaseAnswered], await portal.MailsAsync(ticket.Id));
    }

    [Fact]
    public async Task Post_WithTheDatesOffered_WaitsForTheCustomer()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var offered = await agent.PageAsync(DeskPortal.Address(ticket));
        string Value(string id) => offered.QuerySelector<IHtmlInputElement>($"#{id}")!.Value;

        using var answer = await SendAsync(agent, ticket, ("Body", "¿Qué modelo es?"), ("Next", "esperar"), ("WaitDate", Value("WaitDate")), ("WaitTime", Value("WaitTime")));

        var stored = await portal.TicketAsync(ticket.Id);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((TicketStatus.Pending, NextStep.CustomerAnswer), (stored.Status, stored.NextStep));
        Assert.True(stored.DueAt > DateTime.UtcNow);
    }

    [Fact]
    public async Task Post_Solving_OwesNothingMore()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await SendAsync(agent, ticket, ("Body", "Quedó listo"), ("Next", "resolver"));

        var page = await answer.PageAsync();
        Assert.Equal(TicketStatus.Solved, (await portal.TicketAsync(ticket.Id)).Status);
        Assert.NotNull(page.QuerySelector(".desk-head .status-done"));
        Assert.Equal([MailKind.CaseOpened, MailKind.CaseSolved], await portal.MailsAsync(ticket.Id));
    }

    [Fact]
    public async Task Post_APromiseInTheTextAndNothingChosen_IsOfferedWithItsDate()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await SendAsync(agent, ticket, ("Body", "Hola, Ana. Le respondo pasado mañana a las 11:00."));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.True(page.QuerySelector<IHtmlInputElement>("[name=Next][value=prometer]")!.IsChecked);
        Assert.Equal(("Le respondo pasado mañana a las 11:00", "11:00"), (page.QuerySelector<IHtmlInputElement>("#PromiseText")!.Value, page.QuerySelector<IHtmlInputElement>("#PromiseTime")!.Value));
        Assert.Contains("pasado mañana a las 11:00", page.QuerySelector("#Next-error").Words(), StringComparison.Ordinal);

        var fields = page.QuerySelectorAll<IHtmlInputElement>("form.desk-reply input[type=hidden], #PromiseText, #PromiseDate, #PromiseTime").Select(i => (i.Name!, i.Value));
        using var sent = await agent.SendFormAsync(DeskPortal.Address(ticket, "responder"), [.. fields, ("Body", "Hola, Ana. Le respondo pasado mañana a las 11:00."), ("Next", "prometer")]);
        Assert.Equal(NextStep.Promise, (await portal.TicketAsync(ticket.Id)).NextStep);
    }

    [Fact]
    public async Task Post_ASoonerDateInTheText_IsToldOnce()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        (string, string)[] fields = [("Body", "Le llamo mañana."), ("Next", "prometer"), ("PromiseText", "Le llamo"), ("PromiseDate", $"{NextYear}-06-01"), ("PromiseTime", "10:00")];

        using var told = await SendAsync(agent, ticket, fields);
        var page = await told.PageAsync();
        using var sent = await SendAsync(agent, ticket, [.. fields, ("IsAgreed", "true")]);

        Assert.Equal(HttpStatusCode.BadRequest, told.StatusCode);
        Assert.NotNull(page.QuerySelector("input[name=IsAgreed][value=true]"));
        Assert.Equal(NextStep.Promise, (await portal.TicketAsync(ticket.Id)).NextStep);
    }

    [Theory]
    [InlineData("", "resolver", "Body")]
    [InlineData(" \u200B \n ", "resolver", "Body")]
    [InlineData("Vamos el **[día]**", "resolver", "Body")]
    [InlineData("Hola", "", "Next")]
    [InlineData("Hola", "otra", "Next")]
    [InlineData("Hola", "prometer", "PromiseText")]
    public async Task Post_Incomplete_IsTheSamePageWithEverythingTyped(string body, string next, string field)
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await SendAsync(agent, ticket, ("Body", body), ("Next", next), ("PromiseDate", "2030-01-05"), ("PromiseTime", "10:15"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector($".error-summary a[href='#{field}']"));
        Assert.NotNull(page.QuerySelector($"#{field}"));
        Assert.Equal(body.Trim(' ', '\u200B', '\n'), page.QuerySelector<IHtmlTextAreaElement>("#Body")!.Value);
        Assert.Equal(("2030-01-05", "10:15"), (page.QuerySelector<IHtmlInputElement>("#PromiseDate")!.Value, page.QuerySelector<IHtmlInputElement>("#PromiseTime")!.Value));
        Assert.DoesNotContain((await portal.TicketAsync(ticket.Id)).Messages, m => m.Author == ActorKind.Staff);
    }

    [Theory]
    [InlineData("2020-01-01", "10:00")]
    [InlineData("2090-01-01", "10:00")]
    [InlineData("", "10:00")]
    [InlineData("mañana", "10:00")]
    [InlineData("2030-02-30", "10:00")]
    [InlineData("2030-02-03", "25:00")]
    public async Task Post_WithADateThatCannotBePromised_SaysSo(string date, string time)
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var answer = await SendAsync(agent, ticket, ("Body", "Hola"), ("Next", "prometer"), ("PromiseText", "algo"), ("PromiseDate", date), ("PromiseTime", time));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector("#PromiseDate-error"));
        Assert.Equal(NextStep.FirstResponse, (await portal.TicketAsync(ticket.Id)).NextStep);
    }

    [Fact]
    public async Task Post_SentTwice_IsOneAnswerAndOneMail()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, ticket, ("Body", "Una vez"), ("Next", "resolver"));

        using var first = await agent.SendFormAsync(DeskPortal.Address(ticket, "responder"), fields);
        using var second = await agent.SendFormAsync(DeskPortal.Address(ticket, "responder"), fields);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Single((await portal.TicketAsync(ticket.Id)).Messages, m => m.Author == ActorKind.Staff);
        Assert.Equal([MailKind.CaseOpened, MailKind.CaseSolved], await portal.MailsAsync(ticket.Id));
    }

    [Fact]
    public async Task Post_AfterTheCustomerWrote_ShowsHerWordsKeepsTheTextAndCanBeSentAgain()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, ticket, ("Body", "Vamos a su casa"), ("Next", "resolver"));
        await portal.ChangeAsync(ticket.Id, (t, now) => t.CustomerReplied(
            new Message { TicketId = t.Id, Author = ActorKind.Customer, AuthorName = "Ana", Body = "Ya no vivo <b>ahí</b>", WrittenAt = now, SubmissionKey = Guid.NewGuid() }, Actor.Customer(null), now.AddHours(9), now));

        using var overtaken = await agent.SendFormAsync(DeskPortal.Address(ticket, "responder"), fields);

        Assert.Equal(HttpStatusCode.Conflict, overtaken.StatusCode);
        var page = await overtaken.PageAsync();
        Assert.Contains("Ya no vivo <b>ahí</b>", page.QuerySelector(".desk-news").Words(), StringComparison.Ordinal);
        Assert.Equal("Vamos a su casa", page.QuerySelector<IHtmlTextAreaElement>("#Body")!.Value);
        Assert.Equal(TicketStatus.New, (await portal.TicketAsync(ticket.Id)).Status);

        var again = page.QuerySelectorAll<IHtmlInputElement>($"{Form} input[type=hidden]").Select(i => (i.Name!, i.Value));
        using var sent = await agent.SendFormAsync(DeskPortal.Address(ticket, "responder"), [.. again, ("Body", "Entonces no vamos"), ("Next", "resolver")]);

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal(TicketStatus.Solved, (await portal.TicketAsync(ticket.Id)).Status);
    }

    [Fact]
    public async Task Post_ByTheSecondOfTwoAgents_NeverOverwritesThePromiseOfTheFirst()
    {
        var ticket = await portal.OpenAsync();
        using var mateo = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var julian = await portal.Host.BrowserOfAsync(DeskPortal.Admin);
        (string, string)[] Promise(string what) => [("Body", what), ("Next", "prometer"), ("PromiseText", what), ("PromiseDate", NextYear + "-01-02"), ("PromiseTime", "10:00")];
        var first = await FieldsAsync(mateo, ticket, Promise("Lo de Mateo"));
        var second = await FieldsAsync(julian, ticket, Promise("Lo de Julián"));

        using var stored = await mateo.SendFormAsync(DeskPortal.Address(ticket, "responder"), first);
        using var refused = await julian.SendFormAsync(DeskPortal.Address(ticket, "responder"), second);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Mateo Ríos", (await refused.PageAsync()).QuerySelector(".desk-news").Words(), StringComparison.Ordinal);
        Assert.Equal("Lo de Mateo", (await portal.TicketAsync(ticket.Id)).NextStepText);
    }

    [Fact]
    public async Task Post_WithAFile_StoresItAndLinksItAndKeepsItOnAnError()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, ticket, ("Body", ""), ("Next", "resolver"));

        using var refused = await agent.PostAsync(DeskPortal.Address(ticket, "responder"), Multipart(fields, ("../<b>guía.pdf", "%PDF-1.7 x"u8.ToArray()), ("virus.exe", [1, 2])));
        var page = await refused.PageAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotNull(page.QuerySelector("#Files-error"));
        Assert.Contains("bguía.pdf", page.QuerySelector(".file-list").Words(), StringComparison.Ordinal);

        var again = fields.Where(f => f.Name != "Body").Append(("Body", "Va la guía")).ToList();
        using var sent = await agent.PostAsync(DeskPortal.Address(ticket, "responder"), Multipart(again));
        var file = Assert.Single(Assert.Single((await portal.TicketAsync(ticket.Id)).Messages, m => m.Author == ActorKind.Staff).Attachments);
        Assert.NotNull((await sent.PageAsync()).QuerySelector($".thread a[href='/casos/{ticket.Number}/archivos/{file.Id}']"));
    }

    [Fact]
    public async Task Get_CannedReplies_AreFilledInAndOneCanBeginAnAnswer()
    {
        var ticket = await portal.OpenAsync(change: r => r with { Queue = "tecnico", Contact = r.Contact with { Name = "Ana <i>López</i>" } });
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var page = await agent.PageAsync(DeskPortal.Address(ticket));
        var begun = await agent.PageAsync(DeskPortal.Address(ticket, "responder?plantilla=visita"));

        Assert.Equal(["Visita <agendada>", "Gracias"], page.QuerySelectorAll(".desk-canned h3").Select(h => h.TextContent));
        Assert.Equal($"Hola, Ana <i>López</i>:\n\nVamos el **[día]** por su caso {ticket.Number}.", begun.QuerySelector<IHtmlTextAreaElement>("#Body")!.Value);
    }

    [Fact]
    public async Task Post_TenThousandCharacters_AreKeptToTheLast()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var text = string.Concat(Enumerable.Repeat("año ñandú 123 ", 720))[..10_000].TrimEnd();

        using var answer = await SendAsync(agent, ticket, ("Body", text), ("Next", "resolver"));
        using var tooLong = await SendAsync(agent, ticket, ("Body", new string('x', Message.BodyMaxLength + 1)), ("Next", "resolver"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(text, Assert.Single((await portal.TicketAsync(ticket.Id)).Messages, m => m.Author == ActorKind.Staff).Body);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, OpenedTicket ticket, params (string, string)[] fields) =>
        await browser.SendFormAsync(DeskPortal.Address(ticket, "responder"), await FieldsAsync(browser, ticket, fields));

    /// <summary>The form as the ticket's page gives it, filled in.</summary>
    private static async Task<List<(string Name, string Value)>> FieldsAsync(HttpClient browser, OpenedTicket ticket, params (string, string)[] fields)
    {
        var page = await browser.PageAsync(DeskPortal.Address(ticket));
        return [.. page.QuerySelectorAll<IHtmlInputElement>($"{Form} input[type=hidden]").Select(i => (i.Name!, i.Value)), .. fields];
    }

    private static MultipartFormDataContent Multipart(IEnumerable<(string Name, string Value)> fields, params (string Name, byte[] Bytes)[] files)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (name, bytes) in files)
        {
            content.Add(new ByteArrayContent(bytes), "Files", name);
        }

        return content;
    }
}
