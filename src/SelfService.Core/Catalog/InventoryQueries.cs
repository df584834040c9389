using Microsoft.EntityFrameworkCore;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Catalog;

/// <summary>A variant as those who count it see it.</summary>
public sealed record InventoryRow
{
    public required Guid Id { get; init; }
    public required string Sku { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<ProductOption> Options { get; init; }
    public required IReadOnlyList<ChosenOption> Chosen { get; init; }
    public required string Slug { get; init; }
    public required ProductKind Kind { get; init; }
    public required int? InStock { get; init; }
    public required int LowStock { get; init; }

    /// <summary>Business days until it is made, where it is made to order.</summary>
    public required int? LeadDays { get; init; }

    public required bool IsOnSale { get; init; }

    /// <summary>What it is, with the options that were chosen.</summary>
    public string Name => Variant.ChosenText(Options, Chosen) is { Length: > 0 } chosen ? $"{Title} ({chosen})" : Title;

    /// <summary>Whether it is on the list of what is running out.</summary>
    public bool IsLow => IsOnSale && InStock <= LowStock;
}

/// <summary>A page of the inventory, with how many variants each list has.</summary>
public sealed record InventoryList(Page<InventoryRow> Rows, int All, int Low);

/// <summary>A movement with who made it and what was left after it.</summary>
/// <param name="OrderNumber">Number of the order it belongs to; null where it belongs to none.</param>
/// <param name="Person">Name of who counted; null where nobody did, or the account is gone.</param>
public sealed record ToldMovement(StockMovement Movement, string? OrderNumber, string? Person, int Left);

/// <summary>What those who count pieces ask.</summary>
public static class InventoryQueries
{
    /// <summary>Every variant, also those that are not on sale.</summary>
    public static IQueryable<InventoryRow> Inventory(this PortalDbContext db) => db.Variants.AsNoTracking().Select(v => new InventoryRow
    {
        Id = v.Id,
        Sku = v.Sku,
        Title = v.Product.Title,
        Options = v.Product.Options,
        Chosen = v.Options,
        Slug = v.Product.Slug,
        Kind = v.Product.Kind,
        InStock = v.InStock,
        LowStock = v.LowStock,
        LeadDays = v.Product.LeadDays,
        IsOnSale = v.IsOnSale && v.Product.IsOnSale,
    });

    /// <summary>How many variants on sale are running out.</summary>
    public static Task<int> LowStockAsync(this PortalDbContext db, CancellationToken cancel) => Low(db.Inventory()).CountAsync(cancel);

    /// <summary>A page of the variants by SKU; of those that are running out, the fewest pieces first.</summary>
    /// <param name="text">SKU, or words of the name; empty for every variant.</param>
    /// <param name="number">From 1; beyond the last page is the last.</param>
    public static async Task<InventoryList> InventoryAsync(this PortalDbContext db, string text, bool onlyLow, int number, int size, CancellationToken cancel)
    {
        var rows = text.Length == 0 ? db.Inventory() : await MatchingAsync(db, text, cancel);
        var (all, low) = (await rows.CountAsync(cancel), await Low(rows).CountAsync(cancel));
        var total = onlyLow ? low : all;
        number = Math.Clamp(number, 1, Math.Max(1, (total + size - 1) / size));
        var shown = (onlyLow ? Low(rows).OrderBy(r => r.InStock).ThenBy(r => r.Sku) : rows.OrderBy(r => r.Sku)).Skip((number - 1) * size).Take(size);
        return new InventoryList(new Page<InventoryRow>(await shown.ToListAsync(cancel), number, size, total), all, low);
    }

    /// <summary>A page of the movements of a variant, the newest first.</summary>
    public static async Task<Page<ToldMovement>> MovementsAsync(this PortalDbContext db, InventoryRow variant, int number, int size, CancellationToken cancel)
    {
        var movements = db.StockMovements.AsNoTracking().Where(m => m.VariantId == variant.Id).OrderByDescending(m => m.At).ThenByDescending(m => m.Id);
        var total = await movements.CountAsync(cancel);
        number = Math.Clamp(number, 1, Math.Max(1, (total + size - 1) / size));
        var skip = (number - 1) * size;
        var left = (variant.InStock ?? 0) - (skip == 0 ? 0 : await movements.Take(skip).SumAsync(m => m.Delta, cancel));
        var page = await movements.Skip(skip).Take(size).Select(m => new
        {
            Movement = m,
            Order = db.Orders.Where(o => o.Id == m.OrderId).Select(o => o.Number).FirstOrDefault(),
            Person = db.Users.Where(p => p.Id == m.ActorId && m.Actor == ActorKind.Staff).Select(p => p.Name).FirstOrDefault(),
        }).ToListAsync(cancel);

        var told = new List<ToldMovement>(page.Count);
        foreach (var row in page)
        {
            told.Add(new ToldMovement(row.Movement, row.Order, row.Person, left));
            left -= row.Movement.Delta;
        }

        return new Page<ToldMovement>(told, number, size, total);
    }

    private static IQueryable<InventoryRow> Low(IQueryable<InventoryRow> rows) => rows.Where(r => r.IsOnSale && r.InStock != null && r.InStock <= r.LowStock);

    // Neither database folds accents: the names are looked through here. There are some thousands of them, and people type half a word.
    private static async Task<IQueryable<InventoryRow>> MatchingAsync(PortalDbContext db, string text, CancellationToken cancel)
    {
        var words = FoldedText.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var named = await db.Inventory().Select(r => new { r.Id, r.Sku, r.Title, r.Options, r.Chosen }).ToListAsync(cancel);
        var found = named.Select(r => (r.Id, Text: FoldedText.Of($"{r.Sku} {r.Title} {Variant.ChosenText(r.Options, r.Chosen)}")))
            .Where(r => words.All(word => r.Text.Contains(word, StringComparison.Ordinal))).Select(r => r.Id).ToList();
        return db.Inventory().Where(r => EF.Parameter(found).Contains(r.Id));
    }
}
