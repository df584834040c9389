using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.Orders;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog.Content;

/// <summary>What the customer chooses and every combination that is on sale, as a file writes them.</summary>
internal sealed class ProductOptionsReader(CompanyFigures figures)
{
    private const int MaxOptions = 5;
    private const int MaxValues = 60;
    private const int MaxVariants = 200;
    private const int NameMaxLength = 40;
    private const int LabelMaxLength = 120;

    /// <summary>The options, in the order they are asked.</summary>
    /// <exception cref="ContentException">One cannot be asked.</exception>
    public IReadOnlyList<ProductOption> Options(IReadOnlyList<ProductFile.OptionPart?> written)
    {
        var options = written.Select((part, i) => Option(part, $"options[{i}]")).ToList();
        return options.Count <= MaxOptions && options.DistinctBy(o => o.Name).Count() == options.Count ? options : throw ProductFile.Unusable("options", null);
    }

    /// <summary>What is bought and counted: one variant where there is nothing to choose.</summary>
    /// <exception cref="ContentException">A variant has no SKU of its own, no price or not every option.</exception>
    public IReadOnlyList<LoadedVariant> Variants(ProductFile file, string slug, IReadOnlyList<ProductOption> options, ICollection<ContentProblem> problems)
    {
        var written = file.Variants ?? [];
        if (options.Count == 0)
        {
            return written.Count > 0
                ? throw ProductFile.Unusable("variants", "options")
                : [new LoadedVariant(slug.ToUpperInvariant(), [], Money(file.Price, "price"), Pieces(file.Stock, "stock"), Least(file.LowStock, "low_stock"))];
        }

        if (written.Count is 0 or > MaxVariants)
        {
            throw ProductFile.Unusable("variants", null);
        }

        if (file.Stock is not null)
        {
            // Which of them would have so many?
            problems.Add(ContentProblem.Warning(ProblemKind.UnknownValue, 0, "stock"));
        }

        var variants = written.Select((part, i) => Variant(file, part, options, $"variants[{i}]")).ToList();
        if (variants.GroupBy(v => v.Sku).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ContentException(ContentProblem.Error(ProblemKind.ProductSku, 0, twice.Key));
        }

        return variants.GroupBy(v => string.Join(' ', v.Options.Select(o => $"{o.Name}={o.Value}"))).FirstOrDefault(same => same.Count() > 1) is { } alike
            ? throw ProductFile.Unusable("variants", alike.Key)
            : variants;
    }

    private LoadedVariant Variant(ProductFile file, ProductFile.VariantPart? part, IReadOnlyList<ProductOption> options, string place)
    {
        var sku = PlainText.Line(part?.Sku).ToUpperInvariant();
        if (!Product.IsSku(sku))
        {
            throw ProductFile.Unusable($"{place}.sku", part?.Sku);
        }

        var chosen = part!.Options ?? [];
        if (chosen.Count != options.Count || options.Any(o => o.Values.All(v => v.Value != chosen.GetValueOrDefault(o.Name))))
        {
            throw ProductFile.Unusable($"{place}.options", sku);
        }

        return new LoadedVariant(
            sku, [.. options.Select(o => new ChosenOption(o.Name, chosen[o.Name]!))], Money(part.Price ?? file.Price, $"{place}.price"), Pieces(part.Stock, $"{place}.stock"), Least(part.LowStock ?? file.LowStock, $"{place}.low_stock"));
    }

    private static ProductOption Option(ProductFile.OptionPart? part, string place)
    {
        var label = PlainText.Line(part?.Label);
        var values = (part?.Values ?? []).Select(v => new OptionValue(v?.Value ?? "", PlainText.Line(v?.Label))).ToList();
        var fits = IsName(part?.Name) && label.Length is > 0 and <= LabelMaxLength && values.Count is > 0 and <= MaxValues
            && values.All(v => IsName(v.Value) && v.Label.Length is > 0 and <= LabelMaxLength) && values.DistinctBy(v => v.Value).Count() == values.Count;
        return fits ? new ProductOption(part!.Name!, label, values) : throw ProductFile.Unusable(place, part?.Name);
    }

    private long Money(decimal? amount, string place) => OrderRulesFile.Money(amount!.Value, place, figures);

    private static int? Pieces(int? written, string place) => written is null ? null : ProductFile.Whole(written, place, 0, Stock.MaxPieces);

    private static int Least(int? written, string place) => ProductFile.Whole(written, place, 0, Stock.MaxPieces);

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= NameMaxLength } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');
}
