using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog;

/// <summary>Why the number of pieces changed.</summary>
public enum StockReason
{
    /// <summary>The pieces there were when the SKU first arrived.</summary>
    Initial,

    /// <summary>An order took them.</summary>
    Ordered,

    /// <summary>A cancelled order gave them back.</summary>
    Cancelled,

    /// <summary>A customer brought them back, and they can be sold again.</summary>
    Returned,

    /// <summary>Somebody counted, or received pieces.</summary>
    Adjusted,

    /// <summary>A file with numbers was imported.</summary>
    Imported,
}

/// <summary>One change of the number of pieces. The sum of all of a variant is what it has.</summary>
public sealed class StockMovement
{
    public const int NoteMaxLength = 300;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid VariantId { get; init; }

    /// <summary>Pieces that came (positive) or went.</summary>
    public int Delta { get; init; }

    public StockReason Reason { get; init; }

    /// <summary>Words of whoever counted; empty where the order says it.</summary>
    public string Note { get; init; } = "";

    public Guid? OrderId { get; init; }

    /// <summary>Key of the form of whoever counted: sent twice, one movement.</summary>
    public Guid? SubmissionKey { get; init; }

    public ActorKind Actor { get; init; }

    public Guid? ActorId { get; init; }

    public DateTime At { get; init; }
}
