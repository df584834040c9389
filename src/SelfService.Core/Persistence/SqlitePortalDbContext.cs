using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SelfService.Core.Persistence;

/// <summary>The portal on SQLite: one machine, one process.</summary>
public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options, WriterGate gate)
    : PortalDbContext(options, gate)
{
    private const int ConstraintUnique = 2067;
    private const int ConstraintPrimaryKey = 1555;

    public override bool IsDuplicateKey(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: ConstraintUnique or ConstraintPrimaryKey };

    // One writer at a time is alone anyway.
    internal override Task LockTimeAsync(string resource, bool alone, CancellationToken cancel) => Task.CompletedTask;

    internal override Task LockImagesAsync(bool alone, CancellationToken cancel) => Task.CompletedTask;

    internal override Task LockAddressesAsync(CancellationToken cancel) => Task.CompletedTask;

    public override Task MigrateAsync(CancellationToken cancel) => new SqliteMigration(this).RunAsync(cancel);

    public override Task AloneAsync(string what, Func<Task> work, CancellationToken cancel) => work();

    public override Task LockKeysAsync(CancellationToken cancel) => Task.CompletedTask;

    // The gate leaves nobody to collide with, and busy_timeout waits for a backup that reads.
    protected override bool IsTransient(Exception exception) => false;
}

/// <summary>Sets on every connection what SQLite keeps per connection.</summary>
public sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
