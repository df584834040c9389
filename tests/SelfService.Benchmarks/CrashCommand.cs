using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>crash --content DIR [--clients 64] [--kills 10] [--forms 12]</c>: clients send forms to the portal while its process is killed
/// (<c>SIGKILL</c>) and started again; each sends the same form again until it is answered. Then the database and the mails are
/// counted: every key must have given exactly one ticket and one mail.
/// </summary>
internal static class CrashCommand
{
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["clients", "kills", "forms"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        int Number(string name, int otherwise) => options[name] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        return RunAsync(options["content"]!, Number("clients", 64), Number("kills", 10), Number("forms", 12)).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, int clients, int kills, int forms)
    {
        var folder = Directory.CreateTempSubdirectory("selfservice-crash-");
        var data = Path.Combine(folder.FullName, "data");
        try
        {
            var acknowledged = new ConcurrentDictionary<Guid, string>();
            var retries = 0;
            var ready = new List<double>();
            await using (var portal = await PortalProcess.StartAsync(FormContent.Write(content, Path.Combine(folder.FullName, "content")), data))
            {
                using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1000 }) { BaseAddress = portal.Address, Timeout = TimeSpan.FromSeconds(20) };
                var work = Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
                {
                    for (var form = 0; form < forms; form++)
                    {
                        var filled = await FilledForm.OpenAsync(http, $"cliente{client}-{form}@ejemplo.example", Patience);
                        var (location, attempts) = await filled.SendUntilAnsweredAsync(http, Patience);
                        acknowledged[filled.Key] = location;
                        Interlocked.Add(ref retries, attempts - 1);
                    }
                })).ToList();
                for (var kill = 0; kill < kills; kill++)
                {
                    await Task.Delay(BetweenKills);
                    var killed = Stopwatch.GetTimestamp();
                    await portal.KillAndStartAsync();
                    ready.Add(Stopwatch.GetElapsedTime(killed).TotalSeconds);
                }

                await Task.WhenAll(work);
                await portal.UntilNoJobWaitsAsync(Patience);
            }

            var found = Found.In(data);
            var lost = acknowledged.Keys.Count(key => !found.TicketsByKey.ContainsKey(key));
            var twice = found.TicketsByKey.Count(t => t.Value > 1);
            var without = acknowledged.Count - found.MailsByAddress.Count;
            var mailedTwice = found.MailsByAddress.Count(m => m.Value > 1);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                clients,
                kills,
                ready_again_median_s = Math.Round(ready.Order().ElementAt(ready.Count / 2), 2),
                ready_again_slowest_s = Math.Round(ready.Max(), 2),
                forms = clients * forms,
                acknowledged = acknowledged.Count,
                sent_again = retries,
                tickets = found.TicketsByKey.Values.Sum(),
                lost,
                keys_with_two_tickets = twice,
                mails = found.MailsByAddress.Values.Sum(),
                tickets_without_mail = without,
                addresses_with_two_mails = mailedTwice,
            }));
            return acknowledged.Count == clients * forms && found.TicketsByKey.Count == acknowledged.Count && lost + twice + without + mailedTwice == 0 ? 0 : 1;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }
}
