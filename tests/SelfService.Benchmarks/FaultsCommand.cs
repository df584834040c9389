using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace SelfService.Benchmarks;

/// <summary>
/// <c>faults --content DIR [--only NAME]</c>: one fault after the other against the portal as a process, on SQLite. After each, everything that was
/// acknowledged must be there once, and what was not acknowledged must have said so. 1 when something was lost, doubled or untrue.
/// </summary>
internal static class FaultsCommand
{
    private const string Name = "María Fernanda Hernández";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Locked = TimeSpan.FromSeconds(30);

    private static readonly (string Name, Func<string, string, Task<string>> Run)[] Faults =
    [
        ("database-locked", DatabaseLockedAsync), ("disk-full", DiskFullAsync), ("disk-read-only", DiskReadOnlyAsync), ("content-deleted", ContentDeletedAsync),
        ("killed-in-import", KilledInImportAsync), ("killed-in-migrations", KilledInMigrationsAsync), ("mail-down", MailDownAsync),
        ("clock-jumps", ClockJumpsAsync),
    ];

    public static int Run(string[] args)
    {
        if (Arguments.Read(args, ["content"], ["only"], out var error) is not { } options)
        {
            Console.Error.WriteLine(error);
            return 2;
        }

        return RunAsync(Path.GetFullPath(options["content"]!), options["only"]).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(string content, string? only)
    {
        var failed = 0;
        foreach (var (name, run) in Faults.Where(f => only is null || f.Name == only))
        {
            var folder = Directory.CreateTempSubdirectory("selfservice-faults-");
            var started = Stopwatch.GetTimestamp();
            string outcome;
            try
            {
                outcome = await run(content, folder.FullName);
            }
            catch (Exception exception) when (exception is FaultException or HttpRequestException or InvalidOperationException or TaskCanceledException or IOException)
            {
                (outcome, failed) = ("FAILED: " + exception.Message, failed + 1);
            }

            Console.WriteLine(JsonSerializer.Serialize(new { fault = name, outcome, seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds) }));
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }

        return failed == 0 ? 0 : 1;
    }

    // Another program holds the database; pages are read all the same, and forms wait or say that they could not.
    private static async Task<string> DatabaseLockedAsync(string content, string folder)
    {
        var data = Path.Combine(folder, "data");
        await using var portal = await PortalProcess.StartAsync(FormContent.Write(content, Path.Combine(folder, "content")), data);
        using var http = Client(portal);
        var forms = await OpenAsync(http, 20);
        Dictionary<Guid, bool> first;
        await using (var holder = new SqliteConnection($"Data Source={Path.Combine(data, "portal.db")}"))
        {
            await holder.OpenAsync();
            await using var transaction = holder.BeginTransaction(deferred: false);
            var sending = SendAsync(http, forms);
            for (var read = Stopwatch.StartNew(); read.Elapsed < Locked; await Task.Delay(500))
            {
                using var page = await http.GetAsync("temas");
                Expect(page.IsSuccessStatusCode, $"a page was answered {(int)page.StatusCode} while the database was locked");
            }

            await transaction.RollbackAsync();
            first = await sending;
        }

        return await FinishAsync(portal, http, data, forms, first);
    }

    private static Task<string> DiskFullAsync(string content, string folder) => OnOwnDiskAsync(folder, async disk =>
    {
        var data = Path.Combine(disk, "data");
        await using var portal = await PortalProcess.StartAsync(FormContent.Write(content, Path.Combine(folder, "content")), data);
        using var http = Client(portal);
        var forms = await OpenAsync(http, 20);
        Fill(disk);
        var first = await SendAsync(http, forms);
        using (var page = await http.GetAsync("temas"))
        {
            Expect(page.IsSuccessStatusCode, $"a page was answered {(int)page.StatusCode} while nothing could be written");
        }

        Expect(first.Values.Any(sent => !sent), "every form was acknowledged although nothing could be written");
        File.Delete(Path.Combine(disk, "full"));
        return await FinishAsync(portal, http, data, forms, first);
    });

