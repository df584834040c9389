using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Journeys;
using SelfService.Core.Mail;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;
using SelfService.Core.Tests.KnowledgeBase;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

/// <summary>One open case of a customer, and the operations on it, each with a database connection of its own.</summary>
public abstract class CaseTest : IAsyncLifetime
{
    protected static readonly CancellationToken NoCancel = CancellationToken.None;
    protected static readonly TimeSpan Window = ServiceDesk.Plain("Ensayo").ReopenWindow;
    protected static readonly Actor Ana = Actor.Customer(null);

    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    protected FakeClock Clock { get; } = new();

    protected Guid Id { get; private set; }

    public async Task InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        var zone = DateTimeZoneProviders.Tzdb["America/Mexico_City"];
        services = database.Services(all => all
            .AddSingleton<TimeProvider>(Clock).AddSingleton(ServiceDesk.Plain("Ensayo")).AddSingleton<SlaClock>()
            .AddSingleton(new CompanyProfile
            {
                Name = "Ensayo",
                Locale = "es-MX",
                TimeZone = zone,
                Currency = "MXN",
                Country = "MX",
                Contact = new ContactWays(),
                OpeningHours = new OpeningHours(zone, new Dictionary<IsoDayOfWeek, DayHours>(), new Dictionary<LocalDate, string>()),
            })
            .AddScoped<Trails>().AddScoped<GatherCases>().AddScoped<OpenTicket>().AddScoped<ReplyToTicket>().AddScoped<CloseTicket>().AddScoped<ReopenTicket>().AddScoped<RateTicket>()
            .AddScoped<CloseSolvedTickets>().AddScoped<EscalateOverdueTickets>().AddScoped<FindCase>());
        Id = await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    protected async Task<Guid> OpenAsync(string? email = "ana@ensayo.example", string? phone = null, string subject = "Lavadora", string message = "No enciende")
    {
        var number = PhoneNumber.Parse(phone, "MX");
        var opened = await InAsync<OpenTicket, OpenedTicket>(open => open.RunAsync(
            new TicketRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Queue = "help",
                Sla = "standard",
                Subject = subject,
                Message = message,
                Contact = new Contact("Ana", email, number?.E164, number?.PersonKey),
            },
            NoCancel));
        return opened.Id;
    }

    /// <summary>Runs an operation as one request does.</summary>
    protected async Task<TResult> InAsync<TOperation, TResult>(Func<TOperation, Task<TResult>> run)
        where TOperation : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TOperation>());
    }

    protected Task<T> AskAsync<T>(Func<PortalDbContext, Task<T>> ask) => InAsync(ask);

    protected Task<Ticket> CaseAsync(Guid? id = null) => AskAsync(db => db.Tickets.AsNoTracking()
        .Include(t => t.Messages).ThenInclude(m => m.Attachments).Include(t => t.Events).SingleAsync(t => t.Id == (id ?? Id)));

    /// <summary>Changes the case as staff do.</summary>
    protected Task<bool> ChangeAsync(Action<Ticket> change, Guid? id = null) => AskAsync(db => db.ChangeTicketAsync(
        id ?? Id,
        ticket =>
        {
            change(ticket);
            return true;
        },
        NoCancel));

    protected Task<bool> SolveAsync() => ChangeAsync(t => t.Solve(Actor.System, Window, Clock.Now));

    protected Task<ReplyOutcome> ReplyAsync(string body = "Sigue igual", Guid? key = null, Guid? id = null, params Guid[] files) =>
        InAsync<ReplyToTicket, ReplyOutcome>(reply => reply.RunAsync(new TicketReply(id ?? Id, key ?? Guid.NewGuid(), Ana, "Ana", body, files), NoCancel));

    /// <summary>Kinds of the mails that wait for the case.</summary>
    protected Task<List<MailKind>> MailsAsync(Guid? id = null) => AskAsync(async db => (await db.Jobs.Where(j => j.Kind == MailRequest.JobKind).OrderBy(j => j.Id).ToListAsync())
        .Select(j => j.Read<MailRequest>()).Where(m => m.TicketId == (id ?? Id)).Select(m => m.Kind).ToList());

    /// <summary>The same thing many times at once.</summary>
    protected static async Task<IReadOnlyList<T>> AtOnceAsync<T>(int times, Func<int, Task<T>> run) =>
        await Task.WhenAll(Enumerable.Range(0, times).Select(i => Task.Run(() => run(i))));
}
