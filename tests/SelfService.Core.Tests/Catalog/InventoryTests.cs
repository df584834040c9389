using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Tests.Orders;

namespace SelfService.Core.Tests.Catalog;

/// <summary>What those who count pieces see and say.</summary>
public sealed class InventoryTests : OrderTest
{
    private static readonly Guid Me = Agent.PersonId!.Value;

    [Fact]
    public async Task The_list_is_found_by_half_a_word_and_says_what_is_running_out()
    {
        await InAsync(db => db.AddProductAsync("lavadora", [("bl", "Blanco", 1, 9), ("gr", "Grafito", 1, 2)], title: "Lavadora Tritón"));
        await InAsync(db => db.AddProductAsync("filtro", stock: 0, title: "Filtro"));
        await InAsync(db => db.AddProductAsync("servicio", stock: null, title: "Instalación"));

        Assert.Equal(["FILTRO", "LAVADORA-BL", "LAVADORA-GR", "SERVICIO"], await FindAsync(""));
        Assert.Equal(["LAVADORA-GR"], await FindAsync("triton graf"));
        Assert.Equal(["FILTRO"], await FindAsync("ltro"));
        Assert.Empty(await FindAsync("%"));
        Assert.Equal(["FILTRO", "LAVADORA-GR"], await FindAsync("", onlyLow: true));
        Assert.Equal(["LAVADORA-GR"], await FindAsync("lavadora", onlyLow: true));
        Assert.Equal(2, await InAsync(db => db.LowStockAsync(NoCancel)));
        await InAsync(db => db.Products.Where(p => p.Slug == "filtro").ExecuteUpdateAsync(set => set.SetProperty(p => p.IsOnSale, false)));
        Assert.Equal(1, await InAsync(db => db.LowStockAsync(NoCancel)));

        Task<List<string>> FindAsync(string text, bool onlyLow = false) =>
            InAsync(async db => (await db.InventoryAsync(text, onlyLow, 1, 50, NoCancel)).Rows.Items.Select(r => r.Sku).ToList());
    }

    [Fact]
    public async Task The_history_says_what_was_left_after_each_movement_on_every_page()
    {
        var variant = await InAsync(db => db.AddProductAsync("lavadora", stock: 10));
        // The first pieces came by the real clock.
        Clock.Now = DateTime.UtcNow;
        foreach (var delta in new[] { -3, 5, -1 })
        {
            Clock.Now += TimeSpan.FromMinutes(1);
            await InAsync(db => new AdjustStock(db, Clock).RunAsync(Guid.NewGuid(), variant.Id, delta, $"cambio {delta}", Me, NoCancel));
        }

        Clock.Now += TimeSpan.FromMinutes(1);
        var order = await PlacedAsync(Wants((variant, 2)));
        var row = await InAsync(db => db.Inventory().SingleAsync(r => r.Sku == "LAVADORA"));

        var pages = new[] { await PageAsync(1), await PageAsync(2), await PageAsync(99) };
        Assert.Equal([(-2, 9), (-1, 11)], pages[0]);
        Assert.Equal([(5, 12), (-3, 7)], pages[1]);
        Assert.Equal([(10, 10)], pages[2]);
        Assert.Equal(order.Number, (await InAsync(db => db.MovementsAsync(row, 1, 2, NoCancel))).Items[0].OrderNumber);

        Task<List<(int, int)>> PageAsync(int number) =>
            InAsync(async db => (await db.MovementsAsync(row, number, 2, NoCancel)).Items.OrderByDescending(t => t.Movement.At).Select(t => (t.Movement.Delta, t.Left)).ToList());
    }

    [Fact]
    public async Task A_count_holds_only_while_nobody_else_moves_pieces()
    {
        var variant = await InAsync(db => db.AddProductAsync("lavadora", stock: 10));

        Assert.False(await CountAsync(Guid.NewGuid(), seen: 9, counted: 7));
        Assert.Equal(10, await StockAsync(variant));
        Assert.Equal(1, await InAsync(db => db.StockMovements.CountAsync()));

        var key = Guid.NewGuid();
        Assert.True(await CountAsync(key, seen: 10, counted: 7));
        Assert.True(await CountAsync(key, seen: 10, counted: 7));
        Assert.Equal(7, await StockAsync(variant));
        Assert.Equal(2, await InAsync(db => db.StockMovements.CountAsync()));

        async Task<bool> CountAsync(Guid form, int seen, int counted) => await InAsync(db => new AdjustStock(db, Clock).CountAsync(form, variant.Id, seen, counted, "conteo", Me, NoCancel));
    }

    [Fact]
    public async Task Of_twenty_counts_at_once_one_holds()
    {
        var variant = await InAsync(db => db.AddProductAsync("lavadora", stock: 10));

        var done = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(() =>
            InAsync(db => new AdjustStock(db, Clock).CountAsync(Guid.NewGuid(), variant.Id, 10, 10 + i, "conteo", Me, NoCancel)))));

        Assert.Single(done, true);
        Assert.Equal(await StockAsync(variant), await InAsync(db => db.StockMovements.SumAsync(m => m.Delta)));
    }
}
