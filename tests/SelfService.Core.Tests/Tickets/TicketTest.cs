using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Journeys;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;
using SelfService.Core.Tests.KnowledgeBase;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

/// <summary>A database, a desk and a clock of its own for each test, and what people do with tickets.</summary>
public abstract class TicketTest : IAsyncLifetime
{
    protected static readonly CancellationToken NoCancel = CancellationToken.None;

    protected static readonly ServiceDesk Desk = ServiceDesk.Plain("Ensayo");

    protected FakeClock Clock { get; } = new();

    protected TestDatabase Database { get; private set; } = null!;

    public async Task InitializeAsync() => Database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await Database.DisposeAsync();

    /// <summary>A request of a guest, as a form would send it.</summary>
    protected static TicketRequest Request(Guid? key = null, string? email = "ana@ensayo.example", string? phone = null, string message = "No enciende") => new()
    {
        SubmissionKey = key ?? Guid.NewGuid(),
        Queue = "help",
        Sla = "standard",
        Subject = "Lavadora",
        Form = "falla",
        FormTitle = "Reportar una falla",
        Message = message,
        Answers = [new TicketAnswer("serie", "Número de serie", "BR123")],
        Contact = new Contact("Ana", email, phone, phone),
    };

    protected async Task<OpenedTicket> OpenAsync(TicketRequest request)
    {
        await using var db = Database.Open();
        return await new OpenTicket(db, Desk, Sla(), new Trails(db), new GatherCases(db), Clock).RunAsync(request, NoCancel);
    }

    protected async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var db = Database.Open();
        return await ask(db);
    }

    protected Task<Ticket> TicketAsync(Guid id) =>
        InAsync(db => db.Tickets.Include(t => t.Customer).Include(t => t.Messages).ThenInclude(m => m.Attachments).Include(t => t.Events).SingleAsync(t => t.Id == id));

    /// <summary>Does something to a stored ticket and stores what it did.</summary>
    protected async Task ChangeAsync(Guid id, Action<Ticket> change)
    {
        await using var db = Database.Open();
        await db.InTransactionAsync(async () => change(await db.Tickets.SingleAsync(t => t.Id == id)), NoCancel);
    }

    /// <summary>An account with a confirmed address.</summary>
    protected async Task<Guid> PersonAsync(string email)
    {
        await using var db = Database.Open();
        var person = new Person { Id = Guid.CreateVersion7(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant(), EmailConfirmed = true, CreatedAt = Clock.Now };
        db.Users.Add(person);
        await db.SaveChangesAsync(NoCancel);
        return person.Id;
    }

    protected static SlaClock Sla() => new(Company(new Dictionary<IsoDayOfWeek, DayHours>()));

    protected static CompanyProfile Company(IReadOnlyDictionary<IsoDayOfWeek, DayHours> week, params LocalDate[] holidays)
    {
        var zone = DateTimeZoneProviders.Tzdb["America/Mexico_City"];
        return new CompanyProfile
        {
            Name = "Ensayo",
            Locale = "es-MX",
            TimeZone = zone,
            Currency = "MXN",
            Country = "MX",
            Contact = new ContactWays(),
            OpeningHours = new OpeningHours(zone, week, holidays.ToDictionary(h => h, _ => "Fiesta")),
        };
    }
}
