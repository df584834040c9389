using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>http --content DIR [--articles N] [--seconds S]</c>: the portal over loopback with N articles, beside a bare Kestrel
/// endpoint that returns the same bytes in the same run, each in a process of its own on the same cores as the client; search pages of
/// questions asked again and again, of such among which one in four is new, and of questions never asked before; suggestions; memory.
/// </summary>
internal static class HttpCommand
{
    private const int Connections = 16;
    private const int Rounds = 5;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

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
            TimeSpan.FromSeconds(double.Parse(options["seconds"] ?? "3", CultureInfo.InvariantCulture))).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int articles, TimeSpan time)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        try
        {
            var grown = GrownContent.Write(content, Path.Combine(folder.FullName, "content"), articles);
            var data = Path.Combine(folder.FullName, "data");
            await (await PortalProcess.StartAsync(grown, data)).DisposeAsync();

            var started = Stopwatch.GetTimestamp();
            await using var portal = await PortalProcess.StartAsync(grown, data);
            var ready = Stopwatch.GetElapsedTime(started);
            await Task.Delay(Rest);
            var memoryAtRest = await portal.MemoryAsync();

            var article = new Uri(portal.Address, "articulos/" + GrownContent.FirstSlug(grown));
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Add("Accept-Language", "es");
            var page = await client.GetByteArrayAsync(article);
            await using var bare = await BareServer.StartAsync(page, Path.Combine(folder.FullName, "page"));

            var (portalLoad, bareLoad) = await CompareAsync(article, bare.Address, time);
            Uri Search(string question) => new(portal.Address, "buscar?q=" + Uri.EscapeDataString(question));
            var (often, once) = (Questions.Often(grown), Questions.Once(grown));
            var (first, second) = (once.Take(once.Count / 2).ToList(), once.Skip(once.Count / 2).ToList());
            var search = await MedianAsync([.. often.Select(Search)], time);
            var searchAsAsked = await MedianAsync([.. Enumerable.Range(0, 4 * first.Count).Select(place => Search(Questions.AsPeopleAsk(often, first, place)))], time);
            var newAsked = await MedianAsync([.. second.Select(Search)], time);
            var suggestions = await SuggestionsAsync(client, portal.Address);
            var offers = await OffersAsync(client, portal.Address);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                articles,
                start_to_ready_s = Math.Round(ready.TotalSeconds, 2),
                memory_at_rest_mb = memoryAtRest,
                memory_after_load_mb = await portal.MemoryAsync(),
                connections = Connections,
                article_bytes = page.Length,
                article_per_s = Math.Round(portalLoad.PerSecond),
                bare_per_s = Math.Round(bareLoad.PerSecond),
                article_of_bare = Math.Round(portalLoad.PerSecond / bareLoad.PerSecond, 3),
                article_p99_ms = portalLoad.Percentile(0.99),
                bare_p99_ms = bareLoad.Percentile(0.99),
                search_per_s = Math.Round(search.PerSecond),
                search_p50_ms = search.Percentile(0.50),
                search_p99_ms = search.Percentile(0.99),
                search_one_of_four_new_per_s = Math.Round(searchAsAsked.PerSecond),
                search_one_of_four_new_p99_ms = searchAsAsked.Percentile(0.99),
                search_never_asked_per_s = Math.Round(newAsked.PerSecond),
                search_never_asked_p99_ms = newAsked.Percentile(0.99),
                suggestions_p50_ms = Percentile(suggestions, 0.50),
                suggestions_p95_ms = Percentile(suggestions, 0.95),
                suggestions_p99_ms = Percentile(suggestions, 0.99),
                offers_p50_ms = Percentile(offers, 0.50),
                offers_p95_ms = Percentile(offers, 0.95),
                offers_p99_ms = Percentile(offers, 0.99),
            }));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Alternating rounds and the median of each side, so that a noisy moment does not decide.
    private static async Task<(Load Portal, Load Bare)> CompareAsync(Uri portal, Uri bare, TimeSpan time)
    {
        List<Load> portalLoads = [], bareLoads = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (one, other) = (await LoadClient.RunAsync([portal], Connections, time), await LoadClient.RunAsync([bare], Connections, time));
            if (round > 0)
            {
                portalLoads.Add(one);
                bareLoads.Add(other);
            }
        }

        return (Median(portalLoads), Median(bareLoads));
    }

    private static async Task<Load> MedianAsync(IReadOnlyList<Uri> addresses, TimeSpan time)
    {
        List<Load> loads = [];
        for (var round = 0; round <= Rounds; round++)
        {
            // Each round asks where the one before ended, or what was never asked would be asked again.
            var from = (int)((long)addresses.Count * round / (Rounds + 1));
            var load = await LoadClient.RunAsync([.. addresses.Skip(from), .. addresses.Take(from)], Connections, time);
            if (round > 0)
            {
                loads.Add(load);
            }
        }

        return Median(loads);
    }

    private static Load Median(IEnumerable<Load> loads) => loads.OrderBy(l => l.PerSecond).ElementAt(Rounds / 2);

    private static async Task<List<double>> SuggestionsAsync(HttpClient client, Uri address)
    {
        string[] typed = ["la", "lav", "lavadora no", "inter", "internet len", "factu", "devol", "cambiar con", "refri", "garan", "pago en", "cita", "minis", "no tengo int"];
        var times = new List<double>();
        for (var i = 0; i < 2_200; i++)
        {
            var from = Stopwatch.GetTimestamp();
            using var response = await client.GetAsync($"{address}sugerencias?q={Uri.EscapeDataString(typed[i % typed.Length])}");
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
            if (i >= 200)
            {
                times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
        }

        times.Sort();
        return times;
    }

    // What somebody has written into a form, a little longer each time she pauses.
    private static async Task<List<double>> OffersAsync(HttpClient client, Uri address)
    {
        const string story = "Lavadora\nTira agua al piso\nBuenas tardes, desde ayer en la noche mi lavadora ya no saca el agua. Se queda llena y hace un zumbido. Ya la apagué y la volví a prender "
            + "pero sigue igual. Revisé el filtro y la manguera como dice el manual. También marca E2 en la pantalla, ¿qué puede ser? Me urge porque tengo mucha ropa y sale mañana el servicio. "
            + "La compré hace ocho meses en la tienda y tengo la factura. ¿Cuándo puede venir el técnico? Estoy en casa por las tardes, gracias.";
        var times = new List<double>();
        for (var i = 0; i < 1_100; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{address}solicitudes/llamada/sugerencias")
            {
                Headers = { { "Sec-Fetch-Site", "same-origin" } },
                Content = new FormUrlEncodedContent([KeyValuePair.Create("texto", story[..(40 + (i * 37 % (story.Length - 40)))])]),
            };
            var from = Stopwatch.GetTimestamp();
            using var response = await client.SendAsync(request);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
            if (i >= 100)
            {
                times.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            }
        }

        times.Sort();
        return times;
    }

    private static double Percentile(List<double> sorted, double share) => Math.Round(sorted[(int)((sorted.Count - 1) * share)], 3);
}
