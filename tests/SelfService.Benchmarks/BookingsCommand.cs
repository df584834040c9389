using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>bookings --content DIR [--slots N] [--callers N] [--postgres CONNECTION]</c>: every one of N hours is booked by ten callers at
/// once, over HTTP as the form sends it: through two processes on PostgreSQL, through one on SQLite. Prints how many got it, how
/// many were told that it is taken and how soon, and what overlaps in the database afterwards.
/// </summary>
internal static partial class BookingsCommand
{
    private const int People = 25;

    // Forms sent sooner are taken for a machine's.
    private static readonly TimeSpan Typing = TimeSpan.FromSeconds(2.5);

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["slots", "callers", "postgres"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        return RunAsync(
            options["content"]!,
            int.Parse(options["slots"] ?? "1000", CultureInfo.InvariantCulture),
            int.Parse(options["callers"] ?? "10", CultureInfo.InvariantCulture),
            options["postgres"]).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int slots, int callers, string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-bench-");
        var portals = new List<PortalProcess>();
        try
        {
            var written = AgendaContent.Write(content, Path.Combine(folder.FullName, "content"), People);
            var data = Path.Combine(folder.FullName, "data");
            for (var process = 0; process < (postgres is null ? 1 : 2); process++)
            {
                portals.Add(await PortalProcess.StartAsync(written, data, postgres));
            }

            var clients = portals.Select(p => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = p.Address }).ToList();
            var forms = await Task.WhenAll(Enumerable.Range(0, callers).Select(i => OpenForm.OpenAsync(clients[i % clients.Count])));
            await Task.Delay(Typing);
            var answers = new ConcurrentBag<(HttpStatusCode Status, double Time)>();
            var started = Stopwatch.GetTimestamp();
            for (var slot = 0; slot < slots; slot++)
            {
                var (person, start) = (AgendaContent.Person(slot / AgendaContent.StartsADay % People), Start(slot));
                await Task.WhenAll(forms.Select(form => Task.Run(async () => answers.Add(await form.SendAsync(person, start)))));
            }

            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var losers = answers.Where(a => a.Status == HttpStatusCode.Conflict).Select(a => a.Time).Order().ToList();
            var (booked, overlaps) = await CountAsync(postgres is null ? new SqliteConnection($"Data Source={Path.Combine(data, "portal.db")};Mode=ReadOnly") : new NpgsqlConnection(postgres));
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                database = postgres is null ? "sqlite" : "postgres",
                processes = portals.Count,
                slots,
                callers,
                booked,
                overlaps,
                answered_booked = answers.Count(a => a.Status is HttpStatusCode.Found or HttpStatusCode.SeeOther),
                answered_taken = losers.Count,
                answered_5xx = answers.Count(a => (int)a.Status >= 500),
                answered_otherwise = answers.Count(a => (int)a.Status is not (302 or 303 or 409 or >= 500)),
                losers_p50_ms = Percentile(losers, 0.5),
                losers_p99_ms = Percentile(losers, 0.99),
                bookings_per_s = Math.Round(slots / seconds),
                requests_per_s = Math.Round(answers.Count / seconds),
            }));
            return booked == slots && overlaps == 0 ? 0 : 1;
        }
        finally
        {
            foreach (var portal in portals)
            {
                await portal.DisposeAsync();
            }

            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    // From the day after tomorrow on; in Mexico City eight in the morning is 14:00 UTC.
    private static DateTime Start(int slot) =>
        DateTime.UtcNow.Date.AddDays(2 + (slot / (AgendaContent.StartsADay * People))).AddHours(14).AddMinutes(15 * (slot % AgendaContent.StartsADay));

    private static async Task<(long Booked, long Overlaps)> CountAsync(DbConnection connection)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            return (await AskAsync(connection, """SELECT COUNT(*) FROM "Appointments" """), await AskAsync(connection, """
                SELECT COUNT(*) FROM "Holds" a JOIN "Holds" b ON a."Resource" = b."Resource" AND a."Unit" = b."Unit" AND a."Id" < b."Id"
                AND a."FromGrain" < b."ToGrain" AND b."FromGrain" < a."ToGrain"
                """));
        }
    }

    private static async Task<long> AskAsync(DbConnection connection, string question)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = question;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static double Percentile(List<double> sorted, double share) => sorted.Count == 0 ? 0 : Math.Round(sorted[(int)((sorted.Count - 1) * share)], 1);

    /// <summary>The form as one browser holds it; each sending has a key and an address of its own.</summary>
    private sealed partial class OpenForm(HttpClient http, string cookies, string token, string opened)
    {
        private const string Address = "citas/" + AgendaContent.Service + "/reservar";

        public static async Task<OpenForm> OpenAsync(HttpClient http)
        {
            using var answer = await http.GetAsync($"{Address}?hora={Start(0):yyyy-MM-dd'T'HH:mm'Z'}");
            answer.EnsureSuccessStatusCode();
            var page = await answer.Content.ReadAsStringAsync();
            return new OpenForm(http, string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(v => v.Split(';')[0])), Field(page, "__RequestVerificationToken"), Field(page, "form-opened"));
        }

        public async Task<(HttpStatusCode Status, double Time)> SendAsync(string person, DateTime start)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Address)
            {
                Content = new FormUrlEncodedContent(
                [
                    new("__RequestVerificationToken", token), new("form-opened", opened), new("Key", Guid.NewGuid().ToString()), new("persona", person),
                    new("hora", start.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)), new("contact-name", "María Fernanda"), new("contact-email", $"{Guid.NewGuid():N}@ejemplo.example"),
                ]),
            };
            request.Headers.Add("Cookie", cookies);
            var from = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request);
            await answer.Content.ReadAsByteArrayAsync();
            return (answer.StatusCode, Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        }

        private static string Field(string page, string name) =>
            WebUtility.HtmlDecode(Hidden().Matches(page).First(m => m.Groups[1].Value == name).Groups[2].Value);

        [GeneratedRegex("""<input(?=[^>]*type="hidden")(?=[^>]*\bname="([^"]+)")(?=[^>]*\bvalue="([^"]*)")[^>]*>""")]
        private static partial Regex Hidden();
    }
}
