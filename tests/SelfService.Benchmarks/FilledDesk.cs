using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Benchmarks;

/// <summary>A desk as full as one gets in years.</summary>
internal static class FilledDesk
{
    private const int LongThread = 200;
    private const int OwnCases = 12;

    private static readonly string[] Subjects = ["Lavadora que no desagua", "Internet lento por la noche", "Factura de noviembre", "Devolución de un filtro", "Cambio de domicilio", "Visita técnica perdida", "Refrigerador que no enfría", "Cobro que no reconozco"];

    /// <summary>Opens that many tickets, a few messages each and one with 200.</summary>
    /// <returns>Number of the long one.</returns>
    public static async Task<string> FillAsync(WebApplication portal, int count)
    {
        var random = new Random(7);
        await using var scope = portal.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<ServiceDesk>();
        var agents = await scope.ServiceProvider.GetRequiredService<PortalDbContext>().DeskPeopleAsync(CancellationToken.None);
        var last = "";
        for (var from = 0; from < count; from += 2_000)
        {
            await using var batch = portal.Services.CreateAsyncScope();
            var db = batch.ServiceProvider.GetRequiredService<PortalDbContext>();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            for (var n = from; n < Math.Min(count, from + 2_000); n++)
            {
                last = Add(db, desk, agents, random, n, n == count - 1 ? LongThread : 1 + random.Next(3));
            }

            await db.InTransactionAsync(async () => await db.SaveChangesAsync());
        }

        await using var after = portal.Services.CreateAsyncScope();
        await after.ServiceProvider.GetRequiredService<PortalDbContext>().TicketEvents.Where(e => e.RulesRunAt == null).ExecuteUpdateAsync(set => set.SetProperty(e => e.RulesRunAt, DateTime.UtcNow));
        return last;
    }

    /// <summary>
    /// A desk of months has computed its targets, warned of them and closed what was solved long ago; here that would go on beside the measurement.
    /// </summary>
    public static async Task SettleAsync(WebApplication portal)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Core.Sla.FollowSla>().RunAsync(CancellationToken.None);
        var (db, now) = (scope.ServiceProvider.GetRequiredService<PortalDbContext>(), DateTime.UtcNow);
        await db.Database.ExecuteSqlAsync($"""UPDATE "Tickets" SET "WarnedAt" = {now} WHERE "WarnAt" IS NOT NULL""");
        await db.Database.ExecuteSqlAsync($"""UPDATE "Tickets" SET "EscalatedAt" = {now} WHERE "DueAt" <= {now}""");
        await db.Database.ExecuteSqlAsync($"""UPDATE "Tickets" SET "Status" = 'Closed' WHERE "Status" = 'Solved' AND "ReopenUntil" <= {now}""");
        if (db.Database.IsNpgsql())
        {
            // Its own vacuum would have come by.
            await db.Database.ExecuteSqlRawAsync("VACUUM (ANALYZE)");
        }
    }

    private static string Add(PortalDbContext db, ServiceDesk desk, IReadOnlyList<DeskPerson> agents, Random random, int n, int messages)
    {
        var opened = DateTime.UtcNow.AddDays(-120 * random.NextDouble());
        var customer = new Customer { Name = $"Cliente {n}", Email = $"cliente{Guid.NewGuid():N}@ejemplo.example", CreatedAt = opened };
        var queue = desk.Queues[random.Next(desk.Queues.Count)];
        var ticket = Ticket.Open(
            new TicketRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Queue = queue.Key,
                Sla = queue.Sla.Key,
                Subject = Subjects[random.Next(Subjects.Length)],
                Priority = (TicketPriority)random.Next(4),
                Message = "Llegó ayer y no es lo que pedí; quiero saber cómo la devuelvo y cuándo me regresan el dinero.",
                Contact = new Contact(customer.Name, customer.Email, null, null),
            },
            [], customer.Id, DateTime.UtcNow.AddHours(random.Next(-48, 200)), [], opened);
        for (var m = 0; m < messages; m++)
        {
            ticket.Messages.Add(new Message { TicketId = ticket.Id, Author = m % 2 == 0 ? ActorKind.Customer : ActorKind.Staff, AuthorName = "Alguien", Body = "Una respuesta de tamaño normal, con dos frases. Y la segunda.", WrittenAt = opened.AddMinutes(m), SubmissionKey = Guid.NewGuid() });
        }

        var agent = agents[random.Next(agents.Count)];
        if (random.Next(3) > 0)
        {
            ticket.Assign(agent.Id, agent.Name, Actor.Staff(agent.Id), opened.AddMinutes(5));
        }

        if (messages < LongThread && random.Next(10) < 7)
        {
            ticket.Solve(Actor.Staff(agent.Id), TimeSpan.FromDays(14), opened.AddHours(20));
        }

        db.Customers.Add(customer);
        db.Tickets.Add(ticket);
        return ticket.Number;
    }

    /// <summary>Gives a dozen of the tickets to somebody who has an account.</summary>
    /// <returns>Number of one of them.</returns>
    public static async Task<string> OwnAsync(WebApplication portal, string email)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var person = await db.Users.SingleAsync(u => u.Email == email);
        var customer = await db.Customers.FirstOrDefaultAsync(c => c.PersonId == person.Id)
            ?? db.Customers.Add(new Customer { Name = person.Name, Email = $"{Guid.NewGuid():N}@ejemplo.example", PersonId = person.Id, CreatedAt = DateTime.UtcNow }).Entity;
        await db.SaveChangesAsync();
        var ids = await db.Tickets.OrderBy(t => t.Id).Select(t => t.Id).Take(OwnCases).ToListAsync();
        await db.Tickets.Where(t => ids.Contains(t.Id)).ExecuteUpdateAsync(set => set.SetProperty(t => t.CustomerId, customer.Id));
        return await db.Tickets.Where(t => t.Id == ids[0]).Select(t => t.Number).SingleAsync();
    }
}
