using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Persistence;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>hours --content DIR [--people N] [--busy PERCENT]</c>: the free hours of a month for N people whose days are half booked, on
/// SQLite, beside the reading of one row in the same run.
/// </summary>
internal static class HoursCommand
{
    private const int Days = 31;
    private const int Rounds = 200;

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["people", "busy"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        return RunAsync(
            options["content"]!,
            int.Parse(options["people"] ?? "50", CultureInfo.InvariantCulture),
            int.Parse(options["busy"] ?? "50", CultureInfo.InvariantCulture)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int people, int busy)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        try
        {
            await using var portal = await BenchmarkPortal.OpenAsync(AgendaContent.Write(content, Path.Combine(folder.FullName, "content"), people), Path.Combine(folder.FullName, "data"));
            var agenda = portal.Services.GetRequiredService<Agenda>();
            var request = new SlotRequest(agenda.Services[0], agenda.Places[0], SystemClock.Instance.GetCurrentInstant());
            var holds = await FillAsync(portal, request, people, busy);
            var bare = await TimedAsync(portal, db => db.Holds.Select(h => h.FromGrain).FirstAsync());
            var found = 0;
            var month = await TimedAsync(portal, async db => found = (await db.SlotsAsync(agenda, request, request.Today, request.Today.PlusDays(Days - 1), CancellationToken.None)).Count);
            var first = await TimedAsync(portal, db => db.FirstSlotsAsync(agenda, request, request.Today, 1, CancellationToken.None));
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                people,
                busy_percent = busy,
                holds,
                free_hours = found,
                one_row_p50_ms = Percentile(bare, 0.5),
                month_p50_ms = Percentile(month, 0.5),
                month_p95_ms = Percentile(month, 0.95),
                month_of_one_row = Math.Round(Percentile(month, 0.5) / Percentile(bare, 0.5)),
                first_hour_p95_ms = Percentile(first, 0.95),
            }));
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    // Appointments of a quarter of an hour to two hours, with gaps between them, until so much of every day is taken.
    private static async Task<int> FillAsync(WebApplication portal, SlotRequest request, int people, int busy)
    {
        var random = new Random(6);
        var count = 0;
        await using var scope = portal.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        for (var person = 0; person < people; person++)
        {
            await db.InTransactionAsync(async () =>
            {
                for (var day = 0; day < Days; day++)
                {
                    var opens = Grain.Of((request.Today.PlusDays(day) + new LocalTime(8, 0)).InZoneLeniently(request.Place.Zone).ToInstant());
                    for (var at = 0; at < AgendaContent.StartsADay;)
                    {
                        var length = random.Next(1, 9);
                        if (random.Next(100) < busy && at + length <= AgendaContent.StartsADay)
                        {
                            await db.TakeAsync(
                                new Hold { HolderId = Guid.CreateVersion7(), Resource = AgendaContent.Person(person), FromGrain = opens + (at * 3), ToGrain = opens + ((at + length) * 3) }, CancellationToken.None);
                            count++;
                        }

                        at += length;
                    }
                }
            });
            db.ChangeTracker.Clear();
        }

        return count;
    }

    private static async Task<List<double>> TimedAsync<T>(WebApplication portal, Func<PortalDbContext, Task<T>> ask)
    {
        var times = new List<double>();
        for (var round = -20; round < Rounds; round++)
        {
            await using var scope = portal.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
            var from = Stopwatch.GetTimestamp();
            await ask(db);
            if (round >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
        }

        return [.. times.Order()];
    }

    private static double Percentile(List<double> sorted, double share) => Math.Round(sorted[(int)((sorted.Count - 1) * share)], 3);
}
