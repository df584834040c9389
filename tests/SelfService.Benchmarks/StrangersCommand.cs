using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>strangers --content DIR [--people N]</c>: how long the portal takes to answer about an address that it knows and about one
/// that it does not, in turn, where a stranger could learn from the difference. Every known account is asked about once a form.
/// </summary>
internal static partial class StrangersCommand
{
    private const string Unknown = "nadie";

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["people"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        return RunAsync(options["content"]!, int.Parse(options["people"] ?? "120", CultureInfo.InvariantCulture)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int people)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        try
        {
            await using var portal = await BenchmarkPortal.OpenAsync(FormContent.Write(content, Path.Combine(folder.FullName, "content")), Path.Combine(folder.FullName, "data"));
            var numbers = await AddAsync(portal, people);
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(BenchmarkPortal.AddressOf(portal)) };
            var figures = new Dictionary<string, object>
            {
                ["sign_in"] = await CompareAsync(http, "cuenta/entrar", people, (who, i) => [("Email", Address(who, i)), ("Password", "no-es-esta-24")]),
                ["reset"] = await CompareAsync(http, "cuenta/olvide", people, (who, i) => [("Email", Address(who, i))]),
                ["registration"] = await CompareAsync(http, "cuenta/registro", people, (who, i) => [("Email", Address(who, i))]),
                ["find_my_case"] = await CompareAsync(http, "casos/buscar", people, (who, i) => [("numero", numbers[i]), ("contacto", Address(who, i))]),
            };
            Console.WriteLine(JsonSerializer.Serialize(figures));
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static string Address(string who, int number) => $"{who}{number}@ejemplo.example";

    private static async Task<List<string>> AddAsync(WebApplication portal, int people)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var open = scope.ServiceProvider.GetRequiredService<OpenTicket>();
        var numbers = new List<string>();
        for (var i = 0; i < people; i++)
        {
            var email = Address("cliente", i);
            await users.CreateAsync(new Person { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, CreatedAt = DateTime.UtcNow }, "colibri-azul-24");
            numbers.Add((await open.RunAsync(new TicketRequest { SubmissionKey = Guid.NewGuid(), Queue = "redes", Sla = "estandar", Subject = "Prueba", Contact = new Contact("Ana", email, null, null) }, CancellationToken.None)).Number);
        }

        return numbers;
    }

    private static async Task<object> CompareAsync(HttpClient http, string address, int people, Func<string, int, (string, string)[]> fields)
    {
        using var opened = await http.GetAsync(address);
        var cookies = string.Join("; ", opened.Headers.GetValues("Set-Cookie").Select(v => v.Split(';')[0]));
        var token = Token().Match((await opened.Content.ReadAsStringAsync()).Split("<main")[1]).Groups[1].Value;
        var (known, unknown) = (new List<double>(), new List<double>());
        for (var i = 0; i < people; i++)
        {
            // Whoever is asked about second finds everything warm: take turns.
            foreach (var isKnown in i % 2 == 0 ? new[] { true, false } : [false, true])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address)
                {
                    Content = new FormUrlEncodedContent(fields(isKnown ? "cliente" : Unknown, i).Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
                };
                request.Headers.Add("Cookie", cookies);
                var from = Stopwatch.GetTimestamp();
                using var answer = await http.SendAsync(request);
                await answer.Content.ReadAsByteArrayAsync();
                (isKnown ? known : unknown).Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                if (answer.StatusCode is System.Net.HttpStatusCode.TooManyRequests or >= System.Net.HttpStatusCode.InternalServerError)
                {
                    throw new InvalidOperationException($"{address} answered {(int)answer.StatusCode}");
                }
            }
        }

        return new { known_p50_ms = Median(known), unknown_p50_ms = Median(unknown), difference_ms = Math.Round(Median(known) - Median(unknown), 2) };
    }

    private static double Median(List<double> times) => Math.Round(times.Order().ElementAt(times.Count / 2), 2);

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="([^"]+)""")]
    private static partial Regex Token();
}
