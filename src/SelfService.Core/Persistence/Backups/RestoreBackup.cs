using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace SelfService.Core.Persistence.Backups;

/// <summary>
/// Restores a backup. Everything in it is unpacked beside and compared with its hash before anything of the portal is touched; what was there is kept
/// in a folder of its own. Killed in the middle, it is run again.
/// </summary>
public sealed class RestoreBackup(PortalDbContext db, DatabaseSettings settings, PostgresTools postgres, TimeProvider clock)
{
    /// <summary>Restores a backup while no portal runs on the data directory.</summary>
    /// <param name="replace">Whether a portal that is there is to be replaced.</param>
    /// <returns>The folder in which what was there before is kept; null where there was nothing.</returns>
    /// <exception cref="BackupException">It is damaged, newer or of another database, or there is a portal; nothing was changed.</exception>
    /// <exception cref="DatabaseInUseException">The portal runs; nothing was changed.</exception>
    public async Task<string?> RunAsync(string dataDirectory, string file, bool replace, CancellationToken cancel)
    {
        if (!File.Exists(file))
        {
            throw new BackupException(BackupProblem.NoFile);
        }

        Directory.CreateDirectory(dataDirectory);
        using var alone = settings.FilePath is { } path ? SingleProcessLock.Acquire(path) : null;
        if (!replace && await HasPortalAsync(cancel))
        {
            throw new BackupException(BackupProblem.NotEmpty);
        }

        var beside = Path.Combine(dataDirectory, ".restore");
        Discard(beside);
        try
        {
            var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
            await UnpackAsync(file, beside, settings.Kind, known.Contains, cancel);
            return await TakeOverAsync(dataDirectory, beside, cancel);
        }
        finally
        {
            Discard(beside);
        }
    }

    private async Task<bool> HasPortalAsync(CancellationToken cancel) =>
        settings.FilePath is { } path ? File.Exists(path) : await postgres.SchemaAsync(settings.ConnectionString, cancel) is not null;

    /// <summary>Unpacks a backup and compares every file of it with the manifest.</summary>
    /// <param name="beside">A new folder.</param>
    /// <param name="knows">Whether this program knows a schema.</param>
    /// <exception cref="BackupException">It is damaged, newer or of another database; what is in the folder is worth nothing.</exception>
    internal static async Task UnpackAsync(string file, string beside, DatabaseKind kind, Func<string, bool> knows, CancellationToken cancel)
    {
        try
        {
            using var zip = ZipFile.OpenRead(file);
            var manifest = ReadManifest(zip, kind, knows);
            // Each file once, and none that the manifest does not name.
            var entries = zip.Entries.Where(e => e.FullName != BackupManifest.FileName).ToList();
            if (entries.Count != manifest.Files.Count || manifest.Files.DistinctBy(f => f.Name).Count() != manifest.Files.Count || manifest.Files.All(f => f.Name != BackupManifest.DatabaseFile(kind)))
            {
                throw new BackupException(BackupProblem.Damaged);
            }

            foreach (var expected in manifest.Files)
            {
                await UnpackAsync(zip.GetEntry(expected.Name), expected, beside, cancel);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new BackupException(BackupProblem.Damaged);
        }

        if (kind == DatabaseKind.Sqlite && !await SqliteFiles.IsSoundAsync(Path.Combine(beside, BackupManifest.DatabaseFile(kind)), cancel))
        {
            throw new BackupException(BackupProblem.Damaged);
        }
    }

    private static BackupManifest ReadManifest(ZipArchive zip, DatabaseKind kind, Func<string, bool> knows)
    {
        var entry = zip.GetEntry(BackupManifest.FileName) ?? throw new BackupException(BackupProblem.Damaged);
        using var stream = entry.Open();
        var manifest = BackupManifest.Parse(stream);
        if (manifest.Format > BackupManifest.CurrentFormat)
        {
            throw new BackupException(BackupProblem.Newer);
        }

        if (manifest.Database != kind)
        {
            throw new BackupException(BackupProblem.OtherDatabase);
        }

        return knows(manifest.Schema) ? manifest : throw new BackupException(BackupProblem.Newer);
    }

    private static async Task UnpackAsync(ZipArchiveEntry? entry, BackupFile expected, string beside, CancellationToken cancel)
    {
        var target = Path.GetFullPath(Path.Combine(beside, expected.Name));
        var isOurs = MakeBackup.Folders.Any(f => expected.Name.StartsWith(f + "/", StringComparison.Ordinal)) || Path.GetDirectoryName(target) == beside;
        if (entry is null || !isOurs || !target.StartsWith(beside + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new BackupException(BackupProblem.Damaged);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, bytes) = (new byte[128 * 1024], 0L);
        await using (var packed = entry.Open())
        await using (var unpacked = PrivateFile.Create(target))
        {
            while (await packed.ReadAsync(buffer, cancel) is > 0 and var read && (bytes += read) <= expected.Bytes)
            {
                hash.AppendData(buffer, 0, read);
                await unpacked.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            unpacked.Flush(flushToDisk: true);
        }

        if (bytes != expected.Bytes || !string.Equals(Convert.ToHexStringLower(hash.GetHashAndReset()), expected.Sha256, StringComparison.Ordinal))
        {
            throw new BackupException(BackupProblem.Damaged);
        }
    }

    // The database comes last, in one step: until then the portal that was there is the portal.
    private async Task<string?> TakeOverAsync(string dataDirectory, string beside, CancellationToken cancel)
    {
        var moment = clock.GetUtcNow().ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);
        var kept = Path.Combine(dataDirectory, "before_restore_" + moment);
        var newDatabase = Path.Combine(beside, BackupManifest.DatabaseFile(settings.Kind));
        if (settings.FilePath is { } path && File.Exists(path))
        {
            await SqliteFiles.FoldAsync(path, cancel);
            Directory.CreateDirectory(kept);
            File.Copy(path, Path.Combine(kept, Path.GetFileName(path)));
        }

        foreach (var folder in MakeBackup.Folders)
        {
            var (here, there) = (Path.Combine(dataDirectory, folder), Path.Combine(beside, folder));
            if (Directory.Exists(here))
            {
                Directory.CreateDirectory(kept);
                Directory.Move(here, Path.Combine(kept, folder));
            }

            if (Directory.Exists(there))
            {
                Directory.Move(there, here);
            }
        }

        if (settings.FilePath is { } target)
        {
            await SqliteFiles.LogAheadAsync(newDatabase, cancel);
            // What this process still holds open is the file that goes.
            SqliteConnection.ClearAllPools();
            File.Delete(target + "-wal");
            File.Delete(target + "-shm");
            File.Move(newDatabase, target, overwrite: true);
        }
        else
        {
            await postgres.RestoreAsync(settings.ConnectionString, newDatabase, "before_restore_" + moment, cancel);
        }

        return Directory.Exists(kept) ? kept : null;
    }

    private static void Discard(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
