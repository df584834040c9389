using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SelfService.Core.Tickets.Promises;

/// <summary>What became of a promise.</summary>
public enum PromiseOutcome
{
    /// <summary>The customer heard from us, or had what was promised, by its date.</summary>
    Kept,

    /// <summary>Its date passed. What was done later does not mend it.</summary>
    Broken,

    /// <summary>Another date was promised before this one had passed.</summary>
    Moved,

    /// <summary>Before its date the customer ended the matter, or it came to nothing.</summary>
    Withdrawn,
}

/// <summary>A promise that was made to a customer and has come to its end. The one that is still owed stands in the ticket.</summary>
public sealed class Promise
{
    public Guid Id { get; init; } = OrderedId.New();

    public Guid TicketId { get; init; }

    /// <summary>Account of who promised; it may be gone.</summary>
    public Guid? AgentId { get; init; }

    /// <summary>Key of the queue that answered for it in the end.</summary>
    public string Queue { get; init; } = "";

    /// <summary>In the agent's words.</summary>
    public string Text { get; init; } = "";

    public DateTime MadeAt { get; init; }

    public DateTime DueAt { get; init; }

    public PromiseOutcome Outcome { get; init; }

    public DateTime SettledAt { get; init; }
}

internal sealed class PromiseMapping : IEntityTypeConfiguration<Promise>
{
    public void Configure(EntityTypeBuilder<Promise> builder)
    {
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Queue).HasMaxLength(Ticket.KeyMaxLength);
        builder.Property(p => p.Text).HasMaxLength(Commitment.TextMaxLength);
        builder.HasIndex(p => p.TicketId);
        builder.HasIndex(p => p.SettledAt);
    }
}
