using SelfService.Core.Catalog;

namespace SelfService.Core.Orders;

/// <summary>
/// What somebody wants to order. Known by the browser's cookie; it becomes an account's when she signs in, and is forgotten
/// <see cref="Lifetime"/> after she last touched it.
/// </summary>
public sealed class Cart
{
    /// <summary>Time after which it is forgotten when nobody has changed it or looked at it.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public Guid Id { get; init; } = OrderedId.New();

    public Guid? PersonId { get; set; }

    /// <summary>How she wants to receive it; null until she has chosen.</summary>
    public Receiving? Receiving { get; set; }

    public DateTime CreatedAt { get; init; }

    /// <summary>When she last changed it or, by the day, looked at it.</summary>
    public DateTime UpdatedAt { get; set; }

    public List<CartLine> Lines { get; } = [];
}

/// <summary>Pieces of one variant in a cart.</summary>
public sealed class CartLine
{
    public Guid CartId { get; init; }

    public Guid VariantId { get; init; }

    public Variant Variant { get; init; } = null!;

    public int Quantity { get; set; }

    /// <summary>The price she was shown last, in minor units.</summary>
    public long SeenPrice { get; set; }

    /// <summary>When pieces were last put in.</summary>
    public DateTime AddedAt { get; set; }
}
