using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Persistence.Backups;
using SelfService.Core.Tickets;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>backup --content DIR [--tickets 100000] [--writes 50] [--postgres CONNECTION]</c>: a backup of a portal with so many tickets while so many more
/// come in every second: how long each of these took before, meanwhile and at worst; then, on SQLite, how long the backup takes to be restored.
/// </summary>
internal static class BackupCommand
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(10);

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["tickets", "writes", "postgres"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        int Number(string name, int otherwise) => options[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return RunAsync(Path.GetFullPath(options["content"]!), Number("tickets", 100_000), Number("writes", 50), options["postgres"]).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int tickets, int writes, string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-backup-");
        var (data, file) = (Path.Combine(folder.FullName, "data"), Path.Combine(folder.FullName, "backup.zip"));
        try
        {
            List<double> quiet, meanwhile;
            TimeSpan made;
            await using (var portal = await BenchmarkPortal.OpenAsync(content, data, "Development", postgres))
            {
                await FilledDesk.FillAsync(portal, tickets);
                await FilledDesk.SettleAsync(portal);
                using var before = new CancellationTokenSource(Before);
                quiet = await WriteAsync(portal, writes, before.Token);
                using var done = new CancellationTokenSource();
                var writing = WriteAsync(portal, writes, done.Token);
                var started = Stopwatch.GetTimestamp();
                await portal.Services.GetRequiredService<MakeBackup>().RunAsync(data, file, CancellationToken.None);
                made = Stopwatch.GetElapsedTime(started);
                await done.CancelAsync();
                meanwhile = await writing;
            }

            Console.WriteLine(JsonSerializer.Serialize(new
            {
                database = postgres is null ? "sqlite" : "postgres",
                tickets,
                backup_s = Math.Round(made.TotalSeconds, 1),
                backup_mb = new FileInfo(file).Length >> 20,
                writes_per_s_meanwhile = Math.Round(meanwhile.Count / made.TotalSeconds, 1),
                write_before_p50_ms = At(quiet, 0.50),
                write_before_most_ms = At(quiet, 1),
                write_meanwhile_p50_ms = At(meanwhile, 0.50),
                write_meanwhile_p99_ms = At(meanwhile, 0.99),
                write_meanwhile_most_ms = At(meanwhile, 1),
                restore_s = postgres is null ? Math.Round((await RestoreAsync(content, Path.Combine(folder.FullName, "restored"), file)).TotalSeconds, 1) : (double?)null,
            }));
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static double At(List<double> sorted, double share) => Math.Round(sorted[(int)((sorted.Count - 1) * share)], 1);

    // Each begins at its moment, whether or not the ones before are done; what it waits for them counts.
    private static async Task<List<double>> WriteAsync(WebApplication portal, int perSecond, CancellationToken done)
    {
        var (times, running, started) = (new ConcurrentBag<double>(), new List<Task>(), Stopwatch.GetTimestamp());
        for (var i = 0; !done.IsCancellationRequested; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, CancellationToken.None);
            }

            running.Add(Task.Run(async () =>
            {
                await using var scope = portal.Services.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<OpenTicket>().RunAsync(TicketsCommand.Request(), CancellationToken.None);
                times.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
            }, CancellationToken.None));
        }

        await Task.WhenAll(running);
        return [.. times.Order()];
    }

    private static async Task<TimeSpan> RestoreAsync(string content, string data, string file)
    {
        var start = PortalProcess.Command("restore", file);
        start.RedirectStandardOutput = true;
        (start.Environment["SelfService__DataDirectory"], start.Environment["SelfService__ContentDirectory"]) = (data, content);
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(started) : throw new InvalidOperationException("The backup could not be restored.");
    }
}
