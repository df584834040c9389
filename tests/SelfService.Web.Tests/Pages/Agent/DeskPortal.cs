using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Pages.Agent;

/// <summary>A portal with two queues and canned replies, and what tests do to its tickets.</summary>
public sealed class DeskPortal : IAsyncLifetime
{
    public const string Admin = "julian@brisal.example";
    public const string Editor = "elena@brisal.example";

    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        content.Write("site.yaml", Site).Write("queues.yaml", Queues)
            .Write("replies/visita.md", "---\ntitle: Visita <agendada>\nqueue: tecnico\n---\nHola, {nombre}:\n\nVamos el **[día]** por su caso {numero}.\n")
            .Write("replies/gracias.md", "---\ntitle: Gracias\n---\nHola, {nombre}: gracias por escribir.\n");
        Host = await PortalHost.StartAsync(content.Root);
        // Nothing happens by itself: jobs stay as the tests leave them.
        Host.Services.GetRequiredService<Readiness>().IsOpen = false;
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }

    /// <summary>Opens a ticket as a form would.</summary>
    public async Task<OpenedTicket> OpenAsync(string subject = "Lavadora", string message = "No enciende", Func<TicketRequest, TicketRequest>? change = null)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var request = new TicketRequest
        {
            SubmissionKey = Guid.NewGuid(),
            Queue = "atencion",
            Sla = "estandar",
            Subject = subject,
            Message = message,
            Contact = new Core.People.Contact("Ana", $"{Guid.NewGuid():N}@ensayo.example", null, null),
        };
        return await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(change?.Invoke(request) ?? request, CancellationToken.None);
    }

    public async Task<T> AskAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    public Task<Ticket> TicketAsync(Guid id) =>
        AskAsync(db => db.Tickets.AsNoTracking().Include(t => t.Customer).Include(t => t.Messages).ThenInclude(m => m.Attachments).Include(t => t.Events).SingleAsync(t => t.Id == id));

    public Task ChangeAsync(Guid id, Action<Ticket, DateTime> change) => AskAsync(db => db.ChangeTicketAsync(id, ticket =>
    {
        change(ticket, DateTime.UtcNow);
        return true;
    }, CancellationToken.None));

    /// <summary>Mails that were asked for about a ticket, in that order.</summary>
    public async Task<IEnumerable<MailKind>> MailsAsync(Guid ticketId) => (await Host.MailsAboutAsync(ticketId)).Select(m => m.Kind);

    public Task<Guid> PersonAsync(string email) => AskAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync());

    public static string Address(OpenedTicket ticket, string step = "") => $"/agente/casos/{ticket.Number}{(step.Length > 0 ? "/" + step : "")}";

    private const string Site = """
        name: Ensayo
        locale: es-MX
        languages: [es, en]
        time_zone: America/Santiago
        currency: CLP
        country: MX
        contact:
          phone: "800 555 0100"
        opening_hours:
          monday: 09:00-18:00
        """;

    private const string Queues = """
        queues:
          atencion: { name: Atención, sla: estandar }
          tecnico: { name: Servicio Técnico, sla: estandar }
        policies:
          estandar: { first_response: 8h, next_response: 12h, hours: always }
        default_queue: atencion
        """;
}

[CollectionDefinition(Name)]
public sealed class DeskPortalCollection : ICollectionFixture<DeskPortal>
{
    public const string Name = "desk portal";
}
