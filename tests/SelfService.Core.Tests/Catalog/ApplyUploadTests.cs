using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Csv;
using SelfService.Core.Tests.Orders;

namespace SelfService.Core.Tests.Catalog;

/// <summary>A file does everything it says or nothing, once, and only what was looked at.</summary>
public sealed class ApplyUploadTests : UploadTest
{
    [Fact]
    public async Task What_was_looked_at_is_done_and_written_down()
    {
        await InAsync(db => db.AddProductAsync("marea", [("bl", "Blanco", 10_000, 1), ("gr", "Grafito", 20_000, 1)], title: "Marea"));
        var before = await ProductAsync("marea");

        await ApplyAsync(CatalogUploadKind.Catalogue, "sku,title,price,low_stock,tax_rate,shelf\nMAREA-BL,Marea 18,300.50,5,8,lavado\nMAREA-GR,Marea 18,,,,");

        var product = await ProductAsync("marea");
        Assert.Equal(("Marea 18", "lavado", 800, 20_000L), (product.Title, product.Shelf, product.TaxRate, product.PriceFrom));
        Assert.Equal([(30_050, 5, 1), (20_000, 2, 1)], product.Variants.Select(v => (v.Price, v.LowStock, v.InStock)));
        Assert.Null(before.EditedAt);
        Assert.Equal(Clock.GetUtcNow().UtcDateTime, product.EditedAt);
        Assert.True(product.ChangeNumber > before.ChangeNumber);
        Assert.Equal("catalogue 2", await InAsync(db => db.AuditEntries.Where(e => e.Kind == AuditKind.CatalogueImported).Select(e => e.Detail).SingleAsync()));
    }

    [Fact]
    public async Task Pieces_move_with_the_reason_beside_them()
    {
        var variant = await InAsync(db => db.AddProductAsync("lavadora", stock: 10));

        await ApplyAsync(CatalogUploadKind.Stock, "sku,stock\nLAVADORA,4");

        Assert.Equal(4, await StockAsync(variant));
        var movement = await InAsync(db => db.StockMovements.SingleAsync(m => m.VariantId == variant.Id && m.Reason == StockReason.Imported));
        Assert.Equal((-6, "Inventario anual"), (movement.Delta, movement.Note));
        Assert.Equal(4, await InAsync(db => db.StockMovements.Where(m => m.VariantId == variant.Id).SumAsync(m => m.Delta)));
    }

    [Fact]
    public async Task Something_new_is_on_sale_and_has_no_pieces_before_they_are_counted()
    {
        await ApplyAsync(CatalogUploadKind.Catalogue, "sku;product;title;shelf;price;lead_days\nN-1;nuevo;Nuevo;varios;10;\nN-2;medida;A la medida;varios;20;5");

        var (counted, made) = (await ProductAsync("nuevo"), await ProductAsync("medida"));
        Assert.Equal((true, 1_000, 0, 1600), (counted.IsOnSale, counted.PriceFrom, counted.Variants[0].InStock, counted.TaxRate));
        Assert.Equal((5, (int?)null), (made.LeadDays, made.Variants[0].InStock));
        Assert.NotNull(counted.EditedAt);
    }

    [Fact]
    public async Task A_product_is_on_sale_while_one_of_its_variants_is_and_comes_back_with_the_one_that_is_named()
    {
        await InAsync(db => db.AddProductAsync("marea", [("bl", "Blanco", 10_000, 1), ("gr", "Grafito", 20_000, 1)]));

        await ApplyAsync(CatalogUploadKind.Catalogue, "sku,on_sale\nMAREA-BL,no");
        Assert.Equal((true, 20_000), await ShownAsync());
        await ApplyAsync(CatalogUploadKind.Catalogue, "sku,on_sale\nMAREA-GR,no");
        Assert.False((await ShownAsync()).IsOnSale);
        // As when its file went: the variants themselves still say yes.
        await InAsync(db => db.Variants.ExecuteUpdateAsync(set => set.SetProperty(v => v.IsOnSale, true)));
        await ApplyAsync(CatalogUploadKind.Catalogue, "sku,on_sale\nMAREA-BL,sí");

        Assert.Equal((true, 10_000), await ShownAsync());
        Assert.Equal([true, false], (await ProductAsync("marea")).Variants.Select(v => v.IsOnSale));

        async Task<(bool IsOnSale, long From)> ShownAsync() => (await ProductAsync("marea")) is var product ? (product.IsOnSale, product.PriceFrom) : default;
    }

    [Fact]
    public async Task With_one_wrong_line_nothing_is_done()
    {
        var variant = await InAsync(db => db.AddProductAsync("lavadora"));
        var id = await BringAsync(CatalogUploadKind.Stock, "sku,stock\nLAVADORA,4\nNADA,1");

        Assert.Equal(UploadOutcome.Moved, await ApplyAsync(id, (await PlanAsync(id)).Mark));

        Assert.Equal(10, await StockAsync(variant));
        Assert.Null(await InAsync(db => db.CatalogUploads.Select(u => u.AppliedAt).SingleAsync()));
    }

