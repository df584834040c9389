using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Audit;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Joining;
using static SelfService.Web.Tests.Pages.Account.AccountSteps;

namespace SelfService.Web.Tests.Pages.Account;

[Collection(TrialPortalCollection.Name)]
public sealed class DataTests(TrialPortal portal)
{
    private PortalHost Host => portal.Host;

    private Task NoteAsync(Guid ticketId, string body) => Host.InDatabaseAsync(async db =>
    {
        var ticket = await db.Tickets.SingleAsync(t => t.Id == ticketId);
        ticket.Note(new Message { TicketId = ticketId, Author = ActorKind.Staff, AuthorName = "Mateo", Body = body, IsNote = true, WrittenAt = DateTime.UtcNow, SubmissionKey = Guid.NewGuid() }, Actor.System, DateTime.UtcNow);
        return await db.SaveChangesAsync();
    });

    [Fact]
    public async Task Post_Copy_HoldsEverythingOfHersAndNothingOfOthers()
    {
        var (address, other) = (NewAddress(), NewAddress());
        using var browser = await Host.RegisterAsync(address);
        var person = (await Host.FindPersonAsync(address))!;
        var own = await Host.OpenCaseAsync(address, person.Id, "Mi lavadora no enciende");
        var foreign = await Host.OpenCaseAsync(other, message: "Secreto ajeno");
        await NoteAsync(own.Id, "Nota interna del equipo");

        using var answer = await browser.FillAsync("/cuenta/datos", "main form[method=post]");
        Assert.Equal((200, "application/zip"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync());
        using var reader = new StreamReader(zip.GetEntry("data.json")!.Open());
        var text = await reader.ReadToEndAsync();
        using var data = JsonDocument.Parse(text);

        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(address, data.RootElement.GetProperty("account").GetProperty("email").GetString());
        var single = Assert.Single(data.RootElement.GetProperty("cases").EnumerateArray());
        Assert.Equal(own.Number, single.GetProperty("number").GetString());
        Assert.Contains("Mi lavadora no enciende", text, StringComparison.Ordinal);
        Assert.Contains("BR123", text, StringComparison.Ordinal);
        Assert.All(["Secreto ajeno", other, foreign.Number, "Nota interna", person.PasswordHash!, person.SecurityStamp!], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        var file = Assert.Single(zip.Entries, e => e.FullName != "data.json");
        Assert.StartsWith(own.Number + "/", file.FullName, StringComparison.Ordinal);
        using var content = new StreamReader(file.Open());
        Assert.Equal("hola", await content.ReadToEndAsync());
        Assert.Equal(1, await Host.InDatabaseAsync(db => db.AuditEntries.CountAsync(e => e.Kind == AuditKind.DataExported && e.ActorId == person.Id)));
    }

    [Fact]
    public async Task Get_Data_MakesNoCopy()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);
        var person = (await Host.FindPersonAsync(address))!;

        await browser.PageAsync("/cuenta/datos");

        Assert.Equal(0, await Host.InDatabaseAsync(db => db.AuditEntries.CountAsync(e => e.Kind == AuditKind.DataExported && e.ActorId == person.Id)));
    }

