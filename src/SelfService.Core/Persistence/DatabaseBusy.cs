using Microsoft.Data.Sqlite;
using Npgsql;

namespace SelfService.Core.Persistence;

/// <summary>Tells a database that is busy or out of reach, where the same may work in a moment, from one that was asked for something wrong.</summary>
public static class DatabaseBusy
{
    private const int Busy = 5;
    private const int Locked = 6;

    /// <summary>Whether this, or what caused it, is such a failure.</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        SqliteException { SqliteErrorCode: Busy or Locked } => true,
        NpgsqlException { IsTransient: true } => true,
        _ => Is(exception.InnerException),
    };
}
