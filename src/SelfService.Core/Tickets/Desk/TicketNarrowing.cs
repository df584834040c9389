namespace SelfService.Core.Tickets.Desk;

/// <summary>What a list of tickets is narrowed to besides where they stand; null is everything.</summary>
public sealed record TicketNarrowing
{
    /// <summary>Key of the queue.</summary>
    public string? Queue { get; init; }

    public TicketKind? Kind { get; init; }

    public TicketPriority? Priority { get; init; }

    public Channel? Channel { get; init; }

    /// <summary>Who answers for it.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>A tag on it.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether anything is narrowed.</summary>
    public bool Any => this != new TicketNarrowing();
}

/// <summary>Narrows lists of tickets.</summary>
public static class TicketNarrowings
{
    /// <summary>The tickets among these that it leaves.</summary>
    public static IQueryable<Ticket> NarrowedTo(this IQueryable<Ticket> tickets, TicketNarrowing narrowing)
    {
        var (kind, priority, channel, owner) = (narrowing.Kind, narrowing.Priority, narrowing.Channel, narrowing.OwnerId);
        tickets = tickets.OfQueue(narrowing.Queue);
        tickets = kind is null ? tickets : tickets.Where(t => t.Kind == kind);
        tickets = priority is null ? tickets : tickets.Where(t => t.Priority == priority);
        tickets = channel is null ? tickets : tickets.Where(t => t.Channel == channel);
        tickets = owner is null ? tickets : tickets.Where(t => t.OwnerId == owner);
        return narrowing.Tag is null ? tickets : tickets.WithTag(narrowing.Tag);
    }
}
