using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>One change of an order's sum, with who and why. Written with the change, never changed after.</summary>
public sealed class LedgerEntry
{
    public const int ReasonMaxLength = 300;
    public const int ReferenceMaxLength = 120;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid OrderId { get; init; }

    /// <summary>Position in the ledger.</summary>
    public int Position { get; init; }

    public LedgerKind Kind { get; init; }

    /// <summary>In minor units: more (positive) or less that the customer owes.</summary>
    public long Amount { get; init; }

    /// <summary>Days of an extension.</summary>
    public int Days { get; init; }

    public Guid? LineId { get; init; }

    /// <summary>Why, where somebody decided it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Number of the bank, of the receipt or of the transfer.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Key of the form: sent twice, one entry.</summary>
    public Guid? SubmissionKey { get; init; }

    public ActorKind Actor { get; init; }

    public Guid? ActorId { get; init; }

    public DateTime At { get; init; }

    /// <summary>Whether it says what was paid, and not what it costs.</summary>
    public bool IsMoney => IsPaid(Kind);

    /// <summary>Whether a kind says what was paid.</summary>
    public static bool IsPaid(LedgerKind kind) => kind is LedgerKind.Payment or LedgerKind.StoreCredit or LedgerKind.Refund or LedgerKind.RefundToCredit;
}

/// <summary>Pieces that leave together: a shipment, or what waits at the branch.</summary>
public sealed class Parcel
{
    public const int CarrierMaxLength = 80;
    public const int TrackingMaxLength = 80;
    public const int TrackingUrlMaxLength = 500;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid OrderId { get; init; }

    /// <summary>1 for the first parcel of the order.</summary>
    public int Number { get; init; }

    public IReadOnlyList<ParcelLine> Lines { get; init; } = [];

    public string Carrier { get; init; } = "";

    public string Tracking { get; init; } = "";

    /// <summary>Address of the carrier's page, https; empty for none.</summary>
    public string TrackingUrl { get; init; } = "";

    public DateTime DispatchedAt { get; init; }

    public DateTime? DeliveredAt { get; internal set; }
}

/// <summary>Pieces of one line in a parcel.</summary>
public sealed record ParcelLine(Guid LineId, int Quantity)
{
    /// <summary>Pieces as the history says them, in the order of the order's lines.</summary>
    public static string Text(Order order, IEnumerable<ParcelLine> pieces) => string.Join(", ",
        from line in order.Lines
        join piece in pieces on line.Id equals piece.LineId into those
        where those.Any()
        select line.Pieces(those.Sum(p => p.Quantity)));
}

/// <summary>Pieces that a customer wants to send back.</summary>
public sealed class OrderReturn
{
    public const int ReasonMaxLength = 1000;
    public const int NoteMaxLength = 300;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid OrderId { get; init; }

    public Guid LineId { get; init; }

    public int Quantity { get; init; }

    public ReturnKind Kind { get; init; }

    /// <summary>The variant she wants instead, of the same product.</summary>
    public Guid? WantedVariantId { get; init; }

    /// <summary>Why, in the customer's words.</summary>
    public string Reason { get; internal set; } = "";

    public ReturnStatus Status { get; internal set; }

    /// <summary>Why it was refused.</summary>
    public string Note { get; internal set; } = "";

    /// <summary>Whether the pieces can be sold again.</summary>
    public bool IsRestocked { get; internal set; }

    /// <summary>Key of the form: sent twice, one return.</summary>
    public Guid SubmissionKey { get; init; }

    public DateTime RequestedAt { get; init; }

    public DateTime? DecidedAt { get; internal set; }
}
