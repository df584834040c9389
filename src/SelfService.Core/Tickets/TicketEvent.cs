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

    // What becomes of an order; the detail says which pieces or how much.
    OrderConfirmed,
    OrderPreparing,
    OrderReady,
    OrderShipped,
    OrderDelivered,
    OrderCancelled,
    OrderLineCancelled,
    OrderLineAdded,
    OrderAddressCorrected,
    OrderPaymentLink,
    OrderPaid,
    OrderRefunded,
    OrderCredited,
    OrderDiscounted,
    OrderCreditNote,
    OrderExtended,
    ReturnRequested,
    ReturnWithdrawn,
    ReturnReceived,
    ReturnRefused,

    // What becomes of an appointment; the detail says when it is.
    AppointmentMoved,
    AppointmentCancelled,
    AppointmentLink,
    AppointmentArrived,
    AppointmentAttended,
    AppointmentMissed,
    AppointmentAligned,

    // What becomes of somebody on the waiting list; the detail says which hour.
    WaitingOffered,
    WaitingPassed,
    WaitingLapsed,
    WaitingTaken,
    WaitingLeft,
    WaitingEnded,

    // What the desk does besides; none of them is a step of an order or appointment.
    CustomerCalled = 100,
    PriorityChanged,
    Tagged,
    Untagged,
    SlaWarned,
    EscalatedTo,
    RuleApplied,
    AutoReplied,
    SideAsked,
    SideAnswered,
    SideWithdrawn,
    MergedInto,
    MergedFrom,
    SplitInto,
    SplitFrom,
    Linked,
    Unlinked,
}

/// <summary>One line of a ticket's history. Written with the change, never changed after.</summary>
public sealed class TicketEvent
{
    public const int DetailMaxLength = 300;

    /// <summary>What a customer sees of the history. Notes, owners, queues and who asked for a link are the company's own.</summary>
    public static readonly IReadOnlyList<TicketEventKind> Public =
    [
        TicketEventKind.Opened, TicketEventKind.CustomerReplied, TicketEventKind.CustomerCalled, TicketEventKind.StaffReplied, TicketEventKind.AutoReplied, TicketEventKind.Promised,
        TicketEventKind.Solved, TicketEventKind.Closed, TicketEventKind.Reopened, TicketEventKind.Rated,
        .. Enum.GetValues<TicketEventKind>().Where(IsRecordStep),
    ];

    /// <summary>Whether it is a step of an order or appointment. The customer sees all of them.</summary>
    public static bool IsRecordStep(TicketEventKind kind) => kind is >= TicketEventKind.OrderConfirmed and <= TicketEventKind.WaitingEnded;

    /// <summary>Whether its detail names pieces, an amount or an hour, which the words of the step then contain.</summary>
    public bool IsDetailedRecordStep => Detail.Length > 0 && IsRecordStep(Kind)
        && Kind is not (TicketEventKind.OrderConfirmed or TicketEventKind.OrderPreparing or TicketEventKind.OrderCancelled
            or TicketEventKind.OrderAddressCorrected or TicketEventKind.OrderPaymentLink)
        && (Kind < TicketEventKind.AppointmentMoved || IsHourStep(Kind));

    /// <summary>Whether its detail is an <see cref="Appointments.AgreedTime"/>.</summary>
    public static bool IsHourStep(TicketEventKind kind) => kind is TicketEventKind.AppointmentMoved or TicketEventKind.AppointmentAligned
        or TicketEventKind.WaitingOffered or TicketEventKind.WaitingPassed or TicketEventKind.WaitingLapsed or TicketEventKind.WaitingTaken;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid TicketId { get; init; }

    public TicketEventKind Kind { get; init; }

    public DateTime At { get; init; }

    public ActorKind Actor { get; init; }

    public Guid? ActorId { get; init; }

    /// <summary>When the rules were asked about it; null until then.</summary>
    public DateTime? RulesRunAt { get; set; }

    /// <summary>How many rules set off each other until it; none for what a person or the clock did.</summary>
    public int RuleDepth { get; set; }

    /// <summary>The first event of that chain; null for what a person or the clock did.</summary>
    public Guid? RuleRootId { get; set; }

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
        builder.HasIndex(e => e.RulesRunAt);
        builder.HasIndex(e => e.At);
    }
}
