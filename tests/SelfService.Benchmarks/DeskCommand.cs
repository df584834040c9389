using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>desk --content DIR [--tickets 100000] [--rounds 60] [--postgres CONNECTION]</c>: how long the desk's pages take with that many tickets, beside
/// the page with the desk's keys, which asks for none of them; and what the live numbers cost in bytes while tickets come in.
/// </summary>
internal static partial class DeskCommand
{
    private const string Agent = "mateo@brisal.example", Password = "colibri-azul-24";
    private const int LongThread = 200;

    private static readonly string[] Subjects = ["Lavadora que no desagua", "Internet lento por la noche", "Factura de noviembre", "Devolución de un filtro", "Cambio de domicilio", "Visita técnica perdida", "Refrigerador que no enfría", "Cobro que no reconozco"];

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["tickets", "rounds", "postgres"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        int Number(string name, int otherwise) => options[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return RunAsync(Path.GetFullPath(options["content"]!), Number("tickets", 100_000), Number("rounds", 60), options["postgres"]).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int tickets, int rounds, string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-desk-");
        try
        {
            await using var portal = await BenchmarkPortal.OpenAsync(content, folder.FullName, "Development", postgres);
            var address = new Uri(BenchmarkPortal.AddressOf(portal));
            var filled = Stopwatch.StartNew();
            var number = await FillAsync(portal, tickets);
            await SettleAsync(portal);

            var cookies = new CookieContainer();
            using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = address };
            await SignInAsync(http);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                database = postgres is null ? "sqlite" : "postgres",
                tickets,
                filled_s = Math.Round(filled.Elapsed.TotalSeconds),
                keys_page_p95_ms = await P95Async(http, "agente/teclas", rounds),
                queue_p95_ms = await P95Async(http, "agente", rounds),
                queue_page_40_p95_ms = await P95Async(http, "agente?filtro=abiertos&pagina=40", rounds),
                overdue_p95_ms = await P95Async(http, "agente?filtro=vencidos", rounds),
                queue_of_a_team_p95_ms = await P95Async(http, "agente?cola=redes&prioridad=alta", rounds),
                search_words_p95_ms = await P95Async(http, "agente?q=devoluciones+filtros", rounds),
                search_number_p95_ms = await P95Async(http, "agente?q=" + number, rounds),
                ticket_of_200_messages_p95_ms = await P95Async(http, "agente/casos/" + number, rounds),
                live_bytes_in_a_minute = await LiveAsync(portal, address, cookies),
            }));
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> FillAsync(WebApplication portal, int count)
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

    // A desk of months has computed its targets, warned of them and closed what was solved long ago; here that would go on beside the measurement.
    private static async Task SettleAsync(WebApplication portal)
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

    private static async Task SignInAsync(HttpClient http)
    {
        var token = Token().Match(await http.GetStringAsync("cuenta/entrar")).Groups[1].Value;
        using var answer = await http.PostAsync("cuenta/entrar", new FormUrlEncodedContent(new Dictionary<string, string> { ["Email"] = Agent, ["Password"] = Password, ["__RequestVerificationToken"] = token }));
        using var list = await http.GetAsync("agente");
        list.EnsureSuccessStatusCode();
    }

    private static async Task<double> P95Async(HttpClient http, string address, int rounds)
    {
        var times = new List<double>();
        for (var round = -20; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(address);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return Math.Round(times.Order().ElementAt((int)(0.95 * (times.Count - 1))), 1);
    }

    // Every byte of the connection after its headers, which come once in ten minutes, while a ticket comes in every second.
    private static async Task<int> LiveAsync(WebApplication portal, Uri address, CookieContainer cookies)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /agente/contadores HTTP/1.1\r\nHost: {address.Authority}\r\nCookie: {cookies.GetCookieHeader(address)}\r\n\r\n"));
        var (buffer, bytes, head) = (new byte[4096], 0, true);
        using var minute = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var incoming = Task.Run(async () =>
        {
            while (!minute.IsCancellationRequested)
            {
                await Task.Delay(1_000);
                await FillAsync(portal, 1);
            }
        });
        try
        {
            while (await stream.ReadAsync(buffer, minute.Token) is > 0 and var read)
            {
                var end = head ? Encoding.ASCII.GetString(buffer, 0, read).IndexOf("\r\n\r\n", StringComparison.Ordinal) : -4;
                bytes += head && end < 0 ? 0 : read - (end + 4);
                head = head && end < 0;
            }
        }
        catch (OperationCanceledException)
        {
            // The minute is over.
        }

        await incoming;
        return bytes;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
