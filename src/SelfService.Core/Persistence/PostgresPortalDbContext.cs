using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SelfService.Core.Persistence;

/// <summary>The portal on PostgreSQL: many nodes.</summary>
public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options, WriterGate gate)
    : PortalDbContext(options, gate)
{
    public override bool IsDuplicateKey(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    // Everybody looks for what waits for a time, and nobody sees what another has not committed yet: so one has to wait for the other.
    internal override Task LockTimeAsync(string resource, bool alone, CancellationToken cancel) => LockAsync("time " + resource, alone, cancel);

    internal override Task LockImagesAsync(bool alone, CancellationToken cancel) => LockAsync("images", alone, cancel);

    internal override Task LockAddressesAsync(CancellationToken cancel) => LockAsync("addresses", alone: true, cancel);

    public override Task MigrateAsync(CancellationToken cancel) => AloneAsync("migrate", () => Database.MigrateAsync(cancel), cancel);

    // The lock of a connection of its own, which ends with it, whatever happened: that of the framework does not hold from one
    // migration to the next, nor before the first.
    public override async Task AloneAsync(string what, Func<Task> work, CancellationToken cancel)
    {
        await using var alone = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.GetConnectionString()) { Pooling = false }.ConnectionString);
        await alone.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended($1, 0))", alone) { CommandTimeout = 0, Parameters = { new() { Value = what } } };
        await command.ExecuteNonQueryAsync(cancel);
        await work();
    }

    public override Task LockKeysAsync(CancellationToken cancel) => LockAsync("keys", alone: true, cancel);

    // A row that is referred to went, or one came that refers to it, while both were at work: looked at again, it is decided anew.
    protected override bool IsTransient(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)
            is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ForeignKeyViolation };

    private Task LockAsync(string key, bool alone, CancellationToken cancel) => alone
        ? Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))", cancel)
        : Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({key}, 0))", cancel);
}
