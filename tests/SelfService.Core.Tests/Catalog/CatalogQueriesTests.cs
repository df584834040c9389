using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tests.Orders;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Core.Tests.Catalog;

public sealed class CatalogQueriesTests : IAsyncLifetime
{
    private const int PageSize = 24;

    private static readonly CancellationToken NoCancel = CancellationToken.None;
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es-MX");
    private static readonly Shelves Shelves = new([new("zeta", "Zeta", "", ""), new("alfa", "Alfa", "", "")]);

    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Shelves_stand_in_their_order_and_products_on_them_in_theirs()
    {
        await InAsync(async db =>
        {
            await db.AddProductAsync("olvidado", shelf: "ya-no-existe");
            await db.AddProductAsync("a-dos", shelf: "alfa");
            await db.AddProductAsync("a-uno", shelf: "alfa");
            await db.AddProductAsync("z-uno", shelf: "zeta");
            return await db.Products.Where(p => p.Slug == "a-dos").ExecuteUpdateAsync(set => set.SetProperty(p => p.Position, 5));
        });

        Assert.Equal(["z-uno", "a-uno", "a-dos", "olvidado"], await SlugsAsync(new CatalogQuestion()));
        Assert.Equal(["a-uno", "a-dos"], await SlugsAsync(new CatalogQuestion { Shelf = "alfa" }));
    }

    [Fact]
    public async Task What_is_not_on_sale_is_neither_listed_nor_counted()
    {
        await InAsync(async db =>
        {
            await db.AddProductAsync("a-la-venta");
            await db.AddProductAsync("retirado");
            return await db.Products.Where(p => p.Slug == "retirado").ExecuteUpdateAsync(set => set.SetProperty(p => p.IsOnSale, false));
        });

        var page = await PageAsync(new CatalogQuestion());

        Assert.Equal(["a-la-venta"], page.Products.Items.Select(p => p.Slug));
        Assert.Equal(1, page.Products.Total);
        Assert.Equal(1, page.Shelves.Values.Sum());
    }

    [Fact]
    public async Task A_shelf_and_a_kind_are_counted_as_if_the_other_choice_were_open()
    {
        await InAsync(async db =>
        {
            await db.AddProductAsync("lavadora", shelf: "zeta");
            await db.AddProductAsync("instalar", shelf: "zeta", kind: ProductKind.Service, stock: null);
            await db.AddProductAsync("manguera", shelf: "alfa", kind: ProductKind.Part);
            return 0;
        });

        var page = await PageAsync(new CatalogQuestion { Shelf = "zeta", Kind = ProductKind.Service });

        Assert.Equal(["instalar"], page.Products.Items.Select(p => p.Slug));
        Assert.Equal(new Dictionary<string, int> { ["zeta"] = 1 }, page.Shelves);
        Assert.Equal(new Dictionary<ProductKind, int> { [ProductKind.Product] = 1, [ProductKind.Service] = 1 }, page.Kinds);
    }

    [Fact]
    public async Task Price_and_availability_have_to_be_true_of_the_same_variant()
    {
        await InAsync(async db =>
        {
            await db.AddProductAsync("barato-agotado", [("rojo", "Rojo", 100_00, 0), ("azul", "Azul", 300_00, 4)]);
            await db.AddProductAsync("barato", price: 150_00, stock: 1);
            return await db.AddProductAsync("caro", price: 900_00, stock: null);
        });

        Assert.Equal(["barato", "barato-agotado"], await SlugsAsync(new CatalogQuestion { Max = 200_00, Order = CatalogOrder.Name }));
        Assert.Equal(["barato"], await SlugsAsync(new CatalogQuestion { Max = 200_00, OnlyAvailable = true }));
        Assert.Equal(["barato-agotado"], await SlugsAsync(new CatalogQuestion { Min = 200_00, Max = 400_00, OnlyAvailable = true }));
        Assert.Equal(["caro"], await SlugsAsync(new CatalogQuestion { Min = 900_00 }));
        Assert.Empty(await SlugsAsync(new CatalogQuestion { Min = 400_00, Max = 100_00 }));
    }

    [Fact]
    public async Task Names_are_ordered_as_Spanish_orders_them()
    {
        await InAsync(async db =>
        {
            await db.AddProductAsync("p1", title: "Ñandú de peluche");
            await db.AddProductAsync("p2", title: "Óxido");
            await db.AddProductAsync("p3", title: "nuez");
            await db.AddProductAsync("p4", title: "Árbol");
            return await db.AddProductAsync("p5", title: "Zapato");
        });

        var page = await PageAsync(new CatalogQuestion { Order = CatalogOrder.Name });

        Assert.Equal(["Árbol", "nuez", "Ñandú de peluche", "Óxido", "Zapato"], page.Products.Items.Select(p => p.Title));
    }

