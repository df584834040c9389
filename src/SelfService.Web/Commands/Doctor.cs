using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Jobs;
using SelfService.Core.Persistence;
using SelfService.Search;
using SelfService.Web.Startup;

namespace SelfService.Web.Commands;

/// <summary><c>doctor</c>: checks what the portal needs and says how each thing is. 1 when something is not right.</summary>
public static class Doctor
{
    private const long EnoughDiskBytes = 1L << 30;

    /// <summary>Runs every check.</summary>
    public static Task<int> RunAsync() => CommandHost.RunAsync(openDatabase: false, async services =>
    {
        var options = services.GetRequiredService<SelfServiceOptions>();
        var settings = services.GetRequiredService<DatabaseSettings>();
        var db = services.GetRequiredService<PortalDbContext>();
        var right = true;
        void Say(string part, bool ok, string detail)
        {
            right &= ok;
            Console.WriteLine($"{(ok ? "ok  " : "FAIL")} {part}: {detail}");
        }

        void Warn(string part, string detail) => Console.WriteLine($"warn {part}: {detail}");

        Say("runtime", true, System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription);
        Say("globalisation", true, "NFC, es-MX, time zones");
        Say("content", Directory.Exists(options.ContentDirectory), options.ContentDirectory);
        Say("data", IsWritable(options.DataDirectory), options.DataDirectory);
        var free = new DriveInfo(options.DataDirectory).AvailableFreeSpace;
        Say("disk", free > EnoughDiskBytes, $"{free >> 20} MiB free");
        try
        {
            Say("database", true, $"{settings.Kind} {await VersionAsync(db)}");
            var pending = (await db.Database.GetPendingMigrationsAsync()).ToList();
            Say("schema", true, pending.Count == 0 ? "up to date" : $"{pending.Count} to apply at the next start");
            if (pending.Count == 0)
            {
                await SayJobsAsync(db, services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, Say, Warn);
            }
        }
        catch (System.Data.Common.DbException exception)
        {
            Say("database", false, exception.Message);
        }

        var words = services.GetRequiredService<SearchLanguage>();
        Say("search words", words.Problems.Count == 0, words.Problems.Count == 0 ? "read" : $"{words.Problems.Count} lines not understood");
        await SayMailAsync(options, Say, Warn);
        return right ? 0 : 1;
    });

    // A warning: the portal serves all the same, and a person decides what to try again.
    private static async Task SayJobsAsync(PortalDbContext db, DateTime now, Action<string, bool, string> say, Action<string, string> warn)
    {
        var jobs = await db.Jobs.HealthAsync(now, CancellationToken.None);
        var words = $"{jobs.Dead} given up, {jobs.Late} late, the oldest for {(long)jobs.Age(now).TotalMinutes} min";
        if (jobs.IsGood(now))
        {
            say("jobs", true, words);
        }
        else
        {
            warn("jobs", words + "; see /admin/trabajos");
        }
    }

    private static async Task SayMailAsync(SelfServiceOptions options, Action<string, bool, string> say, Action<string, string> warn)
    {
        var mail = options.Mail;
        if (!mail.HasServer)
        {
            warn("mail", $"no SMTP server is set (SelfService:Mail:Host); mails are files in {Mailing.FolderOf(options)} and reach nobody");
            return;
        }

        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(mail.TimeoutSeconds));
            using var connection = new TcpClient();
            await connection.ConnectAsync(mail.Host, mail.Port, patience.Token);
            using var reader = new StreamReader(connection.GetStream());
            var greeting = await reader.ReadLineAsync(patience.Token) ?? "";
            say("mail", greeting.StartsWith("220", StringComparison.Ordinal), $"{mail.Host}:{mail.Port} says {greeting}");
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            say("mail", false, $"{mail.Host}:{mail.Port} does not answer ({exception.GetType().Name})");
        }
    }

    private static async Task<string> VersionAsync(PortalDbContext db)
    {
        await db.Database.OpenConnectionAsync();
        var version = db.Database.GetDbConnection().ServerVersion;
        await db.Database.CloseConnectionAsync();
        return version;
    }

    private static bool IsWritable(string directory)
    {
        var probe = Path.Combine(directory, $".probe-{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
