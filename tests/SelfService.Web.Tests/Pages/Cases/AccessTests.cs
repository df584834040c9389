using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Cases;

/// <summary>
/// Every address and every form under /casos, for the cases of an account, of a guest and of another account, asked for by
/// everybody who may not: the same 404 as for what is not there, and nothing changes. Who may gets through.
/// </summary>
public sealed class AccessTests : IAsyncLifetime
{
    private const string Luis = "luis@correo.example";
    private const string Editor = "elena@brisal.example";

    private static readonly string[] Pages = ["", "/cerrar", "/reabrir", "/valoracion", "/olvidar"];
    private static readonly string[] Forms = ["", "/cerrar", "/reabrir", "/valoracion", "/olvidar"];

    private PortalHost host = null!;

    public async Task InitializeAsync() => host = await PortalHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Everybody_SeesAndChangesOnlyTheirOwn()
    {
        await AddLuisAsync();
        var ofAna = await SolvedWithFileAsync(Steps.Customer, "ana-secreta");
        var ofGuest = await SolvedWithFileAsync(null, "rosa-secreta");
        var ofLuis = await SolvedWithFileAsync(Luis, "luis-secreta");
        var elsewhere = await host.OpenCaseAsync("De otra invitada", email: "otra@correo.example");
        using var anonymous = host.Browser(followRedirects: false);
        using var otherGuest = await host.GuestOfAsync(elsewhere, followRedirects: false);
        using var ana = await host.BrowserOfAsync(Steps.Customer);
        using var luis = await host.BrowserOfAsync(Luis);
        using var editor = await host.BrowserOfAsync(Editor);
        using var guest = await host.GuestOfAsync(ofGuest, followRedirects: false);
        var before = await StateAsync();

        foreach (var (who, client, cases) in new (string, HttpClient, Ticket[])[]
        {
            ("anonymous", anonymous, [ofAna, ofGuest, ofLuis]), ("other guest", otherGuest, [ofAna, ofGuest, ofLuis]), ("editor", editor, [ofAna, ofGuest, ofLuis]),
            ("Luis", luis, [ofAna, ofGuest]), ("Ana", ana, [ofGuest, ofLuis]), ("guest", guest, [ofAna, ofLuis]),
        })
        {
            var token = (await client.PageAsync("/casos/buscar")).Token();
            foreach (var ticket in cases)
            {
                await RefusedAsync(who, client, token, ticket);
            }

            var list = (await client.PageAsync("/casos?estado=todos")).QuerySelector("main").Words();
            Assert.All(cases, ticket => Assert.DoesNotContain(ticket.Number, list, StringComparison.Ordinal));
        }

        Assert.Equal(before, await StateAsync());

        foreach (var (client, ticket) in new[] { (ana, ofAna), (guest, ofGuest), (luis, ofLuis) })
        {
            Assert.Contains("secreta", (await client.PageAsync("/casos/" + ticket.Number)).QuerySelector(".thread").Words(), StringComparison.Ordinal);
            using var file = await client.GetAsync(FileOf(ticket));
            Assert.Equal(200, (int)file.StatusCode);
            using var reply = await client.ReplyAsync("/casos/" + ticket.Number, [("Body", "Soy yo")]);
            Assert.True((int)reply.StatusCode is 200 or 302);
        }

        Assert.NotEqual(before, await StateAsync());
    }

    [Fact]
    public async Task Desk_ReadsEverythingAndSendsNoFormOfACustomer()
    {
        var ticket = await SolvedWithFileAsync(Steps.Customer, "ana-secreta");
        using var agent = await host.BrowserOfAsync(Steps.Agent);
        var token = (await agent.PageAsync("/casos/buscar")).Token();
        var before = await StateAsync();

        await agent.PageAsync("/casos/" + ticket.Number);
        using var file = await agent.GetAsync(FileOf(ticket));
        foreach (var form in Forms)
        {
            using var answer = await agent.SendFormAsync($"/casos/{ticket.Number}{form}", [token, ("Key", Guid.NewGuid().ToString()), ("Body", "Como si fuera ella"), ("Rating", "5")]);
            Assert.Equal(404, (int)answer.StatusCode);
        }

        Assert.Equal(200, (int)file.StatusCode);
        Assert.Equal(before, await StateAsync());
    }

