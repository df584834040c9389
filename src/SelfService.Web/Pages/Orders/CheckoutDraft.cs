using System.Globalization;
using SelfService.Core.Orders;
using SelfService.Web.Pages.Requests;

namespace SelfService.Web.Pages.Orders;

/// <summary>A checkout between opening it and its being accepted: what was typed, and what she was shown when she sent it.</summary>
/// <param name="Receiving">How she receives it, as the page showed it.</param>
/// <param name="Lines">The lines with their prices, as the page showed them.</param>
/// <param name="SeenTotal">The total, as the page showed it, in minor units.</param>
/// <param name="SeenCredit">The store credit, as the page showed it, that she pays with, in minor units; 0 when she does not.</param>
public sealed record CheckoutDraft(FormDraft Form, Receiving Receiving, IReadOnlyList<WantedLine> Lines, long SeenTotal, long SeenCredit)
{
    public const string LineName = "Line";
    public const string TotalName = "SeenTotal";
    public const string ReceivingName = "Receiving";

    /// <summary>A checkout nobody has touched.</summary>
    public static CheckoutDraft New(FormDraft form) => new(form, default, [], 0, 0);

    /// <summary>The checkout as it was sent.</summary>
    public static CheckoutDraft Read(IFormCollection sent) => new(
        FormDraft.Read(sent),
        Enum.TryParse<Receiving>(sent[ReceivingName], out var receiving) && Enum.IsDefined(receiving) ? receiving : default,
        [.. sent[LineName].Take(Order.MaxLines).Select(LineOf).OfType<WantedLine>().DistinctBy(l => l.VariantId)],
        long.TryParse(sent[TotalName], NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : -1,
        long.TryParse(sent[CheckoutFields.Credit], NumberStyles.None, CultureInfo.InvariantCulture, out var credit) ? credit : 0);

    /// <summary>A line as the page keeps it.</summary>
    public static string LineValue(CartLookLine line) => string.Create(CultureInfo.InvariantCulture, $"{line.VariantId:N}.{line.Quantity}.{line.UnitPrice}");

    /// <summary>
    /// Whether it shows what is in the cart: as many pieces of the same things, received in the same way. Prices are compared when
    /// the order is placed.
    /// </summary>
    public bool Shows(CartLook? look, OrderRules rules)
    {
        var wanted = Lines.ToDictionary(l => l.VariantId, l => l.Quantity);
        var inCart = (look?.Lines ?? []).ToDictionary(l => l.VariantId);
        // What could not be had when the page was made is in the cart and not on the page.
        return wanted.Count > 0 && wanted.All(w => inCart.TryGetValue(w.Key, out var line) && line.Before == w.Value)
            && inCart.Values.All(l => wanted.ContainsKey(l.VariantId) || !l.IsBuyable)
            && (look!.Buyable.Count == 0 || look.ReceivingBy(rules) == Receiving);
    }

    private static WantedLine? LineOf(string? text) =>
        text?.Split('.') is [var id, var pieces, var price] && Guid.TryParseExact(id, "N", out var variantId)
        && int.TryParse(pieces, NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) && quantity is > 0 and <= OrderLine.MaxQuantity
        && long.TryParse(price, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? new WantedLine(variantId, quantity, seen)
            : null;
}
