using SelfService.Core.Catalog;
using SelfService.Core.Catalog.Csv;
using SelfService.Core.Tests.Orders;

namespace SelfService.Core.Tests.Catalog;

/// <summary>What a file would change, and what is wrong with it, before anything changes.</summary>
public sealed class PlanTests : UploadTest
{
    [Fact]
    public async Task A_plan_says_what_each_line_changes_from_and_to()
    {
        await InAsync(db => db.AddProductAsync("lavadora", price: 749_900, title: "Lavadora"));
        await InAsync(db => db.AddProductAsync("filtro", price: 10_000));

        var plan = await CatalogueAsync("sku;title;price;on_sale;low_stock\nLAVADORA;Lavadora Marea;7999,00;;\nFILTRO;filtro;100;no;2\nNUEVO-1;;;;");

        Assert.Equal(["LAVADORA", "FILTRO"], plan.Changes.Select(c => c.Sku));
        Assert.Equal([new PlannedField(CsvColumn.Title, "Lavadora", "Lavadora Marea"), new PlannedField(CsvColumn.Price, "$7,499.00", "$7,999.00")], plan.Changes[0].Fields);
        Assert.Equal((PlannedKind.OffSale, 3), (plan.Changes[1].Kind, plan.Changes[1].Line));
        Assert.Equal([new PlannedField(CsvColumn.OnSale, "si", "no")], plan.Changes[1].Fields);
        Assert.Equal(0, plan.Unchanged);
        Assert.All(plan.Problems, p => Assert.Equal((4, LineProblemKind.Missing), (p.Line, p.Kind)));
        Assert.Equal([CsvColumn.Product, CsvColumn.Title, CsvColumn.Shelf, CsvColumn.Price], plan.Problems.Select(p => p.Column!.Value));
        Assert.False(plan.CanBeApplied);
    }

    [Theory]
    [InlineData("1250", 125_000)]
    [InlineData("1250.5", 125_050)]
    [InlineData("1250,50", 125_050)]
    [InlineData("1,250.50", 125_050)]
    [InlineData("1.250,50", 125_050)]
    [InlineData("$ 1,250.50", 125_050)]
    [InlineData("1 250,50", 125_050)]
    [InlineData("1,234,567", 123_456_700)]
    [InlineData("1.234.567", 123_456_700)]
    [InlineData("０１２５０", 125_000)]
    [InlineData("12\u200B50", 125_000)]
    public async Task A_price_that_can_only_mean_one_thing_is_read(string typed, long price)
    {
        await InAsync(db => db.AddProductAsync("lavadora"));
        await ApplyAsync(CatalogUploadKind.Catalogue, $"sku\tprice\nLAVADORA\t{typed}");

        var product = await ProductAsync("lavadora");

        Assert.Equal((price, price), (product.Variants[0].Price, product.PriceFrom));
    }

    [Theory]
    [InlineData("1,250", LineProblemKind.Ambiguous)]
    [InlineData("1.250", LineProblemKind.Ambiguous)]
    [InlineData("$1.250", LineProblemKind.Ambiguous)]
    [InlineData("12,500 MXN", LineProblemKind.Ambiguous)]
    [InlineData("1250.555", LineProblemKind.TooFine)]
    [InlineData("0", LineProblemKind.ZeroPrice)]
    [InlineData("-5", LineProblemKind.Negative)]
    [InlineData("99999999999999", LineProblemKind.TooLarge)]
    [InlineData("mucho", LineProblemKind.NotANumber)]
    [InlineData("1e5", LineProblemKind.NotANumber)]
    [InlineData("12-may", LineProblemKind.NotANumber)]
    [InlineData("1.2.3", LineProblemKind.NotANumber)]
    public async Task A_price_is_never_guessed(string typed, LineProblemKind kind)
    {
        await InAsync(db => db.AddProductAsync("lavadora"));

        var problem = Assert.Single((await CatalogueAsync($"sku\tprice\nLAVADORA\t{typed}")).Problems);

        Assert.Equal((2, kind, CsvColumn.Price), (problem.Line, problem.Kind, problem.Column));
    }

    [Theory]
    [InlineData("title", "", null)]
    [InlineData("return_days", "x", LineProblemKind.NotANumber)]
    [InlineData("return_days", "1.5", LineProblemKind.NotWhole)]
    [InlineData("return_days", "4000", LineProblemKind.TooLarge)]
    [InlineData("tax_rate", "16 %", null)]
    [InlineData("tax_rate", "8.125", LineProblemKind.Ambiguous)]
    [InlineData("tax_rate", "101", LineProblemKind.TooLarge)]
    [InlineData("on_sale", "tal vez", LineProblemKind.NotYesOrNo)]
    [InlineData("shelf", "LAVADO", null)]
    [InlineData("shelf", "Lavado y secado", null)]
    [InlineData("shelf", "cocina", LineProblemKind.UnknownShelf)]
    [InlineData("product", "otro", LineProblemKind.OtherProduct)]
    [InlineData("lead_days", "5", LineProblemKind.IsCounted)]
    public async Task Each_column_takes_only_what_it_can_hold(string column, string typed, LineProblemKind? kind)
    {
        await InAsync(db => db.AddProductAsync("lavadora"));

        var plan = await CatalogueAsync($"sku\t{column}\nLAVADORA\t{typed}");

        Assert.Equal(kind is { } wrong ? [wrong] : [], plan.Problems.Select(p => p.Kind));
    }

