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

    public override Task LockKeysAsync(CancellationToken cancel) => LockAsync("keys", alone: true, cancel);

    // A row that is referred to went, or one came that refers to it, while both were at work: looked at again, it is decided anew.
    protected override bool IsTransient(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)
            is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ForeignKeyViolation };

    private Task LockAsync(string key, bool alone, CancellationToken cancel) => alone
        ? Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))", cancel)
        : Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({key}, 0))", cancel);
}
