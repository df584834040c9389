using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Tickets;

/// <summary>
/// A file somebody sent. It is stored as soon as it arrives, so that a form with a mistake in it does not lose its files,
/// and belongs to the form's key until a message claims it. What nobody claims is swept away after a day.
/// </summary>
public sealed class Attachment
{
    /// <summary>Largest file, in bytes.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Files of one message at most.</summary>
    public const int MaxCount = 5;

    public const int NameMaxLength = 120;

    /// <summary>Also the name of the file on disk; what the sender called it is never part of a path.</summary>
    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>Key of the form it came with.</summary>
    public Guid SubmissionKey { get; init; }

    /// <summary>The message that claimed it; null while the form has not been accepted.</summary>
    public Guid? MessageId { get; set; }

    /// <summary>Name to show and to download it under: one line, NFC, without path or invisible characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>Type by the file's own first bytes, not by what the sender said.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>Size in bytes.</summary>
    public long Size { get; init; }

    public DateTime StoredAt { get; init; }
}

internal sealed class AttachmentMapping : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Name).HasMaxLength(Attachment.NameMaxLength);
        builder.Property(a => a.ContentType).HasMaxLength(100);
        builder.HasIndex(a => a.SubmissionKey);
        builder.HasIndex(a => a.MessageId);
    }
}
