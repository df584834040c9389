using System.Globalization;
using System.Text.Json;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>flood --content DIR [--articles N] [--seconds S]</c>: one network asks on many connections for a page that has to be made each
/// time; how long another network's one reader waits for hers, beside how long she waits alone.
/// </summary>
internal static class FloodCommand
{
    // A chosen language: the page is made for each request. The addresses are of RFC 5737.
    private const string Flooding = "X-Forwarded-For: 203.0.113.5\r\nCookie: idioma=en";
    private const string Reading = "X-Forwarded-For: 198.51.100.7\r\nCookie: idioma=es";

    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(2);
    private static readonly int[] Floods = [16, 64, 256, 800];

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["articles", "seconds"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        return RunAsync(
            options["content"]!,
            int.Parse(options["articles"] ?? "3000", CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(options["seconds"] ?? "5", CultureInfo.InvariantCulture))).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int articles, TimeSpan time)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        try
        {
            var grown = GrownContent.Write(content, Path.Combine(folder.FullName, "content"), articles);
            await using var portal = await PortalProcess.StartAsync(grown, Path.Combine(folder.FullName, "data"));
            var page = new Uri(portal.Address, "articulos/" + GrownContent.FirstSlug(grown));
            await LoadClient.RunAsync([page], 4, time, Reading);
            var alone = await LoadClient.RunAsync([page], 1, time, Reading);
            foreach (var connections in Floods)
            {
                var flood = LoadClient.RunAsync([page], connections, time + Ahead + Ahead, Flooding);
                await Task.Delay(Ahead);
                var reader = await LoadClient.RunAsync([page], 1, time, Reading);
                var flooding = await flood;
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    flooding_connections = connections,
                    reader_p50_ms = reader.Percentile(0.50),
                    reader_p95_ms = reader.Percentile(0.95),
                    alone_p50_ms = alone.Percentile(0.50),
                    alone_p95_ms = alone.Percentile(0.95),
                    flood_p50_ms = flooding.Percentile(0.50),
                    flood_per_s = Math.Round(flooding.PerSecond),
                }));
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
