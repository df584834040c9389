using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.People;

namespace SelfService.Core.Tickets;

/// <summary>
/// One message of a ticket's thread, or a note that only staff see. What customers write is plain text, in which links are recognised when
/// it is shown; what agents write is Markdown, rendered when it is stored.
/// </summary>
public sealed class Message
{
    /// <summary>Longest message, in characters.</summary>
    public const int BodyMaxLength = 20_000;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid TicketId { get; set; }

    public ActorKind Author { get; init; }

    /// <summary>The author's account; null for a guest and after the account was deleted.</summary>
    public Guid? AuthorId { get; set; }

    /// <summary>Name shown beside the message.</summary>
    public string AuthorName { get; set; } = "";

    public string Body { get; set; } = "";

    /// <summary>What an agent wrote, by <see cref="MessageMarkdown"/>; empty for plain text.</summary>
    public string Html { get; set; } = "";

    /// <summary>A note: customers never see it.</summary>
    public bool IsNote { get; set; }

    public DateTime WrittenAt { get; init; }

    /// <summary>Key of the form that sent it: sent twice, it is stored once.</summary>
    public Guid SubmissionKey { get; init; }

    public List<Attachment> Attachments { get; } = [];
}

internal sealed class MessageMapping : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.AuthorName).HasMaxLength(Person.NameMaxLength);
        builder.Property(m => m.Body).HasMaxLength(Message.BodyMaxLength);
        builder.HasIndex(m => m.TicketId);
        builder.HasIndex(m => m.SubmissionKey).IsUnique();
        builder.HasMany(m => m.Attachments).WithOne().HasForeignKey(a => a.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}