    [Fact]
    public async Task Prices_go_up_and_down_and_the_newest_is_the_last_that_came()
    {
        await InAsync(async db =>
        {
            await db.AddProductAsync("medio", price: 200_00);
            await db.AddProductAsync("alto", price: 300_00);
            return await db.AddProductAsync("bajo", price: 100_00);
        });

        Assert.Equal(["bajo", "medio", "alto"], await SlugsAsync(new CatalogQuestion { Order = CatalogOrder.PriceUp }));
        Assert.Equal(["alto", "medio", "bajo"], await SlugsAsync(new CatalogQuestion { Order = CatalogOrder.PriceDown }));
        Assert.Equal(["bajo", "alto", "medio"], await SlugsAsync(new CatalogQuestion { Order = CatalogOrder.Newest }));
    }

    [Fact]
    public async Task What_a_search_found_keeps_its_order_and_loses_what_was_taken_off_sale_meanwhile()
    {
        var ids = await InAsync(async db =>
        {
            var (first, gone, last) = (await db.AddProductAsync("primero"), await db.AddProductAsync("retirado"), await db.AddProductAsync("ultimo"));
            await db.AddProductAsync("no-encontrado");
            await db.Products.Where(p => p.Slug == "retirado").ExecuteUpdateAsync(set => set.SetProperty(p => p.IsOnSale, false));
            return new[] { last.ProductId, gone.ProductId, Guid.NewGuid(), first.ProductId };
        });

        var page = await PageAsync(new CatalogQuestion { Found = ids, Order = CatalogOrder.Relevance });

        Assert.Equal(["ultimo", "primero"], page.Products.Items.Select(p => p.Slug));
        Assert.Equal(2, page.Products.Total);
        Assert.Empty(await SlugsAsync(new CatalogQuestion { Found = [], Order = CatalogOrder.Relevance }));
    }

    [Theory]
    [InlineData(CatalogOrder.Shelf)]
    [InlineData(CatalogOrder.Name)]
    [InlineData(CatalogOrder.PriceUp)]
    [InlineData(CatalogOrder.Newest)]
    public async Task Every_product_stands_on_one_page_and_a_page_beyond_the_last_is_the_last(CatalogOrder order)
    {
        await InAsync(async db =>
        {
            for (var i = 0; i < PageSize + 3; i++)
            {
                await db.AddProductAsync($"igual-{i:00}", [("a", "A", 100_00, 1), ("b", "B", 100_00, 1)], title: "Mismo nombre");
            }

            return 0;
        });

        var question = new CatalogQuestion { Order = order };
        var (first, second, beyond) = (await PageAsync(question), await PageAsync(question, 2), await PageAsync(question, 9_999));

        Assert.Equal((PageSize, 3, 2), (first.Products.Items.Count, second.Products.Items.Count, first.Products.Count));
        Assert.Equal(PageSize + 3, first.Products.Items.Concat(second.Products.Items).Select(p => p.Slug).Distinct().Count());
        Assert.Equal(2, beyond.Products.Number);
        Assert.Equal(second.Products.Items.Select(p => p.Slug), beyond.Products.Items.Select(p => p.Slug));
    }

    [Fact]
    public async Task A_card_says_the_lowest_price_on_sale_and_what_there_is_to_choose()
    {
        await InAsync(async db =>
        {
            await db.AddProductAsync("colores", [("rojo", "Rojo", 300_00, 2), ("azul", "Azul", 200_00, 2), ("verde", "Verde", 100_00, 2)]);
            await db.AddProductAsync("unico", price: 50_00);
            return await db.Variants.Where(v => v.Sku == "COLORES-VERDE").ExecuteUpdateAsync(set => set.SetProperty(v => v.IsOnSale, false));
        });

        var cards = (await PageAsync(new CatalogQuestion())).Products.Items.ToDictionary(c => c.Slug);

        Assert.Equal((200_00L, true, null), (cards["colores"].Price, cards["colores"].PriceVaries, cards["colores"].OnlySku));
        Assert.Equal((50_00L, false, "UNICO"), (cards["unico"].Price, cards["unico"].PriceVaries, cards["unico"].OnlySku));
    }

