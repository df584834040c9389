using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>catalogue --content DIR [--products N] [--requests N]</c>: pages of a catalogue of N products over loopback, four visitors
/// at once, beside the answer that does nothing in the same run. The client runs in the same process.
/// </summary>
internal static class CatalogueCommand
{
    private const int Connections = 4;
    private const int Articles = 300;

    private static readonly string[] Questions = ["lavadora", "estufa 12 kilos", "refrigerador silencioso", "labadora", "manguera de agua", "REF1234", "lavadora para familia de cinco"];

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["products", "requests"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        return RunAsync(
            options["content"]!,
            int.Parse(options["products"] ?? "2000", CultureInfo.InvariantCulture),
            int.Parse(options["requests"] ?? "1000", CultureInfo.InvariantCulture)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int products, int requests)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        try
        {
            var grown = GrownContent.Write(content, Path.Combine(folder.FullName, "content"), Articles);
            FilledShelves.WriteShelves(grown);
            await using var portal = await BenchmarkPortal.OpenAsync(grown, Path.Combine(folder.FullName, "data"));
            var slug = await FilledShelves.FillAsync(portal, products);
            using var client = new HttpClient { BaseAddress = new Uri(BenchmarkPortal.AddressOf(portal)) };
            client.DefaultRequestHeaders.Add("Accept-Language", "es");

            var pages = new (string Name, Func<int, string> Address)[]
            {
                ("bare", _ => "health/live"),
                ("list", i => i % 4 == 0 ? "catalogo" : $"catalogo?pagina={1 + (i % (products / 24))}"),
                ("search", i => "catalogo?q=" + Uri.EscapeDataString(Questions[i % Questions.Length])),
                ("shelf", i => $"catalogo?estante={FilledShelves.Shelf}&orden=precio&pagina={1 + (i % 20)}"),
                ("name", i => $"catalogo?orden=nombre&disponible=1&max=15,000&pagina={1 + (i % 20)}"),
                ("product", i => "catalogo/" + (i % 4 == 0 ? slug : $"p-{i * 37 % products:0000}")),
            };
            var figures = new Dictionary<string, object> { ["products"] = products, ["connections"] = Connections, ["requests"] = requests };
            double bare = 1;
            foreach (var (name, address) in pages)
            {
                await TimedAsync(client, requests / 5, address);
                var cpu = Environment.CpuUsage.TotalTime;
                var times = await TimedAsync(client, requests, address);
                cpu = Environment.CpuUsage.TotalTime - cpu;
                if (name == "bare")
                {
                    bare = Percentile(times, 0.50);
                }

                (figures[name + "_p50_ms"], figures[name + "_p95_ms"], figures[name + "_p99_ms"]) = (Percentile(times, 0.50), Percentile(times, 0.95), Percentile(times, 0.99));
                // On a busy machine the time passes with waiting; this does not.
                figures[name + "_cpu_ms"] = Math.Round(cpu.TotalMilliseconds / requests, 2);
                figures[name + "_of_bare"] = Math.Round(Percentile(times, 0.50) / bare, 1);
            }

            Console.WriteLine(JsonSerializer.Serialize(figures));
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<double>> TimedAsync(HttpClient client, int count, Func<int, string> address)
    {
        var left = new ConcurrentQueue<int>(Enumerable.Range(0, count));
        var times = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (left.TryDequeue(out var i))
            {
                var from = Stopwatch.GetTimestamp();
                using var response = await client.GetAsync(address(i));
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
                mine.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }

            return mine;
        })));
        return [.. times.SelectMany(t => t).Order()];
    }

    private static double Percentile(List<double> sorted, double share) => Math.Round(sorted[(int)((sorted.Count - 1) * share)], 3);
}
