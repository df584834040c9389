using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.People;
using SelfService.Core.Persistence;

namespace SelfService.Core.Tickets.SideQuestions;

/// <summary>Where a side question stands.</summary>
public enum SideQuestionState
{
    Asked,
    Answered,
    Withdrawn,
}

/// <summary>
/// A question to somebody who knows, beside a ticket: a colleague, or an expert outside, who opens it by a link of her own. She sees the
/// question and what was shared, and nothing else of the ticket.
/// </summary>
public sealed class SideQuestion : IVersioned
{
    public const int TextMaxLength = 5_000;

    /// <summary>How long the link opens it after its date.</summary>
    public static readonly TimeSpan LinkLasts = TimeSpan.FromDays(14);

    public Guid Id { get; init; } = OrderedId.New();

    public Guid TicketId { get; set; }

    public Guid AskerId { get; init; }

    public string AskerName { get; init; } = "";

    /// <summary>Account of a colleague; null for somebody outside.</summary>
    public Guid? ExpertId { get; init; }

    public string ExpertName { get; init; } = "";

    /// <summary>Address the question is mailed to.</summary>
    public string ExpertEmail { get; init; } = "";

    public string Question { get; init; } = "";

    /// <summary>Messages of the ticket that the expert sees too.</summary>
    public IReadOnlyList<Guid> Shared { get; init; } = [];

    public DateTime AskedAt { get; init; }

    /// <summary>By when she is asked to answer.</summary>
    public DateTime DueAt { get; init; }

    public SideQuestionState State { get; set; }

    public string Answer { get; set; } = "";

    public DateTime? AnsweredAt { get; set; }

    /// <summary>When the expert was reminded that its date has passed.</summary>
    public DateTime? RemindedAt { get; set; }

    /// <summary>SHA-256 of the secret in the link; null until it was mailed, and for colleagues.</summary>
    public byte[]? KeyHash { get; set; }

    /// <summary>Key of the form that asked it: sent twice, it is asked once.</summary>
    public Guid SubmissionKey { get; init; }

    public int Version { get; set; }

    /// <summary>Whether it waits for an answer after its date.</summary>
    public bool IsOverdue(DateTime now) => State == SideQuestionState.Asked && DueAt <= now;

    /// <summary>Whether a link still opens it.</summary>
    public bool IsOpenByLink(DateTime now) => State != SideQuestionState.Withdrawn && now < DueAt + LinkLasts;

    /// <summary>A new secret for its link; the earlier one opens nothing any more.</summary>
    public string IssueLink()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        KeyHash = SHA256.HashData(secret);
        return Base64Url.EncodeToString(secret);
    }
}

internal sealed class SideQuestionMapping : IEntityTypeConfiguration<SideQuestion>
{
    public void Configure(EntityTypeBuilder<SideQuestion> builder)
    {
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.AskerName).HasMaxLength(Person.NameMaxLength);
        builder.Property(q => q.ExpertName).HasMaxLength(Person.NameMaxLength);
        builder.Property(q => q.ExpertEmail).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(q => q.Question).HasMaxLength(SideQuestion.TextMaxLength);
        builder.Property(q => q.Answer).HasMaxLength(SideQuestion.TextMaxLength);
        builder.Property(q => q.Shared).HasJsonConversion();
        builder.Property(q => q.KeyHash).HasMaxLength(32);
        builder.HasIndex(q => q.TicketId);
        builder.HasIndex(q => q.ExpertId);
        builder.HasIndex(q => q.AskerId);
        builder.HasIndex(q => q.KeyHash);
        builder.HasIndex(q => new { q.State, q.DueAt });
        builder.HasIndex(q => q.SubmissionKey).IsUnique();
        builder.HasOne<Ticket>().WithMany().HasForeignKey(q => q.TicketId).OnDelete(DeleteBehavior.Cascade);
    }
}
