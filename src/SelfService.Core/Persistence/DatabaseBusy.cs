using Microsoft.Data.Sqlite;
using Npgsql;

namespace SelfService.Core.Persistence;

/// <summary>Tells a database that is busy or out of reach, where the same may work in a moment, from one that was asked for something wrong.</summary>
public static class DatabaseBusy
{
    private const int Busy = 5;
    private const int Locked = 6;

    // Of SQLite: no writing, the disk fails, is full, a file cannot be opened. Of PostgreSQL: the disk is full, only reading is allowed.
    private static readonly int[] SqliteUnwritable = [8, 10, 13, 14];
    private static readonly string[] PostgresUnwritable = [PostgresErrorCodes.DiskFull, PostgresErrorCodes.ReadOnlySqlTransaction];

    /// <summary>Whether this, or what caused it, is such a failure.</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        SqliteException { SqliteErrorCode: Busy or Locked } => true,
        NpgsqlException { IsTransient: true } => true,
        _ => Is(exception.InnerException),
    };

    /// <summary>Whether nothing could be stored just now, for whatever reason of the database or of the disk: the same may be sent again.</summary>
    public static bool CannotWrite(Exception? exception) => exception switch
    {
        null => false,
        SqliteException sqlite when SqliteUnwritable.Contains(sqlite.SqliteErrorCode) => true,
        PostgresException { SqlState: var state } when PostgresUnwritable.Contains(state) => true,
        IOException and not FileNotFoundException => true,
        _ => Is(exception) || CannotWrite(exception.InnerException),
    };
}
