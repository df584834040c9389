namespace SelfService.Core.Catalog;

/// <summary>What is bought and counted: a product with every option chosen.</summary>
public sealed class Variant
{
    public Guid Id { get; init; } = OrderedId.New();

    public Guid ProductId { get; init; }

    public Product Product { get; init; } = null!;

    /// <summary>Upper case, digits and hyphens.</summary>
    public required string Sku { get; init; }

    public IReadOnlyList<ChosenOption> Options { get; set; } = [];

    /// <summary>Final price in minor units of the company's currency, with the tax inside.</summary>
    public long Price { get; set; }

    /// <summary>
    /// Pieces that can be sold now; null where pieces are not counted. Only <see cref="Stock"/> changes it, by one conditional
    /// update each, so that no reading of it goes stale before it is written.
    /// </summary>
    public int? InStock { get; init; }

    /// <summary>From this number down it is on the list of what is running out.</summary>
    public int LowStock { get; set; }

    public int Position { get; set; }

    /// <summary>Whether it can be bought; what was ever ordered is never deleted.</summary>
    public bool IsOnSale { get; set; } = true;

    /// <summary>Whether so many can be bought now.</summary>
    public bool Has(int quantity) => InStock is not { } pieces || pieces >= quantity;

    /// <summary>The chosen values as a person reads them, such as <c>Grafito, 220 V</c>; empty without options.</summary>
    public string OptionsText(Product product) => ChosenText(product.Options, Options);

    /// <inheritdoc cref="OptionsText"/>
    /// <param name="options">What the product lets one choose.</param>
    /// <param name="chosen">What was chosen.</param>
    public static string ChosenText(IReadOnlyList<ProductOption> options, IReadOnlyList<ChosenOption> chosen) => string.Join(", ", options.Select(option =>
    {
        var value = chosen.FirstOrDefault(o => o.Name == option.Name)?.Value;
        return option.Values.FirstOrDefault(v => v.Value == value)?.Label;
    }).OfType<string>());
}
