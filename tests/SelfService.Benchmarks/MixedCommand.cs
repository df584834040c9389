using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>mixed --content DIR [--seconds 600] [--articles 3000] [--reads 200] [--searches 20] [--tickets 5]</c>: so many article pages, searches and
/// tickets a second, each begun when its moment comes whether or not the ones before are answered; how long they took from that
/// moment, how many failed, and what memory did meanwhile.
/// </summary>
internal static class MixedCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["seconds", "articles", "reads", "searches", "tickets"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        int Number(string name, int otherwise) => options[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return RunAsync(options["content"]!, TimeSpan.FromSeconds(Number("seconds", 600)), Number("articles", 3000), Number("reads", 200), Number("searches", 20), Number("tickets", 5)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, TimeSpan time, int articles, int reads, int searches, int tickets)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-mixed-");
        try
        {
            var grown = GrownContent.Write(content, Path.Combine(folder.FullName, "content"), articles);
            FormContent.AddForm(grown);
            await using var portal = await PortalProcess.StartAsync(grown, Path.Combine(folder.FullName, "data"));
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1000 }) { BaseAddress = portal.Address, Timeout = Patience };
            var slugs = GrownContent.Slugs(grown);
            var often = Questions.Often(grown);
            var once = Questions.Once(grown);
            var random = new Random(5);
            async Task GetAsync(string address)
            {
                using var answer = await http.GetAsync(address);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync();
            }

            Task Read(int i) => GetAsync("articulos/" + slugs[random.Next(slugs.Count)]);
            Task Search(int i) => GetAsync("buscar?q=" + Uri.EscapeDataString(Questions.AsPeopleAsk(often, once, i)));
            async Task Open(int i)
            {
                var form = await FilledForm.OpenAsync(http, $"cliente{Guid.NewGuid():N}@ejemplo.example", Patience);
                await form.SendAsync(http);
            }

            await Task.WhenAll(BeginAsync(reads, WarmUp, Read), BeginAsync(searches, WarmUp, Search), BeginAsync(tickets, WarmUp, Open));
            using var done = new CancellationTokenSource();
            var memory = WatchAsync(portal, done.Token);
            var all = await Task.WhenAll(BeginAsync(reads, time, Read), BeginAsync(searches, time, Search), BeginAsync(tickets, time, Open));
            await done.CancelAsync();
            var seen = await memory;
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                seconds = (int)time.TotalSeconds,
                articles,
                errors = all.Sum(a => a.Errors),
                reads = Times(all[0]),
                searches = Times(all[1]),
                // Opening the form, two and a half seconds of typing, sending it.
                tickets = Times(all[2]),
                memory_first_minute_mb = seen.Take(6).Average(),
                memory_middle_mb = seen[seen.Count / 2],
                memory_last_minute_mb = seen.TakeLast(6).Average(),
                memory_most_mb = seen.Max(),
            }));
            return all.Sum(a => a.Errors) == 0 ? 0 : 1;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static object Times((List<double> Times, int Errors) of) => new { count = of.Times.Count, of.Errors, p50_ms = At(of.Times, 0.50), p95_ms = At(of.Times, 0.95), p99_ms = At(of.Times, 0.99), most_ms = At(of.Times, 1) };

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : Math.Round(sorted[(int)((sorted.Count - 1) * share)], 1);

    // The moment is that of the plan: who waits because others are slow has waited.
    private static async Task<(List<double> Times, int Errors)> BeginAsync(int perSecond, TimeSpan time, Func<int, Task> ask)
    {
        var (times, errors, running) = (new ConcurrentBag<double>(), 0, new List<Task>());
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < perSecond * time.TotalSeconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            var number = i;
            running.Add(Task.Run(async () =>
            {
                try
                {
                    await ask(number);
                    times.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
                }
                catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or InvalidOperationException)
                {
                    Console.Error.WriteLine(exception.Message);
                    Interlocked.Increment(ref errors);
                }
            }));
            if (running.Count > 2_000)
            {
                running.RemoveAll(task => task.IsCompleted);
            }
        }

        await Task.WhenAll(running);
        return ([.. times.Order()], errors);
    }

    private static async Task<List<double>> WatchAsync(PortalProcess portal, CancellationToken done)
    {
        var seen = new List<double>();
        try
        {
            while (true)
            {
                seen.Add(await portal.MemoryAsync());
                await Task.Delay(TimeSpan.FromSeconds(10), done);
            }
        }
        catch (OperationCanceledException)
        {
            return seen;
        }
    }
}
