using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SelfService.Core.Persistence;

/// <summary>The portal on PostgreSQL: many nodes.</summary>
public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options, WriterGate gate)
    : PortalDbContext(options, gate)
{
    public override bool IsDuplicateKey(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    // A row that is referred to went, or one came that refers to it, while both were at work: looked at again, it is decided anew.
    protected override bool IsTransient(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException)
            is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.ForeignKeyViolation };
}
