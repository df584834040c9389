using System.Globalization;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog.Content;

/// <summary>A file of <c>content/catalog</c> as it is written; <see cref="Read"/> checks it.</summary>
public sealed class ProductFile
{
    private const int MaxKeywords = 40;
    private const int MaxImages = 12;
    private const int MaxSpecs = 60;
    private const int MaxBeside = 20;
    private const int MaxDays = 3650;
    private const int MaxMonths = 600;
    private const int LabelMaxLength = 120;

    private static readonly HashSet<string> KnownKeys =
    [
        "title", "kind", "shelf", "summary", "keywords", "price", "tax_rate", "price_note", "stock", "low_stock", "made_to_order", "return_days", "warranty_months",
        "position", "on_sale", "images", "images.file", "images.alt", "specs", "specs.label", "specs.value",
        "options", "options.name", "options.label", "options.values", "options.values.value", "options.values.label",
        "variants", "variants.sku", "variants.options", "variants.price", "variants.stock", "variants.low_stock", "related", "goes_with", "description",
    ];

    public string? Title { get; set; }
    public string? Kind { get; set; }
    public string? Shelf { get; set; }
    public string? Summary { get; set; }
    public List<string?>? Keywords { get; set; }
    public decimal? Price { get; set; }
    public decimal? TaxRate { get; set; }
    public string? PriceNote { get; set; }
    public int? Stock { get; set; }
    public int? LowStock { get; set; }
    public int? MadeToOrder { get; set; }
    public int? ReturnDays { get; set; }
    public int? WarrantyMonths { get; set; }
    public int? Position { get; set; }
    public bool? OnSale { get; set; }
    public List<ImagePart?>? Images { get; set; }
    public List<SpecPart?>? Specs { get; set; }
    public List<OptionPart?>? Options { get; set; }
    public List<VariantPart?>? Variants { get; set; }
    public List<string?>? Related { get; set; }
    public List<string?>? GoesWith { get; set; }
    public string? Description { get; set; }

