using SelfService.Core.Persistence;

namespace SelfService.Core.Catalog;

/// <summary>What kind of thing is on sale.</summary>
public enum ProductKind
{
    Product,

    /// <summary>Work that is done for the customer; nothing is sent.</summary>
    Service,

    /// <summary>A spare part or an accessory.</summary>
    Part,
}

/// <summary>
/// Something on sale, imported from <c>content/catalog</c>. What is bought is one of its <see cref="Variants"/>; a product
/// without options has exactly one.
/// </summary>
public sealed class Product : IVersioned
{
    public const int TitleMaxLength = 120;
    public const int SummaryMaxLength = 200;
    public const int SkuMaxLength = 60;
    public const int ShelfMaxLength = 60;
    public const int PriceNoteMaxLength = 80;

    public Guid Id { get; init; } = OrderedId.New();

    /// <summary>Name of its file and last part of its address: lower case, digits and hyphens.</summary>
    public required string Slug { get; init; }

    public ProductKind Kind { get; set; }

    /// <summary>Key of the shelf it stands on.</summary>
    public string Shelf { get; set; } = "";

    public string Title { get; set; } = "";

    public string Summary { get; set; } = "";

    /// <summary>Markdown as it was written.</summary>
    public string Description { get; set; } = "";

    /// <summary>The description, sanitised.</summary>
    public string DescriptionHtml { get; set; } = "";

    /// <summary>Other words customers use.</summary>
    public IReadOnlyList<string> Keywords { get; set; } = [];

    public IReadOnlyList<ProductImage> Images { get; set; } = [];

    public IReadOnlyList<ProductSpec> Specs { get; set; } = [];

    /// <summary>What the customer chooses, in the order it is asked.</summary>
    public IReadOnlyList<ProductOption> Options { get; set; } = [];

    /// <summary>Slugs of what could be bought instead.</summary>
    public IReadOnlyList<string> Related { get; set; } = [];

    /// <summary>Slugs of what is usually bought with it.</summary>
    public IReadOnlyList<string> GoesWith { get; set; } = [];

    /// <summary>Tax inside the price, in hundredths of a percent: 1600 is 16 %.</summary>
    public int TaxRate { get; set; }

    /// <summary>Words behind the price, such as «al mes»; usually none.</summary>
    public string PriceNote { get; set; } = "";

    /// <summary>Lowest price of its variants on sale, in minor units; for sorting and filtering.</summary>
    public long PriceFrom { get; set; }

    /// <summary>Business days until it is made; null for what is taken from stock.</summary>
    public int? LeadDays { get; set; }

    /// <summary>Days after delivery in which it may be returned; 0 for never.</summary>
    public int ReturnDays { get; set; }

    public int WarrantyMonths { get; set; }

    /// <summary>Position on its shelf.</summary>
    public int Position { get; set; }

    /// <summary>Whether it can be found and bought. What was ever ordered is never deleted.</summary>
    public bool IsOnSale { get; set; } = true;

    /// <summary>Number of its last change, for the index; see <see cref="ChangeSequence"/>.</summary>
    public long ChangeNumber { get; set; }

    /// <summary>SHA-256 of the file it was last imported from.</summary>
    public string FileHash { get; set; } = "";

    public DateTime UpdatedAt { get; set; }

    /// <summary>When it was last changed by other means than its file; null when the file is all there is.</summary>
    public DateTime? EditedAt { get; set; }

    public int Version { get; set; }

    public List<Variant> Variants { get; } = [];

    /// <summary>Name of the sequence that numbers changes of the catalogue.</summary>
    public const string ChangeSequence = "catalogue";

    /// <summary>Address of its page.</summary>
    public string Address => AddressOf(Slug);

    /// <summary>Address of a product's page.</summary>
    public static string AddressOf(string slug) => "/catalogo/" + slug;

    /// <summary>Whether a text can be the last part of its address: lower case without accents, digits and hyphens.</summary>
    public static bool IsSlug(string text) =>
        text.Length is > 0 and <= SkuMaxLength && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-';

    /// <summary>Whether a text can be a SKU: upper case without accents, digits and hyphens.</summary>
    public static bool IsSku(string text) =>
        text.Length is > 0 and <= SkuMaxLength && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-') && text[0] != '-' && text[^1] != '-';
}

/// <summary>A picture of a product.</summary>
/// <param name="Url">Address it is served at.</param>
/// <param name="Alt">What it shows, for who does not see it.</param>
public sealed record ProductImage(string Url, string Alt, int Width, int Height);

/// <summary>A property of a product, such as capacity.</summary>
public sealed record ProductSpec(string Label, string Value);

/// <summary>Something the customer chooses, such as colour.</summary>
/// <param name="Name">Its name in the file and in the form.</param>
public sealed record ProductOption(string Name, string Label, IReadOnlyList<OptionValue> Values);

/// <summary>One of the values of an option.</summary>
public sealed record OptionValue(string Value, string Label);

/// <summary>The value a variant has for an option.</summary>
public sealed record ChosenOption(string Name, string Value);