    [Fact]
    public async Task Beside_a_product_stand_those_it_names_and_then_the_nearest_by_price_that_can_be_had()
    {
        await InAsync(async db =>
        {
            await db.AddProductAsync("centro", price: 100_00);
            await db.AddProductAsync("lejos", price: 900_00);
            await db.AddProductAsync("cerca", price: 110_00);
            await db.AddProductAsync("agotado", price: 101_00, stock: 0);
            await db.AddProductAsync("servicio", price: 100_00, stock: null, kind: ProductKind.Service);
            await db.AddProductAsync("nombrado", price: 500_00, shelf: "otro");
            await db.AddProductAsync("acompana", price: 10_00, shelf: "otro");
            await db.AddProductAsync("acompana-agotado", price: 10_00, stock: 0, shelf: "otro");
            var center = await db.Products.SingleAsync(p => p.Slug == "centro");
            (center.Related, center.GoesWith) = (["nombrado", "nunca-existio", "centro"], ["acompana-agotado", "acompana"]);
            return await db.SaveChangesAsync();
        });

        var view = (await InAsync(db => db.ProductAsync("centro", NoCancel)))!;

        Assert.Equal(["nombrado", "cerca", "lejos"], view.Similar.Select(c => c.Slug));
        Assert.Equal(["acompana"], view.GoesWith.Select(c => c.Slug));
        Assert.Equal("CENTRO", Assert.Single(view.Product.Variants).Sku);
        Assert.Null(await InAsync(db => db.ProductAsync("nada", NoCancel)));
        Assert.Equal("lejos", await InAsync(db => db.SlugOfSkuAsync("LEJOS", NoCancel)));
    }

    [Theory]
    [InlineData("lavadora")]
    [InlineData("LAVADORA")]
    [InlineData("lava\u200Bdora")]
    [InlineData("lavadoras")]
    [InlineData("automa\u0301tica")]
    [InlineData("automatica")]
    public void A_search_reads_what_was_typed_as_the_search_of_articles_does(string typed)
    {
        var id = Guid.NewGuid();
        var catalog = new CatalogEngine(new MemorySearchEngine());
        catalog.Engine.Apply([new SearchDocument { Id = id.ToString(), Title = "Lavadora automática" }, new SearchDocument { Id = Guid.NewGuid().ToString(), Title = "Estufa de gas" }], [], 1);

        Assert.Equal([id], catalog.Find(SearchQuery.Parse(typed), asTyped: false).Ids);
    }

    [Theory]
    [InlineData(ProductKind.Product, null, "7:2 0:2", AvailabilityKind.Available, 0)]
    [InlineData(ProductKind.Product, null, "2:2", AvailabilityKind.LastPieces, 2)]
    [InlineData(ProductKind.Product, null, "1:2 0:2", AvailabilityKind.LastPieces, 1)]
    [InlineData(ProductKind.Product, null, "9:20", AvailabilityKind.Available, 0)]
    [InlineData(ProductKind.Product, null, "2:0", AvailabilityKind.Available, 0)]
    [InlineData(ProductKind.Product, null, "1:2 -:2", AvailabilityKind.Available, 0)]
    [InlineData(ProductKind.Product, null, "0:2 0:2", AvailabilityKind.SoldOut, 0)]
    [InlineData(ProductKind.Part, null, "", AvailabilityKind.SoldOut, 0)]
    [InlineData(ProductKind.Product, 10, "-:0", AvailabilityKind.MadeToOrder, 10)]
    [InlineData(ProductKind.Product, 10, "0:0", AvailabilityKind.SoldOut, 0)]
    [InlineData(ProductKind.Service, null, "-:0", AvailabilityKind.Scheduled, 0)]
    [InlineData(ProductKind.Service, null, "0:0", AvailabilityKind.SoldOut, 0)]
    public void Availability_follows_from_the_pieces_of_all_variants(ProductKind kind, int? days, string pieces, AvailabilityKind expected, int count)
    {
        var variants = pieces.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(':'))
            .Select(p => (p[0] == "-" ? (int?)null : int.Parse(p[0], CultureInfo.InvariantCulture), int.Parse(p[1], CultureInfo.InvariantCulture))).ToList();

        Assert.Equal(new Availability(expected, count), Availability.Of(kind, days, variants));
    }

    private async Task<IEnumerable<string>> SlugsAsync(CatalogQuestion question) => (await PageAsync(question)).Products.Items.Select(p => p.Slug);

    private Task<CatalogPage> PageAsync(CatalogQuestion question, int number = 1) =>
        InAsync(db => db.CatalogAsync(question, Shelves, Spanish, number, PageSize, NoCancel));

    private async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> work)
    {
        await using var db = database.Open();
        return await work(db);
    }
}