    [Theory]
    [InlineData(CatalogUploadKind.Stock, "sku,delta\nLAVADORA,5")]
    [InlineData(CatalogUploadKind.Catalogue, "sku,price\nLAVADORA,5")]
    public async Task Applied_by_twenty_at_once_it_is_done_once(CatalogUploadKind kind, string text)
    {
        var variant = await InAsync(db => db.AddProductAsync("lavadora", stock: 10));
        var id = await BringAsync(kind, text);
        var mark = (await PlanAsync(id)).Mark;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ApplyAsync(id, mark))));

        Assert.Single(outcomes, UploadOutcome.Applied);
        Assert.Equal(19, outcomes.Count(o => o == UploadOutcome.AppliedBefore));
        Assert.Equal(kind == CatalogUploadKind.Stock ? 15 : 10, await StockAsync(variant));
        Assert.Equal(1, await InAsync(db => db.AuditEntries.CountAsync(e => e.Kind == AuditKind.CatalogueImported)));
    }

    [Fact]
    public async Task Two_files_at_once_do_not_undo_each_other()
    {
        await InAsync(db => db.AddProductAsync("lavadora", title: "Lavadora"));
        var ids = new[] { await BringAsync(CatalogUploadKind.Catalogue, "sku,title\nLAVADORA,Marea"), await BringAsync(CatalogUploadKind.Catalogue, "sku,title,price\nLAVADORA,Brisa,55") };
        var marks = new[] { (await PlanAsync(ids[0])).Mark, (await PlanAsync(ids[1])).Mark };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() => ApplyAsync(ids[i], marks[i]))));

        Assert.Equal([UploadOutcome.Applied, UploadOutcome.Moved], outcomes.Order());
        var product = await ProductAsync("lavadora");
        Assert.Equal(outcomes[0] == UploadOutcome.Applied ? ("Marea", 10_000) : ("Brisa", 5_500), (product.Title, product.PriceFrom));
    }

    [Fact]
    public async Task An_order_that_came_between_is_said_and_the_count_is_looked_at_again()
    {
        var variant = await InAsync(db => db.AddProductAsync("lavadora", stock: 10));
        var id = await BringAsync(CatalogUploadKind.Stock, "sku,stock\nLAVADORA,8");
        var seen = await PlanAsync(id);
        await PlacedAsync(Wants((variant, 1)));

        Assert.Equal(UploadOutcome.Moved, await ApplyAsync(id, seen.Mark));
        Assert.Equal(9, await StockAsync(variant));

        var again = await PlanAsync(id);
        Assert.Equal([new PlannedField(CsvColumn.Stock, "9", "8")], Assert.Single(again.Changes).Fields);
        Assert.Equal(UploadOutcome.Applied, await ApplyAsync(id, again.Mark));
        Assert.Equal(8, await StockAsync(variant));
    }

    [Fact]
    public async Task Pieces_that_come_are_added_to_whatever_is_left()
    {
        var variant = await InAsync(db => db.AddProductAsync("lavadora", stock: 10));
        var id = await BringAsync(CatalogUploadKind.Stock, "sku,delta\nLAVADORA,5");
        var seen = await PlanAsync(id);
        await PlacedAsync(Wants((variant, 2)));

        Assert.Equal(UploadOutcome.Applied, await ApplyAsync(id, seen.Mark));

        Assert.Equal(13, await StockAsync(variant));
    }

    [Theory]
    [InlineData(CatalogUploadKind.Catalogue)]
    [InlineData(CatalogUploadKind.Stock)]
    public async Task A_file_that_nobody_touched_changes_nothing(CatalogUploadKind kind)
    {
        var titles = new[] { "=1+1", "'=1+1", "''-2", "\t=A1", "\r\n@x", "  +3", "Comillas \"dos\", coma; punto", "Línea\nrota", "'Marea'", "<b>", "Nin\u0303a\u200B" };
        for (var i = 0; i < titles.Length; i++)
        {
            await InAsync(db => db.AddProductAsync($"p-{i}", price: 100 * i + 1, stock: i == 3 ? null : i, title: titles[i], shelf: i == 4 ? "ya-no-hay" : "varios", leadDays: i == 3 ? 7 : null, taxRate: 1650 + i));
        }

        await InAsync(db => db.AddProductAsync("marea", [("bl", "Blanco", 0, 1), ("gr", "Gris", 5, 1)]));
        await InAsync(db => db.Products.Where(p => p.Slug == "p-5" || p.Slug == "marea").ExecuteUpdateAsync(set => set.SetProperty(p => p.IsOnSale, false)));

        var plan = await PlanAsync(kind, await ExportAsync(kind));

        Assert.Empty(plan.Problems);
        Assert.Empty(plan.Changes);
        Assert.Empty(plan.Ignored);
        Assert.Equal(titles.Length + 2, plan.Unchanged);
    }

    [Fact]
    public async Task What_is_brought_twice_with_one_key_is_kept_once_and_forgotten_after_a_week()
    {
        await InAsync(db => db.AddProductAsync("lavadora"));
        await BringAsync(CatalogUploadKind.Stock, "sku,stock\nLAVADORA,4");
        Clock.Now += CatalogUpload.Lifetime - TimeSpan.FromMinutes(1);
        var young = await BringAsync(CatalogUploadKind.Stock, "sku,stock\nLAVADORA,4");

        Assert.Equal(0, await InAsync(db => new ForgetUploads(db, Clock).RunAsync(NoCancel)));
        Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(1, await InAsync(db => new ForgetUploads(db, Clock).RunAsync(NoCancel)));
        Assert.Equal(young, await InAsync(db => db.CatalogUploads.Select(u => u.Id).SingleAsync()));
        Assert.Equal(UploadOutcome.Unknown, await ApplyAsync(Guid.NewGuid(), ""));
    }
}
