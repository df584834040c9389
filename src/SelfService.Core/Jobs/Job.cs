using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    Waiting,
    Done,

    /// <summary>Given up after every retry; a person may send it again.</summary>
    Dead,
}

/// <summary>
/// Something to do after the transaction that wrote it: a mail, most of the time. It is done at least once; what it does must
/// bear being done again, which is why a mail has the same Message-ID each time.
/// </summary>
public sealed class Job
{
    public const int ErrorMaxLength = 500;
    public const int KindMaxLength = 40;

    /// <summary>Pause before each further attempt; after the last one the job is dead.</summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(24),
    ];

    public Guid Id { get; init; } = OrderedId.New();

    public string Kind { get; init; } = "";

    /// <summary>What to do it with, as JSON; emptied when the job is done.</summary>
    public string Payload { get; init; } = "";

    public JobState State { get; set; }

    public DateTime CreatedAt { get; init; }

    /// <summary>Not before this moment.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>Attempts begun so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Whoever works on it has it until then; after that it is anybody's again.</summary>
    public DateTime? LeaseUntil { get; set; }

    public DateTime? FinishedAt { get; set; }

    /// <summary>Why the last attempt failed: the kind of failure, never an address or a text.</summary>
    public string LastError { get; set; } = "";

    /// <summary>A job that is due at once, or at a moment.</summary>
    public static Job Of<T>(string kind, T payload, DateTime now, DateTime? dueAt = null) => new()
    {
        Kind = kind,
        Payload = JsonSerializer.Serialize(payload, JsonColumns.Options),
        CreatedAt = now,
        DueAt = dueAt ?? now,
    };

    /// <summary>What to do it with.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Payload, JsonColumns.Options)!;
}

/// <summary>Does the jobs of one kind. It throws when it could not; the job is then tried again.</summary>
public interface IJobHandler
{
    string Kind { get; }

    Task RunAsync(Job job, CancellationToken cancel);
}

internal sealed class JobMapping : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.Property(j => j.Id).ValueGeneratedNever();
        builder.Property(j => j.Kind).HasMaxLength(Job.KindMaxLength);
        builder.Property(j => j.LastError).HasMaxLength(Job.ErrorMaxLength);
        builder.HasIndex(j => new { j.State, j.DueAt });
    }
}
