using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>tickets --content DIR [--count N]</c>: opens tickets on SQLite, one at a time and 32 at once, through the domain and
/// through the form over HTTP, beside the bare commit of one row to the same kind of file in the same run.
/// </summary>
internal static class TicketsCommand
{
    private const int Parallel = 32;

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["count"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        return RunAsync(options["content"]!, int.Parse(options["count"] ?? "1000", CultureInfo.InvariantCulture)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int count)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        try
        {
            await using var portal = await BenchmarkPortal.OpenAsync(FormContent.Write(content, Path.Combine(folder.FullName, "content")), Path.Combine(folder.FullName, "data"));
            var commits = BareCommits(Path.Combine(folder.FullName, "bare.db"), count);
            await OpenAsync(portal, 100, 1);
            var (one, _) = await OpenAsync(portal, count, 1);
            var (many, manyRate) = await OpenAsync(portal, 4 * count, Parallel);
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(BenchmarkPortal.AddressOf(portal)) };
            await SendAsync(http, 50, 1);
            var (form, _) = await SendAsync(http, count, 1);
            var (forms, formsRate) = await SendAsync(http, 3 * count, Parallel);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                tickets = count,
                bare_commit_p50_ms = Percentile(commits, 0.50),
                domain_p50_ms = Percentile(one, 0.50),
                domain_p95_ms = Percentile(one, 0.95),
                domain_of_bare = Math.Round(Percentile(one, 0.50) / Percentile(commits, 0.50), 1),
                domain_32_p95_ms = Percentile(many, 0.95),
                domain_32_per_s = Math.Round(manyRate),
                http_p50_ms = Percentile(form, 0.50),
                http_p95_ms = Percentile(form, 0.95),
                http_32_p95_ms = Percentile(forms, 0.95),
                http_32_per_s = Math.Round(formsRate),
            }));
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    // What the disk alone costs: one small row, committed as the portal commits.
    private static List<double> BareCommits(string path, int count)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (a TEXT)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO t VALUES ('una fila')";
        return [.. Enumerable.Range(0, count).Select(_ => Timed(() => command.ExecuteNonQuery())).Order()];
    }

    private static Task<(List<double> Times, double PerSecond)> OpenAsync(WebApplication portal, int count, int parallel) => TimedAsync(Enumerable.Range(0, count), parallel, async _ =>
    {
        await using var scope = portal.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(Request(), CancellationToken.None);
    });

    // The forms are opened and typed into before; only their sending is timed.
    private static async Task<(List<double> Times, double PerSecond)> SendAsync(HttpClient http, int count, int parallel)
    {
        var filled = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => FilledForm.OpenAsync(http, $"{Guid.NewGuid():N}@ejemplo.example", TimeSpan.FromMinutes(1))));
        return await TimedAsync(filled, parallel, form => form.SendAsync(http));
    }

    private static async Task<(List<double> Times, double PerSecond)> TimedAsync<T>(IEnumerable<T> items, int parallel, Func<T, Task> work)
    {
        var left = new ConcurrentQueue<T>(items);
        var count = left.Count;
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (left.TryDequeue(out var item))
            {
                var from = Stopwatch.GetTimestamp();
                await work(item);
                mine.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }

            return mine;
        })));
        return ([.. times.SelectMany(t => t).Order()], count / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>A ticket as a form opens it.</summary>
    internal static TicketRequest Request() => new()
    {
        SubmissionKey = Guid.NewGuid(),
        Queue = "help",
        Sla = "standard",
        Subject = "Lavadora que no desagua",
        Form = "reparacion-en-garantia",
        FormTitle = "Pedir una reparación en garantía",
        Message = "La lavadora se detiene a la mitad y marca E2. Ya limpié el filtro y sigue igual.",
        Answers = [new TicketAnswer("serie", "Número de serie", "BR123456789012"), new TicketAnswer("desde", "¿Desde cuándo?", "24 de noviembre de 2026")],
        Contact = new Contact("María Fernanda", $"cliente{Random.Shared.Next(10_000)}@ejemplo.example", null, null),
        VisitorId = Guid.NewGuid(),
    };

    private static double Timed(Action work)
    {
        var from = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    private static double Percentile(List<double> sorted, double share) => Math.Round(sorted[(int)((sorted.Count - 1) * share)], 3);
}
