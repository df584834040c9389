using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace SelfService.Core.Persistence;

/// <summary>
/// Brings a SQLite database up to date as a whole or not at all. A migration that rebuilds a table cannot be one transaction, and one that
/// is killed in between could neither go on nor begin again; so the work is done on a copy, which takes the place of the file in one step.
/// </summary>
internal sealed class SqliteMigration(SqlitePortalDbContext db)
{
    private const string Unfinished = ".migrating";

    private static readonly string[] Companions = ["-wal", "-shm"];

    /// <summary>Does it, where there is something to do.</summary>
    /// <exception cref="IOException">There is no room for the copy, or another process reads the database.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        if (!(await db.Database.GetPendingMigrationsAsync(cancel)).Any())
        {
            return;
        }

        var original = db.Database.GetConnectionString()!;
        var file = new SqliteConnectionStringBuilder(original).DataSource;
        var copy = file + Unfinished;
        Delete(copy);
        if (File.Exists(file))
        {
            await CloseAsync(file);
            File.Copy(file, copy);
        }

        db.Database.SetConnectionString(new SqliteConnectionStringBuilder(original) { DataSource = copy }.ConnectionString);
        await ReleaseAsync(cancel);
        await db.Database.MigrateAsync(cancel);
        await CloseAsync(copy);
        File.Move(copy, file, overwrite: true);
        db.Database.SetConnectionString(original);
    }

    // The framework's lock is a row, which a killed process leaves behind and the next would wait for without end.
    private async Task ReleaseAsync(CancellationToken cancel)
    {
        await db.Database.ExecuteSqlRawAsync("""CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL)""", cancel);
        await db.Database.ExecuteSqlRawAsync("""DELETE FROM "__EFMigrationsLock" """, cancel);
    }

    // The last connection that closes takes what was written ahead into the file.
    private async Task CloseAsync(string file)
    {
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await db.Database.CloseConnectionAsync();
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        if (new FileInfo(file + Companions[0]) is { Exists: true, Length: > 0 })
        {
            throw new IOException($"Another process reads {file}, so it cannot be brought up to date now.");
        }

        foreach (var companion in Companions)
        {
            File.Delete(file + companion);
        }
    }

    private static void Delete(string file)
    {
        File.Delete(file);
        foreach (var companion in Companions)
        {
            File.Delete(file + companion);
        }
    }
}
