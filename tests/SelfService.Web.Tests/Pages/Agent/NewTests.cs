using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent;

[Collection(DeskPortalCollection.Name)]
public sealed class NewTests(DeskPortal portal)
{
    [Fact]
    public async Task Post_ACall_OpensATicketInHerNameOnce()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, ("Name", "Doña Óscar"), ("Phone", "55 8765 4321"), ("Subject", "Sin agua"), ("Text", "Dice que no sale agua.\nLlama mañana."), ("Queue", "tecnico"), ("Priority", "Urgent"), ("Language", "en"));

        using var answer = await agent.SendFormAsync("/agente/nuevo", fields);
        using var again = await agent.SendFormAsync("/agente/nuevo", fields);

        var opened = await portal.AskAsync(db => db.Tickets.AsNoTracking().Include(t => t.Messages).Include(t => t.Events).SingleAsync(t => t.ContactPhone == "+525587654321"));
        Assert.Equal("/agente/casos/" + opened.Number, answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(answer.RequestMessage.RequestUri.AbsolutePath, again.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal((Channel.Phone, "tecnico", TicketPriority.Urgent, "en", "Doña Óscar"), (opened.Channel, opened.Queue, opened.Priority, opened.Language, opened.ContactName));
        var message = Assert.Single(opened.Messages);
        Assert.Equal((ActorKind.Staff, "Mateo Ríos", "Dice que no sale agua.\nLlama mañana."), (message.Author, message.AuthorName, message.Body));
        Assert.Equal(ActorKind.Staff, Assert.Single(opened.Events).Actor);
    }

    [Fact]
    public async Task Post_TheSameFormWithOtherWords_OpensNoneAndNamesTheFirst()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var email = $"{Guid.NewGuid():N}@ensayo.example";
        var fields = await FieldsAsync(agent, ("Name", "Ana"), ("Email", email), ("Subject", "Uno"), ("Queue", "tecnico"), ("Priority", "Normal"));

        using var first = await agent.SendFormAsync("/agente/nuevo", [.. fields, ("Text", "Uno")]);
        using var second = await agent.SendFormAsync("/agente/nuevo", [.. fields, ("Text", "Dos")]);

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var opened = await portal.AskAsync(db => db.Tickets.SingleAsync(t => t.ContactEmail == email));
        var page = await second.PageAsync();
        Assert.Contains(opened.Number, page.QuerySelector(".error-summary").Words(), StringComparison.Ordinal);
        Assert.Equal("Dos", page.QuerySelector<IHtmlTextAreaElement>("#Text")!.Value);
    }

    [Theory]
    [InlineData("Name", "", "Name")]
    [InlineData("Subject", TooLong, "Subject")]
    [InlineData("Text", "", "Text")]
    [InlineData("Phone", "", "Phone")]
    [InlineData("Phone", "12", "Phone")]
    [InlineData("Email", "nada@", "Email")]
    [InlineData("Queue", "ninguna", "Queue")]
    [InlineData("Priority", "Altísima", "Priority")]
    public async Task Post_Incomplete_KeepsEverythingAndSaysWhatIsMissing(string field, string value, string told)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var before = await portal.AskAsync(db => db.Tickets.CountAsync());
        var whole = new Dictionary<string, string> { ["Name"] = "Ana", ["Phone"] = "55 4321 8765", ["Email"] = "", ["Subject"] = "Asunto", ["Text"] = "Texto", ["Queue"] = "tecnico", ["Priority"] = "High", [field] = value };

        using var answer = await agent.SendFormAsync("/agente/nuevo", await FieldsAsync(agent, [.. whole.Select(f => (f.Key, f.Value))]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector($".error-summary a[href='#{told}']"));
        Assert.NotNull(page.QuerySelector($"#{told}-error"));
        Assert.Equal(field == "Name" ? "" : "Ana", page.QuerySelector<IHtmlInputElement>("#Name")!.Value);
        Assert.Equal(before, await portal.AskAsync(db => db.Tickets.CountAsync()));
    }

    [Fact]
    public async Task Post_ACallAboutACaseSheHas_ContinuesItOnceSheSaysWhich()
    {
        var email = $"{Guid.NewGuid():N}@ensayo.example";
        var opened = await portal.OpenAsync("Fuga", change: r => r with { Contact = r.Contact with { Email = email, Name = "Lucía" } });
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, ("Email", email), ("Text", "Pregunta cuándo van. Está preocupada."), ("Queue", "tecnico"), ("Priority", "Normal"));

        using var looked = await agent.SendFormAsync("/agente/nuevo?handler=buscar", fields);
        using var asked = await agent.SendFormAsync("/agente/nuevo", fields);
        using var done = await agent.SendFormAsync("/agente/nuevo", [.. fields, ("Case", opened.Number)]);
        using var again = await agent.SendFormAsync("/agente/nuevo", [.. fields, ("Case", opened.Number)]);

        var found = await looked.PageAsync();
        Assert.Equal("Lucía", found.QuerySelector<IHtmlInputElement>("#Name")!.Value);
        Assert.Equal([opened.Number, "nuevo"], found.QuerySelectorAll<IHtmlInputElement>("[name=Case]").Select(i => i.Value));
        Assert.Empty(found.QuerySelectorAll(".error-summary"));
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.NotNull((await asked.PageAsync()).QuerySelector(".error-summary a[href='#Case']"));
        Assert.Equal(DeskPortal.Address(opened), done.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(DeskPortal.Address(opened), again.RequestMessage!.RequestUri!.AbsolutePath);
        var ticket = await portal.TicketAsync(opened.Id);
        Assert.Single(ticket.Messages, m => m.Body.StartsWith("Pregunta", StringComparison.Ordinal));
        Assert.Single(ticket.Events, e => e.Kind == TicketEventKind.CustomerCalled);
        Assert.Equal(1, await portal.AskAsync(db => db.Tickets.CountAsync(t => t.ContactEmail == email)));
    }

    [Fact]
    public async Task Post_ACallAboutSomethingNew_IsCalledByItsFirstSentence()
    {
        var email = $"{Guid.NewGuid():N}@ensayo.example";
        await portal.OpenAsync("Fuga", change: r => r with { Contact = r.Contact with { Email = email, Name = "Lucía" } });
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var fields = await FieldsAsync(agent, ("Email", email), ("Text", "Quiere otra factura. La necesita hoy."), ("Queue", "tecnico"), ("Priority", "Normal"), ("Case", "nuevo"));

        using var done = await agent.SendFormAsync("/agente/nuevo", fields);

        Assert.Equal(["Fuga", "Quiere otra factura"], await portal.AskAsync(db => db.Tickets.Where(t => t.ContactEmail == email).OrderBy(t => t.Id).Select(t => t.Subject).ToListAsync()));
    }

    private const string TooLong = "Lorem ipsum dolor sit amet consectetur adipiscing elit Lorem ipsum dolor sit amet consectetur adipiscing elit Lorem ipsum dolor sit amet consectetur adipiscing elit Lorem ipsum dolor sit amet consectetur adipiscing elit";

    private static async Task<List<(string, string)>> FieldsAsync(HttpClient browser, params (string, string)[] fields)
    {
        var page = await browser.PageAsync("/agente/nuevo");
        return [.. page.QuerySelectorAll<IHtmlInputElement>("main form[method=post] input[type=hidden]").Select(i => (i.Name!, i.Value)), .. fields];
    }
}