    [Fact]
    public async Task Post_Delete_ForgetsThePersonAndKeepsTheCasesWithoutHer()
    {
        var (address, mailbox) = (NewAddress(), new Mailbox(Host));
        using var browser = await Host.RegisterAsync(address);
        var person = (await Host.FindPersonAsync(address))!;
        var own = await Host.OpenCaseAsync(address, person.Id, "Mi lavadora no enciende");
        var guest = await Host.OpenCaseAsync(address, message: "Otra vez la lavadora");
        var foreign = await Host.OpenCaseAsync(NewAddress());
        var key = await Host.KeyAsync(guest.Id);
        await mailbox.AllAsync(address);

        var told = await browser.PageAsync("/cuenta/datos/eliminar");
        using var answer = await browser.FillAsync("/cuenta/datos/eliminar", Form, ("Password", HerPassword));

        Assert.Contains("2", told.QuerySelector(".account-means").Words(), StringComparison.Ordinal);
        Assert.Equal("/cuenta/aviso/eliminada", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Null(await Host.FindPersonAsync(address));
        var tickets = await Host.InDatabaseAsync(db => db.Tickets.AsNoTracking().Include(t => t.Customer).Include(t => t.Messages).ThenInclude(m => m.Attachments)
            .Where(t => t.Id == own.Id || t.Id == guest.Id).ToListAsync());
        Assert.Equal(2, tickets.Count);
        Assert.All(tickets, ticket =>
        {
            Assert.Equal((TicketStatus.Closed, "", null, null, null), (ticket.Status, ticket.ContactName, ticket.ContactEmail, ticket.ContactPhone, ticket.OpenedById));
            Assert.Equal(("", null, null), (ticket.Customer.Name, ticket.Customer.Email, ticket.Customer.PersonId));
            Assert.Empty(ticket.Answers);
            var message = Assert.Single(ticket.Messages);
            Assert.Equal(("", null), (message.AuthorName, message.AuthorId));
            Assert.NotEqual("", message.Body);
            Assert.Empty(message.Attachments);
        });
        Assert.NotNull(await Host.InDatabaseAsync(db => db.TicketKeys.Where(k => k.Id == key).Select(k => k.RevokedAt).SingleAsync()));
        Assert.Equal("Marta", await Host.InDatabaseAsync(db => db.Tickets.Where(t => t.Id == foreign.Id).Select(t => t.ContactName).SingleAsync()));

        // The session is over, the last mail came, and the log tells that it happened without telling to whom.
        Assert.NotNull((await browser.PageAsync("/")).QuerySelector("header a[href^='/cuenta/entrar']"));
        Assert.NotEmpty((await mailbox.AllAsync(address))[^1].Subject);
        var line = await Host.InDatabaseAsync(db => db.AuditEntries.SingleAsync(e => e.Kind == AuditKind.AccountDeleted && e.ActorId == person.Id));
        Assert.DoesNotContain("@", line.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_DeleteAfterAMerge_ForgetsHerInTheTicketOfAnotherPersonToo()
    {
        var (address, other) = (NewAddress(), NewAddress());
        using var browser = await Host.RegisterAsync(address);
        var person = (await Host.FindPersonAsync(address))!;
        var own = await Host.OpenCaseAsync(address, person.Id, "Mi lavadora no enciende");
        var guest = await Host.OpenCaseAsync(address, message: "Otra vez la lavadora");
        var foreign = await Host.OpenCaseAsync(other, message: "La de mi vecina");
        var agent = (await Host.FindPersonAsync(Steps.Agent))!.Id;
        await using (var scope = Host.Services.CreateAsyncScope())
        {
            var join = scope.ServiceProvider.GetRequiredService<JoinTickets>();
            Assert.Equal(JoinResult.Done, await join.MergeAsync(own.Id, foreign.Id, evenOfOthers: true, agent, default));
            Assert.Equal(JoinResult.Done, await join.MergeAsync(guest.Id, foreign.Id, evenOfOthers: true, agent, default));
        }

        (await browser.FillAsync("/cuenta/datos/eliminar", Form, ("Password", HerPassword))).Dispose();

        var messages = await Host.InDatabaseAsync(db => db.Messages.AsNoTracking().Include(m => m.Attachments).Where(m => m.TicketId == foreign.Id).ToListAsync());
        Assert.Equal(3, messages.Count);
        Assert.All(messages.Where(m => m.IsNote), m => Assert.Equal(("", null, 0), (m.AuthorName, m.AuthorId, m.Attachments.Count)));
        Assert.Equal("Marta", messages.Single(m => !m.IsNote).AuthorName);
    }

    [Fact]
    public async Task Get_OtherSessionOfADeletedAccount_LeadsToSignIn()
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);
        using var other = Host.Browser();
        await other.TrySignInAsync(address, HerPassword);
        await other.PageAsync("/cuenta");

        (await browser.FillAsync("/cuenta/datos/eliminar", Form, ("Password", HerPassword))).Dispose();

        using var answer = await other.GetAsync("/cuenta");
        Assert.Equal("/cuenta/entrar", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.False(await other.TrySignInAsync(address, HerPassword));
        // The address is free again, and what was forgotten stays forgotten.
        (await Host.RegisterAsync(address)).Dispose();
        Assert.Empty(await Host.CasesOfAsync((await Host.FindPersonAsync(address))!.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("otra-clave-99")]
    public async Task Post_DeleteWithoutThePassword_DeletesNothing(string password)
    {
        var address = NewAddress();
        using var browser = await Host.RegisterAsync(address);

        using var answer = await browser.FillAsync("/cuenta/datos/eliminar", Form, ("Password", password));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal("#Password", (await answer.PageAsync()).QuerySelector("[role=alert] a")!.GetAttribute("href"));
        Assert.NotNull(await Host.FindPersonAsync(address));
    }

    [Fact]
    public async Task GetAndPost_DeleteByStaff_IsNotFoundAndDeletesNothing()
    {
        using var browser = await Host.BrowserOfAsync(Steps.Agent);
        var page = await browser.PageAsync("/cuenta/datos");
        var form = page.HiddenFields("main form");

        await browser.PageAsync("/cuenta/datos/eliminar", 404);
        using var answer = await browser.SendFormAsync("/cuenta/datos/eliminar", [.. form, ("Password", Steps.Password)]);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Null(page.QuerySelector("main a[href='/cuenta/datos/eliminar']"));
        Assert.NotNull(await Host.FindPersonAsync(Steps.Agent));
        using var customer = await Host.RegisterAsync(NewAddress());
        Assert.NotNull((await customer.PageAsync("/cuenta/datos")).QuerySelector("main a[href='/cuenta/datos/eliminar']"));
    }
}
