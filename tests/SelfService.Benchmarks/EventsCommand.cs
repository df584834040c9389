using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Core.Deflection;
using SelfService.Core.Journeys;
using SelfService.Core.Persistence;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>events --content DIR [--seconds 3] [--rate 5000] [--views 1000000] [--events 10000000]</c>, on SQLite: what recording costs an
/// article view (rounds with and without it, in turn), whether so many events a second are written for long, how long it takes to
/// close a day of so many views, what a kill in the middle of load loses, and how long reports over so many events take.
/// </summary>
internal static class EventsCommand
{
    private const int Connections = 16;
    private const int Rounds = 11;
    private const int WarmUp = 4;

    // What a browser loads ahead goes the same way and is not recorded.
    private const string NotRecorded = "Sec-Purpose: prefetch";

    private static readonly TimeSpan Sustained = TimeSpan.FromSeconds(20);

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["seconds", "rate", "views", "events"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        int Number(string name, int otherwise) => options[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return RunAsync(options["content"]!, TimeSpan.FromSeconds(Number("seconds", 3)), Number("rate", 5000), Number("views", 1_000_000), Number("events", 10_000_000)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, TimeSpan time, int rate, int views, int events)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-events-");
        try
        {
            Print(await CostAsync(content, Path.Combine(folder.FullName, "cost"), time, rate));
            Print(await KilledAsync(content, Path.Combine(folder.FullName, "killed")));
            Print(await ClosingAsync(content, Path.Combine(folder.FullName, "closing"), views));
            Print(await ReportsAsync(content, Path.Combine(folder.FullName, "reports"), events));
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static void Print(object figures) => Console.WriteLine(JsonSerializer.Serialize(figures));

    private static async Task<object> CostAsync(string content, string data, TimeSpan time, int rate)
    {
        await using var portal = await BenchmarkPortal.OpenAsync(Path.GetFullPath(content), data);
        var article = new Uri(BenchmarkPortal.AddressOf(portal) + "articulos/" + GrownContent.FirstSlug(content));
        using (var client = new HttpClient { DefaultRequestHeaders = { { "Accept-Language", "es" } } })
        {
            // From the second time on the page comes from what is kept.
            await client.GetByteArrayAsync(article);
        }

        List<double> recorded = [], not = [];
        for (var round = -WarmUp; round < Rounds; round++)
        {
            var (with, without) = (await LoadClient.RequestsPerSecondAsync(article, Connections, time), await LoadClient.RequestsPerSecondAsync(article, Connections, time, NotRecorded));
            if (round >= 0)
            {
                recorded.Add(with);
                not.Add(without);
            }
        }

        var log = portal.Services.GetRequiredService<StepLog>();
        await log.FlushAsync(CancellationToken.None);
        var (droppedAtFullSpeed, droppedBefore, started, sent, late) = (log.Dropped, log.Dropped, Stopwatch.GetTimestamp(), 0L, TimeSpan.Zero);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < Sustained)
        {
            for (var due = (long)(elapsed.TotalSeconds * rate); sent < due; sent++)
            {
                log.Add(VisitStep.Reading(Guid.CreateVersion7(), "luces-del-nodo-6", DateTime.UtcNow));
            }

            await Task.Delay(10);
            late = TimeSpan.FromTicks(Math.Max(late.Ticks, (Stopwatch.GetElapsedTime(started) - elapsed).Ticks));
        }

        await log.FlushAsync(CancellationToken.None);
        static double Middle(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
        return new
        {
            article_per_s = Math.Round(Middle(recorded)),
            article_unrecorded_per_s = Math.Round(Middle(not)),
            // Of each round on its own, for the machine is not always as fast.
            recorded_of_unrecorded = Math.Round(Middle(recorded.Zip(not, (with, without) => with / without)), 3),
            views_lost = droppedAtFullSpeed,
            events_per_s = Math.Round(sent / Sustained.TotalSeconds),
            cpu_us_per_event = Math.Round((Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / sent, 1),
            events_lost = log.Dropped - droppedBefore,
            longest_wait_of_the_sender_ms = Math.Round(late.TotalMilliseconds),
        };
    }

    // Readers with a cookie of their own each; who was answered more than a second before the kill must be in the log.
    private static async Task<object> KilledAsync(string content, string data)
    {
        var answered = new System.Collections.Concurrent.ConcurrentDictionary<Guid, DateTime>();
        var killed = DateTime.MinValue;
        await using (var portal = await PortalProcess.StartAsync(content, data))
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address };
            using var stop = new CancellationTokenSource();
            var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var visitor = Guid.NewGuid();
                    using var request = new HttpRequestMessage(HttpMethod.Get, "articulos/" + GrownContent.FirstSlug(content)) { Headers = { { "Cookie", $"visita={visitor:N}" } } };
                    try
                    {
                        using var answer = await http.SendAsync(request);
                        if (answer.StatusCode == HttpStatusCode.OK)
                        {
                            answered[visitor] = DateTime.UtcNow;
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // Killed.
                    }
                }
            })).ToList();
            await Task.Delay(TimeSpan.FromSeconds(6));
            killed = DateTime.UtcNow;
            await portal.KillAndStartAsync();
            await stop.CancelAsync();
            await Task.WhenAll(readers);
            await Task.Delay(TimeSpan.FromSeconds(3));
        }

