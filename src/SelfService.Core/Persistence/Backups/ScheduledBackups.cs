using System.Globalization;

namespace SelfService.Core.Persistence.Backups;

/// <summary>When backups are made without anybody asking, and how many are kept.</summary>
/// <param name="Directory">Full path of the folder; empty for none.</param>
/// <param name="DataDirectory">Full path of what is backed up.</param>
public sealed record BackupPlan(string Directory, string DataDirectory, TimeSpan Every, int Keep);

/// <summary>Makes a backup when the last one is old enough, and deletes the oldest when there are more than are kept.</summary>
public sealed class ScheduledBackups(MakeBackup backup, BackupPlan plan, TimeProvider clock)
{
    private const string Moment = "yyyyMMdd-HHmmss";
    private const string Prefix = "selfservice-";
    private const string Suffix = ".zip";

    private int asked;

    /// <summary>Whether one was asked for and is not there yet.</summary>
    public bool IsAsked => Volatile.Read(ref asked) > 0;

    /// <summary>Has one made although it is not time.</summary>
    public void Ask() => Interlocked.Exchange(ref asked, 1);

    /// <summary>When the last one was made; null when there is none.</summary>
    public DateTime? LastAt() => plan.Directory.Length > 0 && Made().LastOrDefault() is { File: not null } last ? last.At : null;

    /// <summary>Makes one if it is time. Older ones are deleted only after it.</summary>
    /// <returns>The new file; null when it was not time, or none are wanted.</returns>
    /// <exception cref="IOException">The folder cannot be written to, or is full.</exception>
    public async Task<string?> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (plan.Directory.Length == 0 || (!IsAsked && now - LastAt() < plan.Every))
        {
            return null;
        }

        try
        {
            return await MakeAsync(now, cancel);
        }
        finally
        {
            // Also when it failed: who asked is told, and asks again.
            Interlocked.Exchange(ref asked, 0);
        }
    }

    private async Task<string> MakeAsync(DateTime now, CancellationToken cancel)
    {

        Directory.CreateDirectory(plan.Directory);
        foreach (var unfinished in Directory.EnumerateFiles(plan.Directory, Prefix + "*" + Suffix + MakeBackup.Unfinished + "*"))
        {
            // Of one during which the power went.
            File.Delete(unfinished);
        }

        var file = Path.Combine(plan.Directory, Prefix + now.ToString(Moment, CultureInfo.InvariantCulture) + Suffix);
        await backup.RunAsync(plan.DataDirectory, file, cancel);
        foreach (var (old, _) in Made().SkipLast(plan.Keep))
        {
            File.Delete(old);
        }

        return file;
    }

    // Oldest first, by the names we gave: whatever else lies in the folder is not ours.
    private List<(string File, DateTime At)> Made() =>
        !Directory.Exists(plan.Directory) ? []
        : [.. Directory.EnumerateFiles(plan.Directory, Prefix + "*" + Suffix).Select(f => (File: f, At: AtOf(Path.GetFileName(f)))).Where(f => f.At is not null).Select(f => (f.File, f.At!.Value)).OrderBy(f => f.Value)];

    private static DateTime? AtOf(string name) =>
        DateTime.TryParseExact(name[Prefix.Length..^Suffix.Length], Moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
}
