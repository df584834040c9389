using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Persistence;

/// <summary>A session that was ended before its time. A copy of its cookie, wherever it lies, opens nothing any more.</summary>
public sealed class EndedSession
{
    /// <summary>Of the session, drawn at random when it was opened.</summary>
    public required Guid Id { get; init; }

    /// <summary>When its cookie is over by itself, and this can be forgotten.</summary>
    public required DateTime Until { get; init; }
}

internal sealed class EndedSessionMapping : IEntityTypeConfiguration<EndedSession>
{
    public void Configure(EntityTypeBuilder<EndedSession> builder)
    {
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasIndex(s => s.Until);
    }
}

/// <summary>Sessions that were ended one by one.</summary>
public static class EndedSessions
{
    /// <summary>Ends one; ended twice is ended.</summary>
    public static Task EndSessionAsync(this PortalDbContext db, Guid id, DateTime until, CancellationToken cancel) => db.InTransactionAsync(() =>
        db.Database.ExecuteSqlAsync($"""INSERT INTO "EndedSessions" ("Id", "Until") VALUES ({id}, {until}) ON CONFLICT DO NOTHING""", cancel), cancel);

    /// <summary>Whether it was ended.</summary>
    public static Task<bool> HasEndedAsync(this PortalDbContext db, Guid id, CancellationToken cancel) => db.EndedSessions.AnyAsync(s => s.Id == id, cancel);

    /// <summary>Removes those whose cookie is over by itself.</summary>
    public static Task<int> ForgetEndedSessionsAsync(this PortalDbContext db, DateTime now, CancellationToken cancel) =>
        db.InTransactionAsync(() => db.EndedSessions.Where(s => s.Until < now).ExecuteDeleteAsync(cancel), cancel);
}