        var stored = new HashSet<Guid>();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(data, "portal.db")};Mode=ReadOnly"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """SELECT "VisitorId" FROM "VisitSteps" WHERE "VisitorId" IS NOT NULL""";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                stored.Add(reader.GetGuid(0));
            }
        }

        var before = answered.Where(a => a.Value < killed).ToList();
        var lost = before.Where(a => !stored.Contains(a.Key)).ToList();
        return new
        {
            answered_before_kill = before.Count,
            lost_at_kill = lost.Count,
            oldest_lost_ms_before_kill = lost.Count == 0 ? 0 : Math.Round((killed - lost.Min(l => l.Value)).TotalMilliseconds),
        };
    }

    private static async Task<object> ClosingAsync(string content, string data, int views)
    {
        await using var portal = await BenchmarkPortal.OpenAsync(Path.GetFullPath(content), data);
        var day = Today(portal).PlusDays(-10);
        // A view each, and the word of the browser that showed it.
        await FillAsync(data, portal, day, 1, 2 * views, searches: false);
        await using var scope = portal.Services.CreateAsyncScope();
        var close = scope.ServiceProvider.GetRequiredService<CloseDays>();
        var started = Stopwatch.GetTimestamp();
        var closed = await close.RunAsync(CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(started);
        return new { closed_views = views, days_and_windows = closed, closing_s = Math.Round(took.TotalSeconds, 1), closing_s_for_one_window = Math.Round(took.TotalSeconds / ViewOutcomes.Windows.Count, 1), peak_mb = Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024 };
    }

    private static async Task<object> ReportsAsync(string content, string data, int events)
    {
        const int days = 200;
        await using var portal = await BenchmarkPortal.OpenAsync(Path.GetFullPath(content), data);
        var first = Today(portal).PlusDays(-days - 8);
        await FillAsync(data, portal, first, days, events, searches: true);
        await using var scope = portal.Services.CreateAsyncScope();
        var started = Stopwatch.GetTimestamp();
        await scope.ServiceProvider.GetRequiredService<CloseDays>().RunAsync(CancellationToken.None);
        var closing = Stopwatch.GetElapsedTime(started);

        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var period = new ReportPeriod(first, first.PlusDays(days - 1), 72);
        async Task<double> TimeAsync(Func<Task> read)
        {
            var times = new List<double>();
            for (var round = 0; round < 5; round++)
            {
                db.ChangeTracker.Clear();
                var from = Stopwatch.GetTimestamp();
                await read();
                times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }

            return Math.Round(times.Order().ElementAt(2));
        }

        return new
        {
            events,
            days,
            closing_all_s = Math.Round(closing.TotalSeconds),
            visits_ms = await TimeAsync(() => db.VisitsAsync(period, CancellationToken.None)),
            trend_ms = await TimeAsync(() => db.TrendAsync(period, CancellationToken.None)),
            articles_ms = await TimeAsync(() => db.ArticlesAsync(period, CancellationToken.None)),
            searches_ms = await TimeAsync(() => db.SearchesAsync(period, CancellationToken.None)),
            forms_ms = await TimeAsync(() => db.FormsAsync(period, CancellationToken.None)),
            search_rows = db.SearchDays.Count(),
        };
    }

    // As people ask: few things often, many seldom.
    private static int Often(Random random, int many) => (int)Math.Pow(many, random.NextDouble());

    private static LocalDate Today(WebApplication portal) =>
        SystemClock.Instance.GetCurrentInstant().InZone(portal.Services.GetRequiredService<CompanyProfile>().TimeZone).Date;

    // Written past the portal, as fast as the file takes it; visitors come on each day and do a few things.
    private static async Task FillAsync(string data, WebApplication portal, LocalDate first, int days, int events, bool searches)
    {
        var zone = portal.Services.GetRequiredService<CompanyProfile>().TimeZone;
        var (random, perDay) = (new Random(1), events / days);
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "portal.db")};Pooling=False");
        await connection.OpenAsync();
        await using (var pragma = connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; PRAGMA busy_timeout = 60000;";
            await pragma.ExecuteNonQueryAsync();
        }

        for (var number = 0; number < days; number++)
        {
            var start = zone.AtStartOfDay(first.PlusDays(number)).ToDateTimeUtc();
            await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync();
            await using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = """INSERT INTO "VisitSteps" ("Id", "VisitorId", "Kind", "Subject", "Hits", "Form", "Query", "Experiment", "At") VALUES ($id, $visitor, $kind, $subject, $hits, '', $query, '', $at)""";
            foreach (var name in new[] { "$id", "$visitor", "$kind", "$subject", "$hits", "$query", "$at" })
            {
                insert.Parameters.Add(new SqliteParameter(name, DBNull.Value));
            }

            for (var written = 0; written < perDay;)
            {
                var at = start.AddSeconds(random.Next(80_000));
                var visitor = Guid.CreateVersion7(at);
                var query = searches && random.Next(3) == 0 ? $"pregunta {Often(random, 5000)}" : "";
                if (query.Length > 0)
                {
                    Write(visitor, "Searched", query, random.Next(8), "", at);
                }

                var slug = $"articulo-{random.Next(240)}";
                Write(visitor, "Read", slug, null, query, at.AddSeconds(5));
                Write(visitor, random.Next(2) == 0 ? "Engaged" : "Shown", slug, null, "", at.AddSeconds(20));

                void Write(Guid by, string kind, string subject, int? hits, string from, DateTime moment)
                {
                    var values = new object[] { Guid.CreateVersion7(moment).ToString().ToUpperInvariant(), by.ToString().ToUpperInvariant(), kind, subject, hits is null ? DBNull.Value : hits.Value, from, moment };
                    for (var at = 0; at < values.Length; at++)
                    {
                        insert.Parameters[at].Value = values[at];
                    }

                    insert.ExecuteNonQuery();
                    written++;
                }
            }

            await transaction.CommitAsync();
        }
    }
}
