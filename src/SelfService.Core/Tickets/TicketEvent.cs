using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Tickets;

/// <summary>What can happen to a ticket.</summary>
public enum TicketEventKind
{
    Opened,
    CustomerReplied,
    StaffReplied,
    Noted,
    Assigned,
    Moved,
    Promised,
    Solved,
    Closed,
    Reopened,
    Escalated,
    Rated,
    LinkRequested,
    Anonymized,
}

/// <summary>One line of a ticket's history. Written with the change, never changed after.</summary>
public sealed class TicketEvent
{
    public const int DetailMaxLength = 300;

    /// <summary>What a customer sees of the history. Notes, owners, queues and who asked for a link are the company's own.</summary>
    public static readonly IReadOnlyList<TicketEventKind> Public =
    [
        TicketEventKind.Opened, TicketEventKind.CustomerReplied, TicketEventKind.StaffReplied, TicketEventKind.Promised,
        TicketEventKind.Solved, TicketEventKind.Closed, TicketEventKind.Reopened, TicketEventKind.Rated,
    ];

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public Guid TicketId { get; init; }

    public TicketEventKind Kind { get; init; }

    public DateTime At { get; init; }

    public ActorKind Actor { get; init; }

    public Guid? ActorId { get; init; }

    /// <summary>What exactly: the promise, the queue, the new owner's name.</summary>
    public string Detail { get; init; } = "";
}

internal sealed class TicketEventMapping : IEntityTypeConfiguration<TicketEvent>
{
    public void Configure(EntityTypeBuilder<TicketEvent> builder)
    {
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Detail).HasMaxLength(TicketEvent.DetailMaxLength);
        builder.HasIndex(e => e.TicketId);
    }
}
