using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>desk --content DIR [--tickets 100000] [--rounds 60] [--postgres CONNECTION]</c>: how long the desk's pages take with that many tickets, beside
/// the page with the desk's keys, which asks for none of them, and the pages of a customer who has signed in; and what the live numbers cost in bytes while tickets come in.
/// </summary>
internal static partial class DeskCommand
{
    private const string Agent = "mateo@brisal.example", Password = "colibri-azul-24";
    private const string Customer = "lucia@brisal.example";

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
            var number = await FilledDesk.FillAsync(portal, tickets);
            var own = await FilledDesk.OwnAsync(portal, Customer);
            await FilledDesk.SettleAsync(portal);

            var cookies = new CookieContainer();
            using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = address };
            await SignInAsync(http, Agent, "agente");
            using var customer = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
            await SignInAsync(customer, Customer, "casos");
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
                case_page_of_a_customer_p95_ms = await P95Async(customer, "casos/" + own, rounds),
                cases_of_a_customer_p95_ms = await P95Async(customer, "casos", rounds),
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

    private static async Task SignInAsync(HttpClient http, string email, string then)
    {
        var token = Token().Match(await http.GetStringAsync("cuenta/entrar")).Groups[1].Value;
        using var answer = await http.PostAsync("cuenta/entrar", new FormUrlEncodedContent(new Dictionary<string, string> { ["Email"] = email, ["Password"] = Password, ["__RequestVerificationToken"] = token }));
        using var list = await http.GetAsync(then);
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
                await FilledDesk.FillAsync(portal, 1);
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
