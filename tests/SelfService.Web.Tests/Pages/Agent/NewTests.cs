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
    [InlineData("Subject", "\u200B", "Subject")]
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
        var whole = new Dictionary<string, string> { ["Name"] = "Ana", ["Phone"] = "55 1234 5678", ["Email"] = "", ["Subject"] = "Asunto", ["Text"] = "Texto", ["Queue"] = "tecnico", ["Priority"] = "High", [field] = value };

        using var answer = await agent.SendFormAsync("/agente/nuevo", await FieldsAsync(agent, [.. whole.Select(f => (f.Key, f.Value))]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector($".error-summary a[href='#{told}']"));
        Assert.NotNull(page.QuerySelector($"#{told}-error"));
        Assert.Equal(field == "Name" ? "" : "Ana", page.QuerySelector<IHtmlInputElement>("#Name")!.Value);
        Assert.Equal(before, await portal.AskAsync(db => db.Tickets.CountAsync()));
    }

    private static async Task<List<(string, string)>> FieldsAsync(HttpClient browser, params (string, string)[] fields)
    {
        var page = await browser.PageAsync("/agente/nuevo");
        return [.. page.QuerySelectorAll<IHtmlInputElement>("main form[method=post] input[type=hidden]").Select(i => (i.Name!, i.Value)), .. fields];
    }
}