    [Fact]
    public async Task A_text_too_long_is_told_with_its_length()
    {
        await InAsync(db => db.AddProductAsync("lavadora"));

        var problem = Assert.Single((await CatalogueAsync($"sku,title\nLAVADORA,{new string('x', 121)}")).Problems);

        Assert.Equal((LineProblemKind.TooLong, "120", "121"), (problem.Kind, problem.Detail, problem.Other));
    }

    [Fact]
    public async Task The_same_article_twice_names_both_lines_however_it_is_written()
    {
        await InAsync(db => db.AddProductAsync("lavadora"));

        var plan = await StockAsync("sku,stock\nLAVADORA,3\n lava\u200Bdora ,4");

        var problem = Assert.Single(plan.Problems);
        Assert.Equal((3, LineProblemKind.DuplicateSku, "LAVADORA", "2"), (problem.Line, problem.Kind, problem.Detail, problem.Other));
    }

    [Fact]
    public async Task Composed_and_decomposed_letters_are_the_same_and_what_nobody_sees_goes()
    {
        await InAsync(db => db.AddProductAsync("lampara", title: "Lámpara niña"));

        var plan = await CatalogueAsync("sku,title\nLAMPARA,La\u0301mpara nin\u0303\u200Ba");

        Assert.Equal((0, 1), (plan.Changes.Count, plan.Unchanged));
    }

    [Fact]
    public async Task Lines_of_one_product_may_not_want_different_things()
    {
        await InAsync(db => db.AddProductAsync("marea", [("bl", "Blanco", 100, 1), ("gr", "Grafito", 200, 1)], title: "Marea"));

        var plan = await CatalogueAsync("sku,title\nMAREA-BL,Marea 18\nMAREA-GR,Marea 20");

        var problem = Assert.Single(plan.Problems);
        Assert.Equal((3, LineProblemKind.TwoValues, CsvColumn.Title, "2"), (problem.Line, problem.Kind, problem.Column, problem.Other));
    }

    [Theory]
    [InlineData("Ñ-1;nuevo;Nuevo;varios;10", LineProblemKind.BadSku)]
    [InlineData("N-1;Nuevo producto;Nuevo;varios;10", LineProblemKind.BadProduct)]
    [InlineData("N-1;lavadora;Nuevo;varios;10", LineProblemKind.ProductTaken)]
    [InlineData("N-1;../../etc;Nuevo;varios;10", LineProblemKind.BadProduct)]
    [InlineData("N-1;nuevo;Nuevo;varios;0", LineProblemKind.ZeroPrice)]
    [InlineData(";nuevo;Nuevo;varios;10", LineProblemKind.NoSku)]
    public async Task A_new_article_needs_everything_in_order(string line, LineProblemKind kind)
    {
        await InAsync(db => db.AddProductAsync("lavadora"));

        Assert.Equal([kind], (await CatalogueAsync("sku;product;title;shelf;price\n" + line)).Problems.Select(p => p.Kind));
    }

    [Theory]
    [InlineData("sku,stock\nLAVADORA,12", "10", "12")]
    [InlineData("sku,delta\nLAVADORA,-3", "10", "7")]
    [InlineData("sku,delta\nLAVADORA,+3", "10", "13")]
    public async Task Pieces_are_counted_or_come_and_go(string text, string old, string now)
    {
        await InAsync(db => db.AddProductAsync("lavadora"));

        Assert.Equal([new PlannedField(CsvColumn.Stock, old, now)], Assert.Single((await StockAsync(text)).Changes).Fields);
    }

    [Theory]
    [InlineData("sku,delta\nLAVADORA,-11", LineProblemKind.BelowZero)]
    [InlineData("sku,stock\nLAVADORA,-1", LineProblemKind.Negative)]
    [InlineData("sku,stock\nLAVADORA,1000001", LineProblemKind.TooLarge)]
    [InlineData("sku,delta\nLAVADORA,1000000", LineProblemKind.TooLarge)]
    [InlineData("sku,stock\nLAVADORA,2.5", LineProblemKind.NotWhole)]
    [InlineData("sku;stock\nLAVADORA;1,250", LineProblemKind.Ambiguous)]
    [InlineData("sku,stock\nNADA,1", LineProblemKind.UnknownSku)]
    [InlineData("sku,stock\nSERVICIO,1", LineProblemKind.NotCounted)]
    [InlineData("sku,stock\nLAVADORA,1,250", LineProblemKind.TooManyCells)]
    public async Task Pieces_that_cannot_be_are_refused(string text, LineProblemKind kind)
    {
        await InAsync(db => db.AddProductAsync("lavadora"));
        await InAsync(db => db.AddProductAsync("servicio", stock: null));

        var plan = await StockAsync(text);

        Assert.Equal([kind], plan.Problems.Select(p => p.Kind));
        Assert.False(plan.CanBeApplied);
    }
}
