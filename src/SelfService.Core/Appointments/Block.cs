using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments;

/// <summary>Why somebody or something cannot be booked for a while.</summary>
public enum BlockKind
{
    /// <summary>The time is kept free for something else.</summary>
    Block,

    /// <summary>The person is away.</summary>
    Absence,
}

/// <summary>
/// A time in which a person or a room cannot be booked. What was booked before stays agreed until somebody moves it; the time it
/// gives back then is the block's. A block that was removed stays in the history.
/// </summary>
public sealed class Block
{
    public const int ReasonMaxLength = 200;

    /// <summary>Longest block, in days.</summary>
    public const int MaxDays = 366;

    /// <summary>Most grains of all units together; a large room is blocked for a shorter time at once.</summary>
    public const int MaxGrains = 250_000;

    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>Key of the form: sent twice, one block.</summary>
    public Guid SubmissionKey { get; init; }

    public BlockKind Kind { get; init; }

    /// <summary>Key of the person or room.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Its name as it stood.</summary>
    public string ResourceName { get; init; } = "";

    /// <summary>Units that are blocked: all there were.</summary>
    public int Units { get; init; } = 1;

    /// <summary>tzdb id of the zone on whose clock it was agreed.</summary>
    public string Zone { get; init; } = "";

    public LocalDateTime LocalFrom { get; init; }

    public LocalDateTime LocalTo { get; init; }

    /// <summary>The moment, UTC, by the rules that are known now.</summary>
    public DateTime StartsAt { get; internal set; }

    /// <summary>UTC.</summary>
    public DateTime EndsAt { get; internal set; }

    /// <summary>Words for colleagues; may be empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Account of who made it.</summary>
    public Guid MadeById { get; init; }

    public DateTime MadeAt { get; init; }

    /// <summary>Account of who removed it; null as long as it stands.</summary>
    public Guid? RemovedById { get; private init; }

    public DateTime? RemovedAt { get; private init; }

    /// <summary>First grain that is held for it.</summary>
    internal int FromGrain => Grain.Of(Instant.FromDateTimeUtc(StartsAt));

    /// <summary>Grain after the last that is held for it.</summary>
    internal int ToGrain => Grain.After(Instant.FromDateTimeUtc(EndsAt));

    /// <summary>The moments of two hours of a clock: the earliest reading of the first and the latest of the second.</summary>
    /// <exception cref="InvalidOperationException">The hours are outside of what clocks show.</exception>
    public static (Instant From, Instant To) Resolve(LocalDateTime from, LocalDateTime to, DateTimeZone zone)
    {
        var last = zone.MapLocal(to);
        return (zone.AtLeniently(from).ToInstant(), last.Count == 2 ? last.Last().ToInstant() : zone.AtLeniently(to).ToInstant());
    }
}

/// <summary>A time to be blocked.</summary>
/// <param name="SubmissionKey">Key of the form: sent twice, one block.</param>
/// <param name="Resource">Key of the person or room.</param>
/// <param name="Zone">The clock of the hours.</param>
/// <param name="Reason">At most <see cref="Block.ReasonMaxLength"/> characters; may be empty.</param>
/// <param name="PersonId">Account of who blocks it.</param>
public sealed record BlockRequest(Guid SubmissionKey, BlockKind Kind, string Resource, DateTimeZone Zone, LocalDateTime From, LocalDateTime To, string Reason, Guid PersonId);

/// <summary>Why a time was not blocked.</summary>
public enum BlockObstacle
{
    /// <summary>There is no such person or room.</summary>
    Unknown,

    /// <summary>It does not end after it begins.</summary>
    Reversed,

    /// <summary>It is over already.</summary>
    Past,

    /// <summary>It is longer than can be blocked at once.</summary>
    TooLong,

    /// <summary>The form was sent before with something else.</summary>
    SentBefore,
}

/// <summary>What became of a block. With an obstacle nothing is stored.</summary>
/// <param name="Id">The block, also when it had been stored before; null where there is none.</param>
public sealed record BlockedTime(Guid? Id, BlockObstacle? Obstacle);

internal sealed class BlockMapping : IEntityTypeConfiguration<Block>
{
    public void Configure(EntityTypeBuilder<Block> builder)
    {
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("CK_Blocks_Time", """ "StartsAt" < "EndsAt" AND "Units" > 0 """.Trim());
            table.HasCheckConstraint("CK_Blocks_Removed", """ ("RemovedAt" IS NULL) = ("RemovedById" IS NULL) """.Trim());
        });
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.Resource).HasMaxLength(Service.KeyMaxLength);
        builder.Property(b => b.ResourceName).HasMaxLength(Person.NameMaxLength);
        builder.Property(b => b.Zone).HasMaxLength(Appointment.ZoneMaxLength);
        builder.Property(b => b.LocalFrom).HasLocalHourConversion();
        builder.Property(b => b.LocalTo).HasLocalHourConversion();
        builder.Property(b => b.Reason).HasMaxLength(Block.ReasonMaxLength);
        builder.Ignore(b => b.FromGrain);
        builder.Ignore(b => b.ToGrain);
        builder.HasIndex(b => b.SubmissionKey).IsUnique();
        builder.HasIndex(b => new { b.RemovedAt, b.EndsAt });
    }
}
