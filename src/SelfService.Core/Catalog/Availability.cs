namespace SelfService.Core.Catalog;

/// <summary>Whether something can be had, as a customer is told.</summary>
public enum AvailabilityKind
{
    Available,

    /// <summary>Few pieces are left; <see cref="Availability.Count"/> says how many.</summary>
    LastPieces,

    SoldOut,

    /// <summary>It is made when it is ordered; <see cref="Availability.Count"/> is the number of business days.</summary>
    MadeToOrder,

    /// <summary>Work whose day is agreed with the customer.</summary>
    Scheduled,
}

/// <summary>Whether something can be had.</summary>
/// <param name="Count">Pieces or days, where the kind has them; otherwise 0.</param>
public readonly record struct Availability(AvailabilityKind Kind, int Count = 0)
{
    // Where the company wants to know earlier that pieces run out, customers are still not hurried.
    private const int MostLastPieces = 5;

    public bool CanBeBought => Kind != AvailabilityKind.SoldOut;

    /// <summary>That of a product with these variants on sale.</summary>
    /// <param name="variants">Pieces, null where they are not counted, and from where on they count as few.</param>
    public static Availability Of(ProductKind kind, int? leadDays, IReadOnlyCollection<(int? InStock, int LowStock)> variants)
    {
        if (variants.All(v => v.InStock == 0))
        {
            return new(AvailabilityKind.SoldOut);
        }

        if (kind == ProductKind.Service)
        {
            return new(AvailabilityKind.Scheduled);
        }

        if (leadDays is { } days && variants.Any(v => v.InStock is null))
        {
            return new(AvailabilityKind.MadeToOrder, days);
        }

        var pieces = variants.Sum(v => (long?)v.InStock ?? MostLastPieces + 1);
        return pieces <= MostLastPieces && variants.All(v => v.InStock <= v.LowStock)
            ? new(AvailabilityKind.LastPieces, (int)pieces)
            : new(AvailabilityKind.Available);
    }

    /// <summary>That of one variant.</summary>
    public static Availability Of(Product product, Variant variant) => Of(product.Kind, product.LeadDays, [(variant.InStock, variant.LowStock)]);
}
