using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;

namespace SelfService.Core.Catalog.Csv;

/// <summary>What a file with pieces would change.</summary>
internal sealed class PlanStock(PortalDbContext db, CompanyFigures figures)
{
    private readonly CellReader cells = new(figures);

    public async Task<UploadPlan> RunAsync(CsvTable table, CancellationToken cancel)
    {
        var known = await db.Inventory().ToDictionaryAsync(v => v.Sku, cancel);
        var seen = new Dictionary<string, int>();
        var changes = new List<PlannedChange>();
        var pieces = new List<StockDraft>();
        var marks = new List<string>();
        foreach (var line in table.Lines)
        {
            var sku = CellReader.Sku(line);
            if (!cells.IsOneLineOf(line, sku, seen))
            {
                continue;
            }

            if (!known.TryGetValue(sku, out var variant))
            {
                cells.Refuse(line, LineProblemKind.UnknownSku, CsvColumn.Sku, sku);
            }
            else if (Draft(line, variant) is { } draft)
            {
                var old = variant.InStock!.Value;
                changes.Add(new PlannedChange(line.Number, sku, variant.Name, PlannedKind.Changed, [new PlannedField(CsvColumn.Stock, Text(old), Text(old + draft.Delta))]));
                pieces.Add(draft);
                // What was counted depends on what there was; a difference does not: an order that comes between takes nothing from it.
                marks.AddRange([sku, draft.Left is { } left ? $"{old} {left}" : $"+ {draft.Delta}"]);
            }
        }

        return new UploadPlan
        {
            Changes = changes,
            Problems = cells.Problems,
            Unchanged = table.Lines.Count - changes.Count - cells.Problems.Select(p => p.Line).Distinct().Count(),
            Ignored = table.Ignored,
            Mark = PlanUpload.Mark(marks),
            Pieces = pieces,
        };
    }

    private StockDraft? Draft(CsvLine line, InventoryRow variant)
    {
        var counted = cells.Whole(line, CsvColumn.Stock, Stock.MaxPieces);
        var delta = cells.Whole(line, CsvColumn.Delta, Stock.MaxPieces, -Stock.MaxPieces);
        if ((counted ?? delta) is null)
        {
            return null;
        }

        if (variant.InStock is not { } old)
        {
            cells.Refuse(line, LineProblemKind.NotCounted, counted is null ? CsvColumn.Delta : CsvColumn.Stock, variant.Sku);
            return null;
        }

        var left = counted ?? old + delta!.Value;
        if (left is < 0 or > Stock.MaxPieces)
        {
            cells.Refuse(line, left < 0 ? LineProblemKind.BelowZero : LineProblemKind.TooLarge, CsvColumn.Delta, Text(left < 0 ? old : left), Text(left < 0 ? -delta!.Value : Stock.MaxPieces));
            return null;
        }

        return left == old ? null : new StockDraft(variant.Id, left - old, counted);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
