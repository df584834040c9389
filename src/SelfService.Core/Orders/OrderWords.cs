namespace SelfService.Core.Orders;

/// <summary>Where an order stands. <see cref="Ready"/> and <see cref="Shipped"/> are the two ways in which it leaves.</summary>
public enum OrderStatus
{
    Placed,
    Confirmed,
    Preparing,

    /// <summary>Everything waits for the customer at the branch.</summary>
    Ready,

    /// <summary>Everything is on its way.</summary>
    Shipped,

    Delivered,
    Cancelled,
}

/// <summary>How the customer receives it.</summary>
public enum Receiving
{
    /// <summary>Brought to an address.</summary>
    Delivery,

    /// <summary>Fetched at a branch.</summary>
    Collection,

    /// <summary>Only services, done at an address; nothing is sent.</summary>
    AtHome,
}

/// <summary>When a way to pay is settled.</summary>
public enum PaymentWhen
{
    /// <summary>The customer transfers before anything is prepared.</summary>
    Before,

    /// <summary>An agent enters a link, the customer pays there; no card passes through the portal.</summary>
    Link,

    /// <summary>At the door or at the branch.</summary>
    OnDelivery,
}

/// <summary>Why the sum of an order changed. All but the last four say what it costs; those say what was paid.</summary>
public enum LedgerKind
{
    /// <summary>A line (positive).</summary>
    Goods,

    /// <summary>Bringing it; negative when it is let off.</summary>
    Delivery,

    /// <summary>Less to pay, granted before it is settled (negative).</summary>
    Discount,

    /// <summary>Something given back for a fault of ours (negative).</summary>
    CreditNote,

    /// <summary>Pieces that were cancelled, less their part of what was granted (negative).</summary>
    Cancellation,

    /// <summary>Pieces that came back, less their part of what was granted (negative).</summary>
    Return,

    /// <summary>More days to return; no money.</summary>
    Extension,

    /// <summary>Money that came in (negative: less is owed).</summary>
    Payment,

    /// <summary>Store credit that paid (negative).</summary>
    StoreCredit,

    /// <summary>Money that went back (positive).</summary>
    Refund,

    /// <summary>What was to go back and became store credit (positive).</summary>
    RefundToCredit,
}

/// <summary>What a customer wants who sends something back.</summary>
public enum ReturnKind
{
    /// <summary>Her money.</summary>
    Return,

    /// <summary>Another piece, of the same product.</summary>
    Exchange,
}

/// <summary>Where a return stands.</summary>
public enum ReturnStatus
{
    /// <summary>Asked for; the piece is still with the customer.</summary>
    Requested,

    /// <summary>The piece is here and taken.</summary>
    Received,

    /// <summary>Not taken, with the reason.</summary>
    Refused,

    /// <summary>The customer keeps it after all.</summary>
    Withdrawn,
}

/// <summary>One line of an address.</summary>
/// <param name="Name">Name of the part, see <see cref="Requests.AddressParts"/>.</param>
public sealed record AddressLine(string Name, string Text);

/// <summary>The order is in a state in which this cannot be done.</summary>
public sealed class OrderStateException() : InvalidOperationException("The order's state does not allow this.");

/// <summary>More than the role of this person may grant on one order.</summary>
/// <param name="left">What may still be granted: minor units, or days for an extension.</param>
public sealed class GrantLimitException(long left) : InvalidOperationException("Beyond what this role may grant on one order.")
{
    /// <summary>Minor units, or days.</summary>
    public long Left { get; } = left;
}

/// <summary>There are fewer pieces than asked for.</summary>
public sealed class OutOfStockException(Guid variantId) : InvalidOperationException("There are not enough pieces.")
{
    public Guid VariantId { get; } = variantId;
}