    /// <summary>Reads and checks a file.</summary>
    /// <param name="slug">Its name without ending.</param>
    /// <param name="problems">Receives what somebody should look at; what keeps the file out is thrown.</param>
    /// <exception cref="ContentException">A value is missing or cannot be used; the problem names it.</exception>
    public static LoadedProduct Read(string slug, ReadOnlySpan<byte> bytes, Shelves shelves, int usualTaxRate, CompanyFigures figures, ICollection<ContentProblem> problems)
    {
        if (!Product.IsSlug(slug))
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.ProductName, 0, slug));
        }

        var file = TypedYaml.Read<ProductFile>(bytes);
        var text = TextFile.Decode(bytes);
        var lines = YamlEntries.Keys(text.Text).ToLookup(key => key.Path, key => key.Line);
        foreach (var problem in text.Problems)
        {
            problems.Add(problem);
        }

        // The names of options are the company's own.
        foreach (var key in lines.Where(key => !KnownKeys.Contains(key.Key) && !key.Key.StartsWith("variants.options.", StringComparison.Ordinal)))
        {
            problems.Add(ContentProblem.Warning(ProblemKind.UnknownKeys, key.First(), key.Key));
        }

        try
        {
            return file.Checked(slug, shelves, usualTaxRate, figures, problems);
        }
        catch (ContentException exception) when (exception.Problem.Line == 0)
        {
            var key = exception.Problem.Detail.Split(':', '[')[0];
            throw new ContentException(exception.Problem with { Line = lines[key].FirstOrDefault() });
        }
    }

    private LoadedProduct Checked(string slug, Shelves shelves, int usualTaxRate, CompanyFigures figures, ICollection<ContentProblem> problems)
    {
        var shelf = shelves.Find(Shelf) ?? throw Unusable("shelf", Shelf);
        var title = PlainText.Line(Title);
        if (title.Length == 0)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.MissingTitle));
        }

        if (Price is null)
        {
            throw Unusable("price", null);
        }

        if (MadeToOrder is not null && (Stock is not null || (Variants ?? []).Any(v => v?.Stock is not null)))
        {
            throw Unusable("made_to_order", "stock");
        }

        var options = new ProductOptionsReader(figures).Options(Options ?? []);
        return new LoadedProduct
        {
            Slug = slug,
            Kind = Kind switch { null or "product" => ProductKind.Product, "service" => ProductKind.Service, "part" => ProductKind.Part, _ => throw Unusable("kind", Kind) },
            Shelf = shelf.Key,
            Title = Cut(title, Product.TitleMaxLength, "title"),
            Summary = Cut(PlainText.Line(Summary), Product.SummaryMaxLength, "summary"),
            Description = TextFile.Printable(Description ?? ""),
            Keywords = [.. Lines(Keywords).Select(word => word.Cut(LabelMaxLength)).Take(MaxKeywords)],
            Images = [.. (Images ?? []).OfType<ImagePart>().Where(image => image.File is { Length: > 0 }).Select(image => new WrittenImage(image.File!, PlainText.Line(image.Alt).Cut(Product.SummaryMaxLength))).Take(MaxImages)],
            Specs = [.. (Specs ?? []).Select(spec => new ProductSpec(PlainText.Line(spec?.Label).Cut(LabelMaxLength), PlainText.Line(spec?.Value).Cut(Product.SummaryMaxLength))).Where(spec => spec.Label.Length > 0 && spec.Value.Length > 0).Take(MaxSpecs)],
            Options = options,
            Variants = new ProductOptionsReader(figures).Variants(this, slug, options, problems),
            Related = [.. Lines(Related).Take(MaxBeside)],
            GoesWith = [.. Lines(GoesWith).Take(MaxBeside)],
            TaxRate = TaxRate is null ? usualTaxRate : OrderRulesFile.Rate(TaxRate, "tax_rate"),
            PriceNote = Cut(PlainText.Line(PriceNote), Product.PriceNoteMaxLength, "price_note"),
            LeadDays = MadeToOrder is null ? null : Whole(MadeToOrder, "made_to_order", 1, MaxDays),
            ReturnDays = Whole(ReturnDays, "return_days", 0, MaxDays),
            WarrantyMonths = Whole(WarrantyMonths, "warranty_months", 0, MaxMonths),
            Position = Position ?? int.MaxValue,
            IsOnSale = OnSale ?? true,
        };

        string Cut(string text, int most, string key)
        {
            if (text.Length > most)
            {
                problems.Add(ContentProblem.Warning(ProblemKind.TooLong, 0, key));
            }

            return text.Cut(most);
        }
    }

    private static IEnumerable<string> Lines(List<string?>? written) => (written ?? []).Select(PlainText.Line).Where(line => line.Length > 0).Distinct();

    /// <summary>A whole number between two; 0 where none is written.</summary>
    /// <exception cref="ContentException">It is beyond them.</exception>
    internal static int Whole(int? written, string key, int least, int most) =>
        written is null ? 0 : written >= least && written <= most ? written.Value : throw Unusable(key, written.Value.ToString(CultureInfo.InvariantCulture));

    internal static ContentException Unusable(string key, string? value) =>
        new(ContentProblem.Error(ProblemKind.UnknownValue, 0, $"{key}: {value ?? "—"}"));

    public sealed class ImagePart
    {
        public string? File { get; set; }
        public string? Alt { get; set; }
    }

    public sealed class SpecPart
    {
        public string? Label { get; set; }
        public string? Value { get; set; }
    }

    public sealed class OptionPart
    {
        public string? Name { get; set; }
        public string? Label { get; set; }
        public List<ValuePart?>? Values { get; set; }
    }

    public sealed class ValuePart
    {
        public string? Value { get; set; }
        public string? Label { get; set; }
    }

    public sealed class VariantPart
    {
        public string? Sku { get; set; }
        public Dictionary<string, string?>? Options { get; set; }
        public decimal? Price { get; set; }
        public int? Stock { get; set; }
        public int? LowStock { get; set; }
    }
}
