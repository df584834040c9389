using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Operations;

/// <summary>
/// What a customer writes, searches and is called goes through every part of the portal, also through those that fail, and is
/// then looked for in what operators see: the log, the metrics and the spans.
/// </summary>
public sealed class CanaryTests
{
    private const string Token = "ficha-de-ensayo-para-medir";
    private const string Canary = "canariozz";
    private const string Phone = "5512876543";

    private static readonly string Email = $"{Canary}@{Canary}.example";

    [Fact]
    public async Task Log_metrics_and_spans_hold_nothing_of_a_customer()
    {
        var log = new CapturedLog();
        var spans = new ConcurrentQueue<byte[]>();
        await using var collector = await CollectorAsync(spans);
        using var content = new TestFolder();
        RequestPortal.Fill(content);
        var clock = new AdvancingClock();
        var settings = new Dictionary<string, string?>
        {
            ["SelfService:Telemetry:MetricsToken"] = Token,
            ["SelfService:Telemetry:TracesEndpoint"] = collector.Urls.First() + "/v1/traces",
        };
        using var mail = new TcpListener(IPAddress.Loopback, 0);
        mail.Start();
        _ = RefuseAsync(mail);
        settings["SelfService:Mail:Host"] = "127.0.0.1";
        settings["SelfService:Mail:Port"] = ((IPEndPoint)mail.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        settings["SelfService:Mail:Security"] = "None";
        settings["SelfService:Mail:From"] = "ayuda@ensayo.example";
        string metrics;
        string? secret;
        await using (var host = await PortalHost.StartAsync(content.Root, settings, services => services.AddSingleton<TimeProvider>(clock).AddSingleton<ILoggerProvider>(log), environment: "Production"))
        {
            secret = await LiveAsync(host, clock);
            metrics = await MetricsAsync(host);
            await Eventually.IsTrueAsync(() => log.Lines.Any(line => line.Contains("Job mail", StringComparison.Ordinal)));
        }

        Assert.Contains(log.Lines, line => line.Contains("SelfService", StringComparison.Ordinal));
        Assert.Contains("http_server_request_duration_seconds_count", metrics, StringComparison.Ordinal);
        var sent = string.Join('\n', spans.Select(Encoding.UTF8.GetString));
        foreach (var name in new[] { "open ticket", "search", "job mail", "POST solicitudes/{form}" })
        {
            Assert.Contains(name, sent, StringComparison.Ordinal);
        }

        foreach (var word in new[] { Canary, Phone, secret! })
        {
            Assert.DoesNotContain(log.Lines, line => line.Contains(word, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(word, metrics, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, sent, StringComparison.OrdinalIgnoreCase);
        }
    }

    // What a customer does on a day, and what goes wrong on it. Returns the secret of her link.
    private static async Task<string> LiveAsync(PortalHost host, AdvancingClock clock)
    {
        using var browser = host.Browser();
        foreach (var address in new[]
        {
            $"/buscar?q={Canary}%20{Phone}", $"/sugerencias?q={Canary}", $"/articulos/{Canary}", $"/casos/C-2222-2222/{Canary}", $"/{Canary}?q={Canary}", $"/cuenta/restablecer?codigo={Canary}&correo={Email}", $"/buscar?q={Canary}&pagina={Canary}",
        })
        {
            (await browser.GetAsync(address)).Dispose();
        }

        (await browser.SendFormAsync("/articulos/no-tengo-internet/opinion", [("Helpful", "false"), ("Comment", Canary)])).Dispose();
        foreach (var (address, fields) in new (string, (string, string)[])[]
        {
            ("/cuenta/entrar", [("Email", Email), ("Password", Canary + "-secreta")]), ("/cuenta/registro", [("Name", Canary), ("Email", Email), ("Password", Canary + "-secreta"), ("Phone", Phone)]),
            ("/cuenta/olvido", [("Email", Email)]), ("/casos/buscar", [("Number", "C-2222-2222"), ("Email", Email)]),
        })
        {
            using var page = await browser.GetAsync(address);
            if (page.IsSuccessStatusCode)
            {
                (await browser.FillAsync(address, "main form[method=post]", fields)).Dispose();
            }
        }

        var opened = await browser.PageAsync("/solicitudes/todo");
        clock.Advance(TimeSpan.FromSeconds(30));
        var form = SentForm.Of(opened).With(
            ("falla", "lento"), ("velocidad", "30"), ("mensaje", Canary), ("acepto", "true"), ("otro_correo", Email), ("contact-name", Canary), ("contact-email", Email), ("contact-phone", Phone)).WithFile("fotos", Canary + ".png");
        using var answer = await browser.PostAsync(form.Address, form.Content());
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        using var broken = await browser.PostAsync(form.Address, new StringContent(Canary, new MediaTypeHeaderValue("multipart/form-data")));
        var secret = answer.RequestMessage!.RequestUri!.Segments[^1].Trim('/');
        Assert.True(secret.Length > 8, answer.RequestMessage.RequestUri.ToString());
        return secret;
    }

    private static async Task<string> MetricsAsync(PortalHost host)
    {
        using var operatorBrowser = host.Browser();
        operatorBrowser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return await operatorBrowser.GetStringAsync("/metrics");
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentQueue<byte[]> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue(body.ToArray());
            return Results.Ok();
        });
        await app.StartAsync();
        return app;
    }

    // A mail server that says the address aloud when it refuses it.
    private static async Task RefuseAsync(TcpListener server)
    {
        while (true)
        {
            using var client = await server.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 hola");
            while (await reader.ReadLineAsync() is { } line)
            {
                await writer.WriteLineAsync(line.StartsWith("RCPT", StringComparison.Ordinal) ? $"550 no such user: {line}" : "250 ok");
            }
        }
    }
}
