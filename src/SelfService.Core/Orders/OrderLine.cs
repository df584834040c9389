using SelfService.Core.Catalog;

namespace SelfService.Core.Orders;

/// <summary>
/// Pieces of one variant in an order, with name and price as they were bought. The counters only grow, in this order: what was
/// cancelled never left, only what left can arrive, only what arrived can come back.
/// </summary>
public sealed class OrderLine
{
    public const int MaxQuantity = 99;
    public const int OptionsMaxLength = 200;

    public Guid Id { get; init; } = OrderedId.New();

    public Guid OrderId { get; init; }

    public int Position { get; init; }

    public Guid VariantId { get; init; }

    public string Sku { get; init; } = "";

    /// <summary>Last part of the product's address.</summary>
    public string Slug { get; init; } = "";

    public ProductKind Kind { get; init; }

    public string Title { get; init; } = "";

    /// <summary>Chosen options as a person reads them.</summary>
    public string Options { get; init; } = "";

    /// <summary>Price of one piece in minor units, tax inside.</summary>
    public long UnitPrice { get; init; }

    /// <summary>In hundredths of a percent, inside the price.</summary>
    public int TaxRate { get; init; }

    public int? LeadDays { get; init; }

    public int ReturnDays { get; init; }

    public int WarrantyMonths { get; init; }

    public int Quantity { get; init; }

    public int Cancelled { get; private set; }

    /// <summary>Pieces that left, or wait at the branch.</summary>
    public int Dispatched { get; private set; }

    public int Delivered { get; private set; }

    public int Returned { get; private set; }

    /// <summary>What was granted on the pieces that are still bought, in minor units.</summary>
    public long Granted { get; internal set; }

    public DateTime? DeliveredAt { get; private set; }

    /// <summary>Pieces that are still bought.</summary>
    public int Kept => Quantity - Cancelled - Returned;

    /// <summary>Pieces that have not left and were not cancelled.</summary>
    public int ToDispatch => Quantity - Cancelled - Dispatched;

    /// <summary>Price of the pieces that are still bought, before what was granted.</summary>
    public long Gross => UnitPrice * Kept;

    /// <summary>What the pieces that are still bought cost.</summary>
    public long Net => Gross - Granted;

    /// <summary>The tax inside <see cref="Net"/>, rounded half up.</summary>
    public long Tax => Taxes.Inside(Net, TaxRate);

    /// <summary>Last moment in which it may be returned; null while nothing has arrived, or where it never may.</summary>
    public DateTime? ReturnUntil(int extensionDays) =>
        DeliveredAt is { } at && ReturnDays > 0 ? at.AddDays(ReturnDays + extensionDays) : null;

    /// <summary>So many pieces of it, as history and mails say them: <c>2 × Filtro (Blanco)</c>.</summary>
    public string Pieces(int quantity) => $"{quantity} × {Title}{(Options.Length > 0 ? $" ({Options})" : "")}";

    internal void Dispatch(int quantity) => Dispatched += Checked(quantity, ToDispatch);

    internal void Deliver(int quantity, DateTime now)
    {
        Delivered += Checked(quantity, Dispatched - Delivered);
        DeliveredAt = now;
    }

    /// <summary>Takes pieces off before they leave.</summary>
    /// <returns>What the order costs less, in minor units: their price without their part of what was granted.</returns>
    internal long Cancel(int quantity)
    {
        Checked(quantity, ToDispatch);
        var less = Less(quantity);
        Cancelled += quantity;
        return less;
    }

    /// <summary>Takes back pieces that had arrived.</summary>
    /// <inheritdoc cref="Cancel" path="/returns"/>
    internal long Return(int quantity)
    {
        Checked(quantity, Delivered - Returned);
        var less = Less(quantity);
        Returned += quantity;
        return less;
    }

    // The last piece takes what is left, so that nothing is lost in rounding.
    private long Less(int quantity)
    {
        var granted = Granted * quantity / Kept;
        Granted -= granted;
        return (UnitPrice * quantity) - granted;
    }

    private static int Checked(int quantity, int most) => quantity > 0 && quantity <= most ? quantity : throw new OrderStateException();
}

/// <summary>Tax inside final prices.</summary>
public static class Taxes
{
    /// <summary>The tax inside an amount, in minor units, rounded half up.</summary>
    /// <param name="amount">Minor units, not negative.</param>
    /// <param name="rate">Hundredths of a percent.</param>
    public static long Inside(long amount, int rate) => ((2 * amount * rate) + 10_000 + rate) / (2 * (10_000L + rate));
}
