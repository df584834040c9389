using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog.Csv;

/// <summary>What a file with prices, names and what is on sale would change.</summary>
internal sealed class PlanCatalogue(PortalDbContext db, Shelves shelves, int usualTaxRate, CompanyFigures figures)
{
    private const int MaxDays = 3650;
    private const int MaxMonths = 600;

    // What a product cannot be without.
    private static readonly CsvColumn[] Needed = [CsvColumn.Product, CsvColumn.Title, CsvColumn.Shelf, CsvColumn.Price];

    private readonly CellReader cells = new(figures);
    private readonly Dictionary<string, ProductDraft> drafts = [];
    private readonly List<PlannedChange> changes = [];
    private Dictionary<string, CatalogueRow> known = [];
    private HashSet<string> slugs = [];

    public async Task<UploadPlan> RunAsync(CsvTable table, CancellationToken cancel)
    {
        known = await db.CatalogueRows().ToDictionaryAsync(row => row.Sku, cancel);
        slugs = await db.Products.Select(p => p.Slug).ToHashSetAsync(cancel);
        var seen = new Dictionary<string, int>();
        foreach (var line in table.Lines)
        {
            var sku = CellReader.Sku(line);
            if (!cells.IsOneLineOf(line, sku, seen))
            {
                continue;
            }

            if (known.TryGetValue(sku, out var row))
            {
                Change(line, row);
            }
            else
            {
                Add(line, sku);
            }
        }

        return new UploadPlan
        {
            Changes = changes,
            Problems = cells.Problems,
            Unchanged = table.Lines.Count - changes.Select(c => c.Line).Concat(cells.Problems.Select(p => p.Line)).Distinct().Count(),
            Ignored = table.Ignored,
            Mark = PlanUpload.Mark(changes.SelectMany(c => (string[])[c.Sku, c.Kind.ToString(), .. c.Fields.SelectMany(f => (string[])[f.Column.ToString(), f.Old, f.New])])),
            Products = [.. drafts.Values.Where(d => d.HasChanges)],
        };
    }

    private void Change(CsvLine line, CatalogueRow row)
    {
        var slug = CellReader.Slug(line);
        if (slug.Length > 0 && slug != row.Product)
        {
            cells.Refuse(line, LineProblemKind.OtherProduct, CsvColumn.Product, slug, row.Product);
        }

        var wanted = Read(line);
        if (wanted.Price == 0 && row.Price != 0 && !row.HasPriceNote)
        {
            cells.Refuse(line, LineProblemKind.ZeroPrice, CsvColumn.Price);
        }

        if (wanted.LeadDays > 0 && row.IsCounted)
        {
            cells.Refuse(line, LineProblemKind.IsCounted, CsvColumn.LeadDays, row.Sku);
        }

        var draft = drafts.TryGetValue(row.Product, out var earlier) ? earlier : drafts[row.Product] = new ProductDraft(row.ProductId, row.Product);
        var fields = new List<PlannedField>();
        Product(CsvColumn.Title, PlainText.Line(row.Title), wanted.Title, t => t);
        Product(CsvColumn.Summary, PlainText.Line(row.Summary), wanted.Summary, t => t);
        Product(CsvColumn.Shelf, row.Shelf, wanted.Shelf, t => t);
        var price = Own(CsvColumn.Price, row.Price, wanted.Price, figures.ShowMoney);
        var lowStock = Own(CsvColumn.LowStock, row.LowStock, wanted.LowStock, Text);
        var onSale = Own(CsvColumn.OnSale, row.IsOnSale, wanted.IsOnSale, Text);
        Product(CsvColumn.TaxRate, row.TaxRate, wanted.TaxRate, Percent);
        Product(CsvColumn.ReturnDays, row.ReturnDays, wanted.ReturnDays, Text);
        Product(CsvColumn.WarrantyMonths, row.WarrantyMonths, wanted.WarrantyMonths, Text);
        Product(CsvColumn.LeadDays, row.LeadDays ?? 0, wanted.LeadDays, Text);
        if (price is not null || lowStock is not null || onSale is not null)
        {
            draft.Variants.Add(new VariantDraft(row.VariantId, row.Sku, price, lowStock, onSale));
        }

        if (fields.Count > 0)
        {
            changes.Add(new PlannedChange(line.Number, row.Sku, row.Title, onSale == false ? PlannedKind.OffSale : PlannedKind.Changed, fields));
        }

        T? Own<T>(CsvColumn column, T old, T? now, Func<T, string> show) where T : struct
        {
            if (now is not { } value || value.Equals(old))
            {
                return null;
            }

            fields.Add(new PlannedField(column, show(old), show(value)));
            return value;
        }

        void Product<T>(CsvColumn column, T old, object? now, Func<T, string> show)
        {
            // A line that repeats what is there contradicts nobody.
            if (now is null || now.Equals(old))
            {
                return;
            }

            fields.Add(new PlannedField(column, show(old), show((T)now)));
            if (draft.Want(column, now, line) is { } other)
            {
                cells.Refuse(line, LineProblemKind.TwoValues, column, row.Product, Text(other.Number));
            }
        }
    }

