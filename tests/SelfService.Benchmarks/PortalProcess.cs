using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace SelfService.Benchmarks;

/// <summary>The portal as a process of its own, which can be killed.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private const string NoLimit = "1000000";

    private readonly string content;
    private readonly string data;
    private readonly string? postgres;
    private Process process = null!;

    private readonly IReadOnlyDictionary<string, string> settings;

    private PortalProcess(string content, string data, string? postgres, IReadOnlyDictionary<string, string>? settings, Uri address) =>
        (this.content, this.data, this.postgres, this.settings, Address) = (Path.GetFullPath(content), data, postgres, settings ?? new Dictionary<string, string>(), address);

    public Uri Address { get; }

    /// <param name="postgres">Connection string of the database; null for SQLite in <paramref name="data"/>.</param>
    /// <param name="settings">Environment variables besides.</param>
    public static async Task<PortalProcess> StartAsync(string content, string data, string? postgres = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var portal = new PortalProcess(content, data, postgres, settings, new Uri($"http://127.0.0.1:{FreePort()}/"));
        portal.Begin();
        await portal.UntilReadyAsync();
        return portal;
    }

    /// <summary>Starts it and kills it after that time, wherever it is then.</summary>
    public static async Task StartAndKillAsync(string content, string data, TimeSpan after)
    {
        await using var portal = new PortalProcess(content, data, null, null, new Uri($"http://127.0.0.1:{FreePort()}/"));
        portal.Begin();
        await Task.Delay(after);
    }

    /// <summary>Kills the process as the system would, without a word, and starts it again.</summary>
    public async Task KillAndStartAsync()
    {
        await DisposeAsync();
        Begin();
        await UntilReadyAsync();
    }

    /// <summary>What the process has in memory now, in MB (Linux).</summary>
    public async Task<double> MemoryAsync()
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{process.Id}/status")).First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return Math.Round(double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024, 1);
    }

    /// <summary>Waits until every mail has left.</summary>
    public async Task UntilNoJobWaitsAsync(TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        while (Waiting() > 0)
        {
            await Task.Delay(200, timeout.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Begin()
    {
        var start = Command("serve");
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in new[]
        {
            ("ASPNETCORE_URLS", Address.ToString()), ("ASPNETCORE_ENVIRONMENT", "Production"), ("SelfService__DataDirectory", data), ("SelfService__ContentDirectory", content),
            ("SelfService__Limits__RequestsPerHour", NoLimit), ("SelfService__Limits__SearchesPerMinute", NoLimit), ("SelfService__Limits__SuggestionsPerMinute", NoLimit),
            ("SelfService__Limits__SignInsPerMinute", NoLimit), ("Logging__LogLevel__Default", "None"),
        })
        {
            start.Environment[name] = value;
        }

        if (postgres is not null)
        {
            start.Environment["SelfService__Database"] = "Postgres";
            start.Environment["SelfService__Keys__Passphrase"] = "a phrase for measuring";
            start.Environment["ConnectionStrings__SelfService"] = postgres;
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        // Read and thrown away, or a full pipe would stop the portal.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task UntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await http.GetAsync("health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (attempt < 600 && !process.HasExited)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }
    }

    private long Waiting()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "portal.db")};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*) FROM "Jobs" WHERE "State" = 'Waiting'""";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>A command of the portal: of the one that <c>SELFSERVICE_PROGRAM</c> names, which may have been published, or of the same configuration as this.</summary>
    public static ProcessStartInfo Command(params string[] arguments)
    {
        var published = Environment.GetEnvironmentVariable("SELFSERVICE_PROGRAM");
        var start = new ProcessStartInfo(published ?? "dotnet");
        foreach (var argument in published is null ? [Built(), .. arguments] : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static string Built()
    {
        var bin = new DirectoryInfo(AppContext.BaseDirectory);
        var root = bin;
        while (!File.Exists(Path.Combine(root!.FullName, "SelfService.sln")))
        {
            root = root.Parent;
        }

        return Path.Combine(root.FullName, "src", "SelfService.Web", "bin", bin.Parent!.Name, bin.Name, "SelfService.Web.dll");
    }

    /// <summary>A port of loopback that nobody listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
