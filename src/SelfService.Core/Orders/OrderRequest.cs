using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>Everything a new order is made of, already checked for form; whether it can be had is seen when it is placed.</summary>
public sealed record OrderRequest
{
    /// <summary>Key of the form: sent twice, one order.</summary>
    public required Guid SubmissionKey { get; init; }

    public required IReadOnlyList<WantedLine> Lines { get; init; }

    public required Receiving Receiving { get; init; }

    /// <summary>Where it is brought or done; empty for what is fetched.</summary>
    public IReadOnlyList<AddressLine> Address { get; init; } = [];

    /// <summary>Key of the branch; null for what is brought.</summary>
    public string? Branch { get; init; }

    public DateOnly? CollectOn { get; init; }

    /// <summary>What goes on the invoice; empty when none is wanted.</summary>
    public IReadOnlyList<TicketAnswer> Invoice { get; init; } = [];

    public string Notes { get; init; } = "";

    /// <summary>Key of the way to pay.</summary>
    public required string Payment { get; init; }

    /// <summary>
    /// The account's store credit, in minor units, that the customer was shown and pays with as far as it goes; 0 when she does not.
    /// </summary>
    public long SeenCredit { get; init; }

    /// <summary>The total that the customer was shown, in minor units, before store credit.</summary>
    public required long SeenTotal { get; init; }

    /// <summary>The cart it comes from; what is ordered leaves it with the order.</summary>
    public Guid? CartId { get; init; }

    public required Contact Contact { get; init; }

    public Guid? PersonId { get; init; }

    public Guid? VisitorId { get; init; }

    public string Language { get; init; } = "es";

    public Channel Channel { get; init; } = Channel.Portal;

    public Actor Actor { get; init; } = Actor.Customer(null);

    public string StaffName { get; init; } = "";
}

/// <summary>Pieces of one variant, at the price that was shown.</summary>
/// <param name="SeenPrice">Of one piece, in minor units.</param>
public sealed record WantedLine(Guid VariantId, int Quantity, long SeenPrice);

/// <summary>What keeps an order from being placed as it was shown.</summary>
public enum OrderObstacleKind
{
    /// <summary>It is not on sale any more.</summary>
    Gone,

    /// <summary>There are fewer pieces.</summary>
    Short,

    /// <summary>It costs something else now.</summary>
    PriceChanged,

    /// <summary>The lines are as shown, and the sum is not: bringing it costs something else.</summary>
    TotalChanged,

    /// <summary>There is less store credit than the customer was shown.</summary>
    CreditChanged,

    /// <summary>The way to pay, the branch or the way to receive it is not offered for this order.</summary>
    NotOffered,
}

/// <summary>One reason why an order was not placed.</summary>
/// <param name="VariantId">The line it is about; null for the whole order.</param>
/// <param name="Available">Pieces that can be had now; for <see cref="OrderObstacleKind.Short"/>.</param>
/// <param name="Price">What it costs now, in minor units; for changed prices and totals.</param>
public sealed record OrderObstacle(OrderObstacleKind Kind, Guid? VariantId = null, int Available = 0, long Price = 0);

/// <summary>What became of a checkout: an order, or what to ask the customer. With obstacles nothing is stored.</summary>
public sealed record PlacedOrder(OpenedTicket? Ticket, IReadOnlyList<OrderObstacle> Obstacles);