    // A start that could store nothing says so and ends.
    private static Task<string> DiskReadOnlyAsync(string content, string folder) => OnOwnDiskAsync(folder, async disk =>
    {
        var (copy, data) = (FormContent.Write(content, Path.Combine(folder, "content")), Path.Combine(disk, "data"));
        await (await PortalProcess.StartAsync(copy, data)).DisposeAsync();
        SqliteConnection.ClearAllPools();
        Expect(await CommandAsync("mount", "-o", "remount,ro", disk) == 0, "the disk could not be made read-only");
        var start = PortalProcess.Command("serve");
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);
        (start.Environment["SelfService__DataDirectory"], start.Environment["SelfService__ContentDirectory"], start.Environment["ASPNETCORE_URLS"]) = (data, copy, $"http://127.0.0.1:{PortalProcess.FreePort()}");
        using var portal = Process.Start(start)!;
        _ = portal.StandardOutput.ReadToEndAsync();
        var said = await portal.StandardError.ReadToEndAsync();
        await portal.WaitForExitAsync();
        Expect(portal.ExitCode == 1 && said.Contains(data, StringComparison.Ordinal) && !said.Contains("   at ", StringComparison.Ordinal), $"it ended with {portal.ExitCode} and said: {said}");
        Expect(await CommandAsync("mount", "-o", "remount,rw", disk) == 0, "the disk could not be made writable again");
        await using var again = await PortalProcess.StartAsync(copy, data);
        return "said: " + said.Trim();
    });

    // A small disk in memory, which only root can make.
    private static async Task<string> OnOwnDiskAsync(string folder, Func<string, Task<string>> run)
    {
        var disk = Directory.CreateDirectory(Path.Combine(folder, "disk")).FullName;
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || await CommandAsync("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk) != 0)
        {
            return "not run: only root can make a disk for it";
        }

        try
        {
            return await run(disk);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            await CommandAsync("umount", "-l", disk);
        }
    }

    private static void Fill(string disk)
    {
        try
        {
            using var file = File.Create(Path.Combine(disk, "full"));
            while (true)
            {
                file.Write(new byte[4096]);
                file.Flush(flushToDisk: true);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    // What was published stays published, also over a start.
    private static async Task<string> ContentDeletedAsync(string content, string folder)
    {
        var copy = GrownContent.Write(content, Path.Combine(folder, "content"), 80);
        var slug = GrownContent.FirstSlug(copy);
        await using var portal = await PortalProcess.StartAsync(copy, Path.Combine(folder, "data"));
        using var http = Client(portal);
        Directory.Delete(copy, recursive: true);
        (await http.GetAsync("articulos/" + slug)).EnsureSuccessStatusCode().Dispose();
        await portal.KillAndStartAsync();
        (await http.GetAsync("articulos/" + slug)).EnsureSuccessStatusCode().Dispose();
        return "articles are read, also after a start without the folder";
    }

    // However often it dies, in the end every article is there once.
    private static async Task<string> KilledInImportAsync(string content, string folder)
    {
        const int articles = 1_000;
        var copy = GrownContent.Write(content, Path.Combine(folder, "content"), articles);
        var data = Path.Combine(folder, "data");
        var random = new Random(3);
        var kills = 0;
        for (; kills < 6; kills++)
        {
            await PortalProcess.StartAndKillAsync(copy, data, TimeSpan.FromSeconds(2.5 + (1.5 * random.NextDouble())));
        }

        await using var portal = await PortalProcess.StartAsync(copy, data);
        var (stored, published) = (Count(data, "SELECT COUNT(*) FROM \"Articles\""), Count(data, "SELECT COUNT(DISTINCT \"ArticleId\") FROM \"ImportedFiles\""));
        Expect(stored == articles && published == articles, $"{stored} articles and {published} imported files of {articles}");
        using var http = Client(portal);
        foreach (var slug in GrownContent.Slugs(copy).Where((_, i) => i % 50 == 0))
        {
            (await http.GetAsync("articulos/" + slug)).EnsureSuccessStatusCode().Dispose();
        }

        return $"{kills} kills, {stored} articles";
    }

    private static async Task<string> KilledInMigrationsAsync(string content, string folder)
    {
        var copy = FormContent.Write(content, Path.Combine(folder, "content"));
        var kills = 0;
        for (var after = 1_000; after <= 3_000; after += 200, kills++)
        {
            var data = Path.Combine(folder, $"data-{after}");
            await PortalProcess.StartAndKillAsync(copy, data, TimeSpan.FromMilliseconds(after));
            await using var portal = await PortalProcess.StartAsync(copy, data);
            using var http = Client(portal);
            (await http.GetAsync("temas")).EnsureSuccessStatusCode().Dispose();
        }

        return $"{kills} first starts that were killed, each opened by the next";
    }

    // Cases are opened without a mail server; their mails leave when it is back.
    private static async Task<string> MailDownAsync(string content, string folder)
    {
        var data = Path.Combine(folder, "data");
        var port = PortalProcess.FreePort();
        var settings = new Dictionary<string, string>
        {
            ["SelfService__Mail__Host"] = "127.0.0.1",
            ["SelfService__Mail__Port"] = $"{port}",
            ["SelfService__Mail__Security"] = "None",
            ["SelfService__Mail__From"] = "ayuda@ejemplo.example",
        };
        await using var portal = await PortalProcess.StartAsync(FormContent.Write(content, Path.Combine(folder, "content")), data, null, settings);
        using var http = Client(portal);
        var forms = await OpenAsync(http, 10);
        var sent = await SendAsync(http, forms);
        Expect(sent.Values.All(ok => ok), "a form was refused because no mail server answered");
        await Task.Delay(TimeSpan.FromSeconds(5));
        Expect(Count(data, "SELECT COUNT(*) FROM \"Jobs\" WHERE \"State\" = 'Waiting' AND \"Attempts\" > 0") == forms.Count, "not every mail was tried and kept");
        using var server = new MailServer(port);
        await portal.UntilNoJobWaitsAsync(Patience + Patience);
        var twice = server.Recipients.GroupBy(r => r).Count(g => g.Count() > 1);
        Expect(server.Recipients.Count == forms.Count && twice == 0, $"{server.Recipients.Count} mails for {forms.Count} cases, {twice} of them twice");
        return $"{forms.Count} cases, {server.Recipients.Count} mails after the server came back";
    }

    // The clock of the machine is put three days ahead, then two hours back, as by somebody who sets it; what had been planned and claimed by then goes on.
    private static async Task<string> ClockJumpsAsync(string content, string folder)
    {
        var library = Directory.Exists("/usr/lib") ? Directory.GetFiles("/usr/lib", "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }).FirstOrDefault() : null;
        if (library is null)
        {
            return "not run: it needs libfaketime (the package faketime)";
        }

        var (data, clock) = (Path.Combine(folder, "data"), Path.Combine(folder, "clock"));
        await File.WriteAllTextAsync(clock, "+0");
        var settings = new Dictionary<string, string> { ["LD_PRELOAD"] = library, ["FAKETIME_TIMESTAMP_FILE"] = clock, ["FAKETIME_CACHE_DURATION"] = "1", ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1", ["DONT_FAKE_MONOTONIC"] = "1" };
        await using var portal = await PortalProcess.StartAsync(FormContent.Write(content, Path.Combine(folder, "content")), data, null, settings);
        using var http = Client(portal);
        var forms = new List<FilledForm>();
        var first = new Dictionary<Guid, bool>();
        foreach (var jump in new[] { "+0", "+3d", "-2h" })
        {
            await File.WriteAllTextAsync(clock, jump);
            // The library looks into the file once a second.
            await Task.Delay(TimeSpan.FromSeconds(2.5));
            var opened = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => FilledForm.OpenAsync(http, $"cliente{jump[1..]}{i}@ejemplo.example", Patience)));
            foreach (var (key, sent) in await SendAsync(http, opened))
            {
                first[key] = sent;
            }

            forms.AddRange(opened);
            await portal.UntilNoJobWaitsAsync(Patience);
        }

        Expect(first.Values.All(sent => sent), "a form was refused because of the clock");
        await portal.KillAndStartAsync();
        await CountAsync(portal, data, forms);
        return $"{forms.Count} forms were acknowledged, 5 by each clock; each is there once, and so is its mail";
    }

    private static async Task<string> FinishAsync(PortalProcess portal, HttpClient http, string data, IReadOnlyList<FilledForm> forms, Dictionary<Guid, bool> first)
    {
        foreach (var form in forms)
        {
            // Sent again by whoever was told that it did not work, and by the impatient.
            await form.SendUntilAnsweredAsync(http, Patience);
        }

        await CountAsync(portal, data, forms);
        return $"{first.Values.Count(ok => ok)} of {forms.Count} forms were acknowledged meanwhile, the others were told and kept; in the end each is there once";
    }

    private static async Task CountAsync(PortalProcess portal, string data, IReadOnlyList<FilledForm> forms)
    {
        await portal.UntilNoJobWaitsAsync(Patience);
        var found = Found.In(data);
        var lost = forms.Count(f => !found.TicketsByKey.ContainsKey(f.Key));
        Expect(lost == 0 && found.TicketsByKey.Values.All(n => n == 1), $"{lost} lost, {found.TicketsByKey.Values.Count(n => n > 1)} doubled");
        Expect(found.MailsByAddress.Count == forms.Count && found.MailsByAddress.Values.All(n => n == 1), "a mail is missing or was written twice");
    }

    private static async Task<IReadOnlyList<FilledForm>> OpenAsync(HttpClient http, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => FilledForm.OpenAsync(http, $"cliente{i}@ejemplo.example", Patience)));

    // What is refused must come back with what was typed.
    private static async Task<Dictionary<Guid, bool>> SendAsync(HttpClient http, IReadOnlyList<FilledForm> forms) =>
        (await Task.WhenAll(forms.Select(async form => (form.Key, Sent: await form.TrySendAsync(http, Name))))).ToDictionary(f => f.Key, f => f.Sent);

    private static HttpClient Client(PortalProcess portal) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = portal.Address, Timeout = TimeSpan.FromMinutes(1) };

    private static long Count(string data, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "portal.db")};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static async Task<int> CommandAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static void Expect(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new FaultException(otherwise);
        }
    }

    private sealed class FaultException(string message) : Exception(message);
}
