using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Audit;

/// <summary>What is written into the audit log.</summary>
public enum AuditKind
{
    SignedIn,
    SignInFailed,
    SignedOutEverywhere,
    AccountCreated,
    AccountDeleted,
    PasswordChanged,
    EmailChanged,
    SecondFactorAdded,
    SecondFactorRemoved,
    RecoveryCodesMade,
    RoleChanged,
    DataExported,
    KeysRevoked,
    JobRetried,
    SettingsChanged,
    Unlocked,
    OrderGranted,
    CatalogueImported,
    ArticlesImported,
    ImageDeleted,
    Maintained,
}

/// <summary>One line of the audit log. The database refuses to change or delete it.</summary>
public sealed class AuditEntry
{
    public const int DetailMaxLength = 300;

    public Guid Id { get; init; } = OrderedId.New();

    public DateTime At { get; init; }

    public AuditKind Kind { get; init; }

    /// <summary>Who did it; null for somebody without an account and for commands.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>To whom it was done, where that is somebody else or the actor is not signed in.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Through what: <c>web</c>, <c>command</c>, or <c>start</c> of the portal.</summary>
    public string Via { get; init; } = "web";

    /// <summary>What exactly, without addresses or texts: the role, the way of signing in.</summary>
    public string Detail { get; init; } = "";
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Via).HasMaxLength(20);
        builder.Property(e => e.Detail).HasMaxLength(AuditEntry.DetailMaxLength);
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => e.ActorId);
    }
}
