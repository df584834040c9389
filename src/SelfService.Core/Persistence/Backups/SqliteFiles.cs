using Microsoft.Data.Sqlite;

namespace SelfService.Core.Persistence.Backups;

/// <summary>SQLite databases as files.</summary>
internal static class SqliteFiles
{
    private const string LastMigration = """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" DESC LIMIT 1""";

    /// <summary>The last migration of a database that nobody has open; null for none.</summary>
    public static async Task<string?> SchemaAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await AskAsync(path, SqliteOpenMode.ReadOnly, LastMigration, cancel) as string;
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    /// <summary>Whether every page of a database is sound and no row refers to one that is missing.</summary>
    public static async Task<bool> IsSoundAsync(string path, CancellationToken cancel)
    {
        try
        {
            return await AskAsync(path, SqliteOpenMode.ReadOnly, "PRAGMA integrity_check(1)", cancel) is "ok"
                && await AskAsync(path, SqliteOpenMode.ReadOnly, "PRAGMA foreign_key_check", cancel) is null;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>Brings what is in the write-ahead log into the file; afterwards the file alone is the database.</summary>
    public static Task FoldAsync(string path, CancellationToken cancel) => AskAsync(path, SqliteOpenMode.ReadWrite, "PRAGMA wal_checkpoint(TRUNCATE)", cancel);

    /// <summary>Gives a copied database the mode in which the portal works; a copy comes without, and who only looks whether it is there could not set it.</summary>
    public static Task LogAheadAsync(string path, CancellationToken cancel) => AskAsync(path, SqliteOpenMode.ReadWrite, "PRAGMA journal_mode=WAL", cancel);

    private static async Task<object?> AskAsync(string path, SqliteOpenMode mode, string question, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = question;
        return await command.ExecuteScalarAsync(cancel);
    }
}
