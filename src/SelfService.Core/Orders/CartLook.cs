using SelfService.Core.Catalog;

namespace SelfService.Core.Orders;

/// <summary>A cart as it can be ordered now.</summary>
public sealed record CartLook(Cart Cart, IReadOnlyList<CartLookLine> Lines)
{
    /// <summary>A cart with its lines, variants and products, as it can be ordered now.</summary>
    public static CartLook Of(Cart cart) => new(cart, [.. cart.Lines.Select(CartLookLine.Of)]);

    /// <summary>What can be ordered of it.</summary>
    public IReadOnlyList<CartLookLine> Buyable { get; } = [.. Lines.Where(l => l.IsBuyable)];

    /// <summary>Whether it is only work, done at her place.</summary>
    public bool IsOnlyWork => Buyable.Count > 0 && Buyable.All(l => l.Variant.Product.Kind == ProductKind.Service);

    /// <summary>Business days until the last of it is made; 0 for what is there.</summary>
    public int LeadDays => Buyable.Max(l => l.Variant.Product.LeadDays) ?? 0;

    /// <summary>How it is received: as she chose, where that is offered, or else the first way there is.</summary>
    public Receiving ReceivingBy(OrderRules rules)
    {
        var ways = rules.ReceivingWays(IsOnlyWork);
        return Cart.Receiving is { } chosen && ways.Contains(chosen) ? chosen : ways[0];
    }

    /// <summary>What it costs.</summary>
    public OrderSums Sums(OrderRules rules, Receiving receiving) =>
        OrderSums.Of([.. Buyable.Select(l => (l.UnitPrice * l.Quantity, l.Variant.Product.TaxRate))], rules, receiving);
}

/// <summary>A line of a cart, and what changed since she last saw it.</summary>
/// <param name="Quantity">Pieces that can be had of those she wants; as many as she wants of what cannot be bought.</param>
/// <param name="Before">Pieces she wants.</param>
/// <param name="SeenPrice">The price she saw last.</param>
public sealed record CartLookLine(Variant Variant, int Quantity, int Before, long SeenPrice)
{
    public Guid VariantId => Variant.Id;

    /// <summary>Of one piece, now.</summary>
    public long UnitPrice => Variant.Price;

    public bool IsOnSale => Variant.IsOnSale && Variant.Product.IsOnSale;

    /// <summary>Whether at least one piece can be ordered.</summary>
    public bool IsBuyable => IsOnSale && Variant.Has(1);

    /// <summary>Whether there are fewer pieces than she wants, and more than none.</summary>
    public bool IsShort => IsBuyable && Quantity < Before;

    public bool IsPriceChanged => IsOnSale && UnitPrice != SeenPrice;

    /// <summary>Whether it is to be written down that she saw it.</summary>
    public bool IsNews => IsShort || IsPriceChanged;

    /// <summary>The line as it stands now.</summary>
    public static CartLookLine Of(CartLine line)
    {
        var isThere = line.Variant.Has(1);
        return new CartLookLine(line.Variant, isThere && line.Variant.InStock is { } pieces ? Math.Min(pieces, line.Quantity) : line.Quantity, line.Quantity, line.SeenPrice);
    }
}

/// <summary>What an order costs before anything is paid, in minor units, with the tax inside.</summary>
public sealed record OrderSums(long Goods, long Delivery, long Tax)
{
    public long Total => Goods + Delivery;

    /// <summary>The sums of lines.</summary>
    /// <param name="lines">Price of each with all its pieces, and the rate of the tax inside.</param>
    public static OrderSums Of(IReadOnlyCollection<(long Amount, int TaxRate)> lines, OrderRules rules, Receiving receiving)
    {
        var goods = lines.Sum(l => l.Amount);
        var delivery = lines.Count == 0 ? 0 : rules.DeliveryPrice(receiving, goods);
        return new OrderSums(goods, delivery, lines.Sum(l => Taxes.Inside(l.Amount, l.TaxRate)) + Taxes.Inside(delivery, rules.TaxRate));
    }
}
