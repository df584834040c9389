using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace SelfService.Core.Persistence.Backups;

/// <summary>
/// Writes everything that a portal would miss into one ZIP: the database as it was at one moment, the files of customers, the keys. It goes on
/// beside the portal, whose writers do not wait for it.
/// </summary>
public sealed class MakeBackup(DatabaseSettings settings, PostgresTools postgres, TimeProvider clock)
{
    /// <summary>Folders of the data directory that are part of a backup besides the database.</summary>
    public static readonly IReadOnlyList<string> Folders = ["attachments", "keys"];

    /// <summary>What the names of its files end in, or go on with, until it is whole.</summary>
    public const string Unfinished = ".part";

    /// <summary>Makes a backup.</summary>
    /// <param name="dataDirectory">Full path.</param>
    /// <param name="file">Where it goes; it appears there whole or not at all, and only its owner can read it.</param>
    /// <exception cref="BackupException">The file exists, or there is no database.</exception>
    /// <exception cref="IOException">The disk is full or may not be written to.</exception>
    public async Task<BackupManifest> RunAsync(string dataDirectory, string file, CancellationToken cancel)
    {
        if (File.Exists(file))
        {
            throw new BackupException(BackupProblem.FileExists);
        }

        var (unfinished, copy) = (file + Unfinished, file + Unfinished + ".db");
        try
        {
            var at = clock.GetUtcNow().UtcDateTime;
            // Both ways of copying fill an empty file, and so the copy is private too.
            await PrivateFile.Create(copy).DisposeAsync();
            var schema = settings.FilePath is { } path ? await CopyAsync(path, copy, cancel) : await postgres.DumpAsync(settings.ConnectionString, copy, cancel);
            var manifest = await PackAsync(dataDirectory, copy, unfinished, new BackupManifest(BackupManifest.CurrentFormat, settings.Kind, schema, at, []), cancel);
            File.Move(unfinished, file);
            return manifest;
        }
        finally
        {
            File.Delete(copy);
            File.Delete(unfinished);
        }
    }

    // A connection that only reads, also from another process: nothing of the database is touched, and the copy is of one moment.
    private static async Task<string> CopyAsync(string database, string copy, CancellationToken cancel)
    {
        if (!File.Exists(database))
        {
            throw new BackupException(BackupProblem.NoDatabase);
        }

        await using (var source = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
        {
            await source.OpenAsync(cancel);
            await using var command = source.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout=5000; VACUUM INTO $copy";
            command.Parameters.AddWithValue("$copy", copy);
            await command.ExecuteNonQueryAsync(cancel);
        }

        return await SqliteFiles.SchemaAsync(copy, cancel) ?? throw new BackupException(BackupProblem.NoDatabase);
    }

    private static async Task<BackupManifest> PackAsync(string dataDirectory, string database, string target, BackupManifest manifest, CancellationToken cancel)
    {
        var files = new List<BackupFile>();
        await using var stream = PrivateFile.Create(target);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            files.Add((await AddAsync(zip, database, BackupManifest.DatabaseFile(manifest.Database), cancel))!);
            // After the database: files are never changed, and those that came meanwhile do no harm.
            foreach (var path in Folders.Select(f => Path.Combine(dataDirectory, f)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
            {
                if (await AddAsync(zip, path, Path.GetRelativePath(dataDirectory, path).Replace('\\', '/'), cancel) is { } file)
                {
                    files.Add(file);
                }
            }

            manifest = manifest with { Files = files };
            await using var entry = zip.CreateEntry(BackupManifest.FileName).Open();
            await entry.WriteAsync(manifest.ToJson(), cancel);
        }

        stream.Flush(flushToDisk: true);
        return manifest;
    }

    // Null for a file that somebody has just had deleted.
    private static async Task<BackupFile?> AddAsync(ZipArchive zip, string path, string name, CancellationToken cancel)
    {
        FileStream source;
        try
        {
            source = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        await using (source)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            var (buffer, bytes) = (new byte[128 * 1024], 0L);
            while (await source.ReadAsync(buffer, cancel) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                await entry.WriteAsync(buffer.AsMemory(0, read), cancel);
                bytes += read;
            }

            return new BackupFile(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
    }
}