    [Fact]
    public async Task Everywhere_EveryFormOfACaseIsInTheMatrix()
    {
        var ticket = await SolvedWithFileAsync(null, "rosa-secreta");
        using var guest = await host.GuestOfAsync(ticket);
        var root = "/casos/" + ticket.Number;
        var (seen, todo) = (new HashSet<string>(), new Queue<string>([root, root + "/cerrar"]));
        var forms = new HashSet<string>();
        while (todo.TryDequeue(out var address))
        {
            if (!seen.Add(address) || address.Contains("/archivos/", StringComparison.Ordinal))
            {
                continue;
            }

            var page = await guest.PageAsync(address);
            forms.UnionWith(page.QuerySelectorAll("main form[method=post]").Select(f => f.GetAttribute("action") ?? address));
            foreach (var link in page.QuerySelectorAll("main a").Select(a => a.GetAttribute("href")!.Split('#')[0]).Where(h => h.StartsWith(root, StringComparison.Ordinal)))
            {
                todo.Enqueue(link);
            }
        }

        Assert.Superset(new HashSet<string> { root, root + "/valoracion", root + "/reabrir", root + "/cerrar", root + "/olvidar" }, forms);
        Assert.Subset(Forms.Select(f => root + f).ToHashSet(), forms);
        Assert.Subset(Pages.Select(p => root + p).Append(FileOf(ticket)).ToHashSet(), seen);
    }

    private async Task RefusedAsync(string who, HttpClient client, (string Name, string Value) token, Ticket ticket)
    {
        var root = "/casos/" + ticket.Number;
        foreach (var address in Pages.Select(p => root + p).Append(FileOf(ticket)))
        {
            using var answer = await client.GetAsync(address);
            Assert.True((int)answer.StatusCode == 404, $"{who} GET {address}: {(int)answer.StatusCode}");
            Assert.DoesNotContain("secreta", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var absent = await client.GetAsync(address.Replace(ticket.Number, "C-0000-0000", StringComparison.Ordinal));
            Assert.Equal(await MainAsync(absent, "C-0000-0000"), await MainAsync(answer, ticket.Number));
        }

        foreach (var form in Forms)
        {
            using var answer = await client.SendFormAsync(root + form, [token, ("Key", Guid.NewGuid().ToString()), ("Body", "No soy yo"), ("Rating", "1"), ("Comment", "No soy yo")]);
            Assert.True((int)answer.StatusCode == 404, $"{who} POST {root + form}: {(int)answer.StatusCode}");
            using var untrusted = await client.SendFormAsync(root + form, [("Body", "No soy yo"), ("Rating", "1")]);
            Assert.True((int)untrusted.StatusCode == 404, $"{who} POST {root + form} without token: {(int)untrusted.StatusCode}");
        }

        using var upload = await client.SendReplyAsync(root, [token, ("Key", Guid.NewGuid().ToString()), ("Body", "x")], ("intruso.png", TestCases.Png));
        Assert.True((int)upload.StatusCode == 404, $"{who} upload: {(int)upload.StatusCode}");
    }

    private static async Task<string> MainAsync(HttpResponseMessage answer, string number) =>
        (await answer.PageAsync()).QuerySelector("main")!.InnerHtml.Replace(number, "N", StringComparison.Ordinal);

    private static string FileOf(Ticket ticket) => $"/casos/{ticket.Number}/archivos/{ticket.Messages.SelectMany(m => m.Attachments).Single().Id}";

    // Solved within the window, so that every form has something to do.
    private async Task<Ticket> SolvedWithFileAsync(string? account, string message)
    {
        var ticket = await host.OpenCaseAsync("Caso de prueba", account, message: message);
        await host.InAsync(async services =>
        {
            var answer = TestCases.FromStaff(ticket, "Listo, secreta");
            var stored = await services.GetRequiredService<AttachmentFolder>().StoreAsync(new MemoryStream(TestCases.Png), "secreta.png", answer.SubmissionKey, CancellationToken.None);
            await host.ChangeAsync(ticket, t => t.StaffSolved(answer, Actor.System, TimeSpan.FromDays(5), DateTime.UtcNow));
            return await host.AskAsync(db => db.Attachments.Where(a => a.Id == stored.Attachment!.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.MessageId, answer.Id)));
        });
        return await host.CaseAsync(ticket.Id);
    }

    // Everything a request under /casos could write.
    private async Task<string> StateAsync()
    {
        // A mail that is still to leave issues the key of its link.
        await host.Mailbox.AllAsync("nadie@correo.example");
        return await host.AskAsync(StateAsync);
    }

    private static async Task<string> StateAsync(PortalDbContext db) => JsonSerializer.Serialize(new
    {
        Tickets = await db.Tickets.OrderBy(t => t.Id).Select(t => new { t.Id, t.Version, t.Status, t.Rating, t.UpdatedAt }).ToListAsync(),
        Messages = await db.Messages.CountAsync(),
        Files = await db.Attachments.CountAsync(),
        Events = await db.TicketEvents.CountAsync(),
        Keys = await db.TicketKeys.CountAsync(k => k.RevokedAt == null),
        Jobs = await db.Jobs.CountAsync(),
    });

    private Task<bool> AddLuisAsync() => host.InAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<Person>>();
        var person = new Person { Id = Guid.CreateVersion7(), UserName = Luis, Email = Luis, EmailConfirmed = true, Name = "Luis", CreatedAt = DateTime.UtcNow };
        Assert.True((await users.CreateAsync(person, Steps.Password)).Succeeded);
        return (await users.AddToRoleAsync(person, Roles.Customer)).Succeeded;
    });
}
