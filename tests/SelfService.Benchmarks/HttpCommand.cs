using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>http --content DIR [--articles N] [--seconds S]</c>: the portal over loopback with N articles, beside a bare Kestrel
/// endpoint that returns the same bytes in the same run. The client runs in the same process and costs both the same.
/// </summary>
internal static class HttpCommand
{
    private const int Connections = 16;
    private const int Rounds = 5;

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
            await (await BenchmarkPortal.OpenAsync(grown, data)).DisposeAsync();

            var started = Stopwatch.GetTimestamp();
            await using var portal = await BenchmarkPortal.OpenAsync(grown, data);
            var ready = Stopwatch.GetElapsedTime(started);

            var article = new Uri(BenchmarkPortal.AddressOf(portal) + "articulos/" + GrownContent.FirstSlug(grown));
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Add("Accept-Language", "es");
            var page = await client.GetByteArrayAsync(article);
            await using var bare = await BareAsync(page);

            var (portalRate, bareRate) = await CompareAsync(article, new Uri(BenchmarkPortal.AddressOf(bare)), time);
            var suggestions = await SuggestionsAsync(client, BenchmarkPortal.AddressOf(portal));
            var offers = await OffersAsync(client, BenchmarkPortal.AddressOf(portal));
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                articles,
                start_to_ready_s = Math.Round(ready.TotalSeconds, 2),
                article_bytes = page.Length,
                connections = Connections,
                article_per_s = Math.Round(portalRate),
                bare_per_s = Math.Round(bareRate),
                article_of_bare = Math.Round(portalRate / bareRate, 3),
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

    private static async Task<WebApplication> BareAsync(byte[] body)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await app.StartAsync();
        return app;
    }

    // Alternating rounds and the median of each side, so that a noisy moment does not decide.
    private static async Task<(double Portal, double Bare)> CompareAsync(Uri portal, Uri bare, TimeSpan time)
    {
        List<double> portalRates = [], bareRates = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var (one, other) = (await LoadClient.RequestsPerSecondAsync(portal, Connections, time), await LoadClient.RequestsPerSecondAsync(bare, Connections, time));
            if (round > 0)
            {
                portalRates.Add(one);
                bareRates.Add(other);
            }
        }

        return (portalRates.Order().ElementAt(Rounds / 2), bareRates.Order().ElementAt(Rounds / 2));
    }

    private static async Task<List<double>> SuggestionsAsync(HttpClient client, string address)
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
    private static async Task<List<double>> OffersAsync(HttpClient client, string address)
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
