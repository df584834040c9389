using System.Net;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Web.Tests.Pages.Agent;

/// <summary>Who reaches the desk, over every address and every form, and that nobody else leaves a trace.</summary>
[Collection(DeskPortalCollection.Name)]
public sealed class WhoMayTests(DeskPortal portal)
{
    private static readonly string[] Steps = ["", "/responder", "/nota", "/asignar", "/mover", "/prometer", "/resolver", "/reabrir", "/revocar-enlaces", "/enviar-enlace", "/prioridad", "/etiquetas", "/consulta", "/unir"];

    [Fact]
    public async Task Get_DeskPages_AreThereForAgentsAndAdministratorsOnly()
    {
        var ticket = await portal.OpenAsync();
        string[] addresses = ["/agente", "/agente/nuevo", "/agente/vistas", "/agente/teclas", "/agente/consultas", "/agente/reglas", "/agente/reglas/registro", .. Steps.Select(s => DeskPortal.Address(ticket) + s)];

        await ExpectAsync(addresses, agent: 200, admin: 200);
    }

    [Fact]
    public async Task Get_Jobs_AreThereForAdministratorsOnly() => await ExpectAsync(["/admin/trabajos"], agent: 404, admin: 200);

    [Fact]
    public async Task Post_EveryFormOfTheDesk_DoesNothingForAnybodyElse()
    {
        var ticket = await portal.OpenAsync();
        await portal.AskAsync(async db =>
        {
            db.TicketKeys.Add(TicketKey.Issue(ticket.Id, DateTime.UtcNow).Key);
            return await db.SaveChangesAsync();
        });
        var job = await portal.AskAsync(db => db.Jobs.Select(j => j.Id).FirstAsync());
        var before = await TraceAsync(ticket.Id);
        (string, string)[] everything =
        [
            ("Key", Guid.NewGuid().ToString()), ("NoteKey", Guid.NewGuid().ToString()), ("Seen", "1"), ("Body", "Hola"), ("NoteBody", "Hola"), ("Next", "resolver"),
            ("Owner", "nadie"), ("Queue", "tecnico"), ("PromiseText", "algo"), ("PromiseDate", "2030-01-01"), ("PromiseTime", "10:00"),
            ("Name", "Ana"), ("Phone", "5512345678"), ("Subject", "x"), ("Text", "x"), ("Priority", "High"), ("Language", "es"), ("Job", job.ToString()), ("Kind", "mail"),
        ];
        string[] forms = ["/agente/nuevo", "/agente/vistas", "/agente/varios", "/agente/vista-previa", "/agente/nuevo/quien", "/agente/reglas/nueva", "/admin/trabajos/reintentar", .. Steps.Where(s => s.Length > 0).Select(s => DeskPortal.Address(ticket) + s)];
        using var anonymous = portal.Host.Browser(followRedirects: false);
        using var customer = await portal.Host.BrowserOfAsync(Web.Tests.Steps.Customer);
        using var editor = await portal.Host.BrowserOfAsync(DeskPortal.Editor);

        foreach (var form in forms)
        {
            foreach (var person in new[] { customer, editor })
            {
                // With a token of her own, so that it is not the missing token that stops her.
                var token = await TokenAsync(person);
                using var answer = await person.SendFormAsync(form, [.. everything, ("__RequestVerificationToken", token)]);
                Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{form} answered {(int)answer.StatusCode}");
            }

            using var strangers = await anonymous.SendFormAsync(form, everything);
            Assert.True(strangers.StatusCode == HttpStatusCode.Found && strangers.Headers.Location!.OriginalString.Contains("/cuenta/entrar", StringComparison.Ordinal), form);
        }

        Assert.Equal(before, await TraceAsync(ticket.Id));
    }

    [Fact]
    public async Task Post_Retry_IsNotForAgents()
    {
        using var agent = await portal.Host.BrowserOfAsync(Web.Tests.Steps.Agent);
        using var answer = await agent.SendFormAsync("/admin/trabajos/reintentar", [("Kind", "mail"), ("__RequestVerificationToken", await TokenAsync(agent))]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Post_WithoutToken_IsRefusedAlsoForAgents()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Web.Tests.Steps.Agent);

        using var answer = await agent.SendFormAsync(DeskPortal.Address(ticket, "resolver"), [("Seen", "1")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(TicketStatus.New, (await portal.TicketAsync(ticket.Id)).Status);
    }

    [Theory]
    [InlineData("C-0000-0000")]
    [InlineData("nada")]
    [InlineData("%00")]
    public async Task Get_NoSuchTicket_IsNotFound(string number)
    {
        using var agent = await portal.Host.BrowserOfAsync(Web.Tests.Steps.Agent);

        foreach (var step in Steps)
        {
            using var answer = await agent.GetAsync($"/agente/casos/{number}{step}");
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        }
    }

    [Fact]
    public async Task Get_NothingOfTheDesk_IsKeptByABrowser()
    {
        var ticket = await portal.OpenAsync();
        using var agent = await portal.Host.BrowserOfAsync(Web.Tests.Steps.Agent);

        foreach (var address in new[] { "/agente", DeskPortal.Address(ticket) })
        {
            using var answer = await agent.GetAsync(address);
            Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        }
    }

    private async Task ExpectAsync(string[] addresses, int agent, int admin)
    {
        using var anonymous = portal.Host.Browser(followRedirects: false);
        foreach (var address in addresses)
        {
            using var answer = await anonymous.GetAsync(address);
            Assert.True(answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.OriginalString.Contains("/cuenta/entrar", StringComparison.Ordinal), address);
        }

        foreach (var (email, expected) in new[] { (Web.Tests.Steps.Customer, 404), (DeskPortal.Editor, 404), (Web.Tests.Steps.Agent, agent), (DeskPortal.Admin, admin) })
        {
            using var person = await portal.Host.BrowserOfAsync(email);
            foreach (var address in addresses)
            {
                await person.PageAsync(address, expected);
            }
        }
    }

    private static async Task<string> TokenAsync(HttpClient browser) =>
        (await browser.PageAsync("/cuenta/salir")).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    // Everything that any of the forms could have changed.
    private Task<(int, int, int, int, int, int, int, string)> TraceAsync(Guid ticketId) => portal.AskAsync(async db => (
        await db.Tickets.CountAsync(), await db.Tickets.Where(t => t.Id == ticketId).Select(t => t.Version).SingleAsync(), await db.Messages.CountAsync(), await db.TicketEvents.CountAsync(),
        await db.Jobs.CountAsync(), await db.AuditEntries.CountAsync(e => e.Kind == Core.Audit.AuditKind.KeysRevoked || e.Kind == Core.Audit.AuditKind.JobRetried),
        await db.TicketKeys.CountAsync(k => k.RevokedAt != null), await db.Tickets.Where(t => t.Id == ticketId).Select(t => t.Queue).SingleAsync()));
}