    private void Add(CsvLine line, string sku)
    {
        var slug = CellReader.Slug(line);
        if (!Catalog.Product.IsSku(sku))
        {
            cells.Refuse(line, LineProblemKind.BadSku, CsvColumn.Sku, sku, Text(Catalog.Product.SkuMaxLength));
        }

        foreach (var column in Needed.Where(c => string.IsNullOrWhiteSpace(line.Cell(c))))
        {
            cells.Refuse(line, LineProblemKind.Missing, column, sku);
        }

        if (slug.Length > 0 && !Catalog.Product.IsSlug(slug))
        {
            cells.Refuse(line, LineProblemKind.BadProduct, CsvColumn.Product, slug, Text(Catalog.Product.SkuMaxLength));
        }
        else if (slug.Length > 0 && !slugs.Add(slug))
        {
            cells.Refuse(line, LineProblemKind.ProductTaken, CsvColumn.Product, slug);
            return;
        }

        var wanted = Read(line);
        if (wanted.Price == 0)
        {
            cells.Refuse(line, LineProblemKind.ZeroPrice, CsvColumn.Price);
        }

        var draft = new ProductDraft(null, slug);
        var fields = new List<PlannedField>();
        foreach (var (column, value, shown) in ((CsvColumn, object?, string)[])
        [
            (CsvColumn.Product, null, slug), (CsvColumn.Title, wanted.Title, wanted.Title ?? ""), (CsvColumn.Summary, wanted.Summary, wanted.Summary ?? ""),
            (CsvColumn.Shelf, wanted.Shelf, wanted.Shelf ?? ""), (CsvColumn.Price, null, figures.ShowMoney(wanted.Price ?? 0)), (CsvColumn.LowStock, null, Text(wanted.LowStock ?? 0)),
            (CsvColumn.OnSale, null, Text(wanted.IsOnSale ?? true)), (CsvColumn.TaxRate, wanted.TaxRate ?? usualTaxRate, Percent(wanted.TaxRate ?? usualTaxRate)),
            (CsvColumn.ReturnDays, wanted.ReturnDays ?? 0, Text(wanted.ReturnDays ?? 0)), (CsvColumn.WarrantyMonths, wanted.WarrantyMonths ?? 0, Text(wanted.WarrantyMonths ?? 0)),
            (CsvColumn.LeadDays, wanted.LeadDays ?? 0, Text(wanted.LeadDays ?? 0)),
        ])
        {
            fields.Add(new PlannedField(column, "", shown));
            if (value is not null)
            {
                draft.Want(column, value, line);
            }
        }

        draft.Variants.Add(new VariantDraft(null, sku, wanted.Price, wanted.LowStock, wanted.IsOnSale));
        if (slug.Length > 0 && drafts.TryAdd(slug, draft))
        {
            changes.Add(new PlannedChange(line.Number, sku, wanted.Title ?? "", PlannedKind.New, fields));
        }
    }

    private Wanted Read(CsvLine line)
    {
        var shelf = cells.Text(line, CsvColumn.Shelf, Catalog.Product.ShelfMaxLength);
        var isKnownShelf = shelf is null || shelves.Find(shelf.ToLowerInvariant()) is not null || known.GetValueOrDefault(CellReader.Sku(line))?.Shelf == shelf;
        if (!isKnownShelf)
        {
            // By its name too: that is what people see.
            var named = shelves.All.FirstOrDefault(s => FoldedText.Of(s.Name) == FoldedText.Of(shelf!));
            if (named is null)
            {
                cells.Refuse(line, LineProblemKind.UnknownShelf, CsvColumn.Shelf, shelf!, string.Join(", ", shelves.All.Select(s => s.Key)));
            }

            shelf = named?.Key;
        }

        return new Wanted(
            cells.Text(line, CsvColumn.Title, Catalog.Product.TitleMaxLength), cells.Text(line, CsvColumn.Summary, Catalog.Product.SummaryMaxLength),
            shelves.Find(shelf?.ToLowerInvariant())?.Key ?? shelf, cells.Money(line),
            cells.Whole(line, CsvColumn.LowStock, Stock.MaxPieces), cells.YesOrNo(line, CsvColumn.OnSale), cells.Rate(line),
            cells.Whole(line, CsvColumn.ReturnDays, MaxDays), cells.Whole(line, CsvColumn.WarrantyMonths, MaxMonths), cells.Whole(line, CsvColumn.LeadDays, MaxDays));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool isSo) => CatalogueRow.Text(isSo);

    private static string Percent(int rate) => CatalogueRow.Percent(rate);

    private sealed record Wanted(
        string? Title, string? Summary, string? Shelf, long? Price, int? LowStock, bool? IsOnSale, int? TaxRate, int? ReturnDays, int? WarrantyMonths, int? LeadDays);
}
