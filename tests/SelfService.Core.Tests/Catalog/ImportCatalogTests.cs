using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Orders;
using SelfService.Core.Tests.KnowledgeBase;
using SelfService.Search;
using SelfService.Search.Querying;

namespace SelfService.Core.Tests.Catalog;

public sealed class ImportCatalogTests : KnowledgeBaseTest
{
    private const string Washer = """
        title: Lavadora Marea
        shelf: lavado
        summary: Lava mucho.
        keywords: [lavarropas]
        price: 7499.00
        low_stock: 3
        return_days: 30
        warranty_months: 12
        images:
          - { file: marea.svg, alt: Lavadora blanca }
        specs:
          - { label: Capacidad, value: 18 kg }
        options:
          - name: color
            label: Color
            values: [ { value: blanco, label: Blanco }, { value: grafito, label: Grafito } ]
        variants:
          - { sku: MAREA-BL, options: { color: blanco }, stock: 9 }
          - { sku: MAREA-GR, options: { color: grafito }, price: 7799.00, stock: 5, low_stock: 1 }
        related: [secadora]
        goes_with: [secadora, no-hay]
        description: |
          Lava **mucho**. Vea la [secadora](secadora.yaml).
        """;

    private const string Dryer = "title: Secadora\nshelf: lavado\nkind: part\nprice: 100\nstock: 4\n";

    private const string Picture = """<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="1" height="1"/></svg>""";

    public ImportCatalogTests()
    {
        Folder.Write("catalog/_catalog.yaml", "shelves:\n  - { key: lavado, name: Lavado, icon: washer }\n");
        Folder.Write("catalog/marea.yaml", Washer).Write("catalog/secadora.yaml", Dryer).Write("catalog/marea.svg", Picture);
    }

    [Fact]
    public async Task A_file_becomes_a_product_with_its_variants_pieces_and_pictures()
    {
        var report = await RunAsync();

        Assert.Equal((2, 2, 0), (report.Files, report.Created, report.Failed));
        Assert.Equal([(ProblemKind.BrokenLink, "catalog/marea.yaml", "no-hay")], report.Problems.Select(p => (p.Kind, p.File, p.Detail)));
        var washer = await ProductAsync("marea");
        Assert.Equal((ProductKind.Product, "lavado", "Lavadora Marea", 7_499_00L, 1600, 30, 12), (washer.Kind, washer.Shelf, washer.Title, washer.PriceFrom, washer.TaxRate, washer.ReturnDays, washer.WarrantyMonths));
        Assert.Equal([("MAREA-BL", 7_499_00L, 9, 3), ("MAREA-GR", 7_799_00L, 5, 1)], washer.Variants.OrderBy(v => v.Position).Select(v => (v.Sku, v.Price, v.InStock!.Value, v.LowStock)));
        Assert.Equal("Grafito", washer.Variants.Single(v => v.Sku == "MAREA-GR").OptionsText(washer));
        Assert.Equal("<p>Lava <strong>mucho</strong>. Vea la <a href=\"/catalogo/secadora\">secadora</a>.</p>", washer.DescriptionHtml);
        var picture = Assert.Single(washer.Images);
        Assert.Equal((80, 60, "Lavadora blanca"), (picture.Width, picture.Height, picture.Alt));
        Assert.Equal(picture.Url, (await InAsync(db => db.Media.SingleAsync())).Url);
        var dryer = Assert.Single((await ProductAsync("secadora")).Variants);
        Assert.Equal(("SECADORA", 100_00L, 4), (dryer.Sku, dryer.Price, dryer.InStock));
        Assert.Equal([(4, StockReason.Initial), (5, StockReason.Initial), (9, StockReason.Initial)], await InAsync(async db => (await db.StockMovements.OrderBy(m => m.Delta).ToListAsync()).Select(m => (m.Delta, m.Reason))));
    }

    [Fact]
    public async Task A_second_import_changes_only_what_changed_and_never_the_pieces()
    {
        await RunAsync();
        var before = await InAsync(db => db.Products.ToDictionaryAsync(p => p.Slug, p => p.ChangeNumber));
        Folder.Write("catalog/secadora.yaml", Dryer.Replace("100", "120", StringComparison.Ordinal).Replace("stock: 4", "stock: 400", StringComparison.Ordinal));

        var report = await RunAsync();

        Assert.Equal((0, 1, 1), (report.Created, report.Updated, report.Unchanged));
        var dryer = await ProductAsync("secadora");
        Assert.Equal((120_00L, 120_00L, 4), (dryer.PriceFrom, dryer.Variants[0].Price, dryer.Variants[0].InStock));
        Assert.True(dryer.ChangeNumber > before["secadora"]);
        Assert.Equal(before["marea"], (await ProductAsync("marea")).ChangeNumber);
    }

    [Fact]
    public async Task Another_picture_under_the_same_name_is_another_product()
    {
        await RunAsync();
        var before = (await ProductAsync("marea")).Images[0].Url;
        Folder.Write("catalog/marea.svg", Picture.Replace("80", "90", StringComparison.Ordinal));

        Assert.Equal(1, (await RunAsync()).Updated);
        Assert.NotEqual(before, (await ProductAsync("marea")).Images[0].Url);
    }

    [Fact]
    public async Task A_variant_that_leaves_its_file_is_sold_no_more_and_stays()
    {
        await RunAsync();
        Folder.Write("catalog/marea.yaml", string.Join('\n', Washer.Split('\n').Where(line => !line.Contains("MAREA-BL", StringComparison.Ordinal))));

        await RunAsync();

        var washer = await ProductAsync("marea");
        Assert.Equal([("MAREA-BL", false), ("MAREA-GR", true)], washer.Variants.OrderBy(v => v.Sku).Select(v => (v.Sku, v.IsOnSale)));
        Assert.Equal(7_799_00L, washer.PriceFrom);
    }

    [Fact]
    public async Task What_is_counted_from_now_on_and_no_longer_is_in_the_movements()
    {
        await RunAsync();
        Folder.Write("catalog/secadora.yaml", Dryer.Replace("stock: 4", "made_to_order: 10", StringComparison.Ordinal));
        await RunAsync();
        Assert.Null((await ProductAsync("secadora")).Variants[0].InStock);
        Assert.Equal(10, (await ProductAsync("secadora")).LeadDays);

        Folder.Write("catalog/secadora.yaml", Dryer.Replace("stock: 4", "stock: 7", StringComparison.Ordinal));
        await RunAsync();

        var dryer = (await ProductAsync("secadora")).Variants[0];
        Assert.Equal(7, dryer.InStock);
        Assert.Equal([4, -4, 7], await InAsync(async db => (await db.StockMovements.Where(m => m.VariantId == dryer.Id).OrderBy(m => m.At).ThenBy(m => m.Id).ToListAsync()).Select(m => m.Delta)));
    }

    [Fact]
    public async Task What_was_changed_in_the_database_is_kept_until_the_file_says_the_same()
    {
        await RunAsync();
        await InAsync(db => db.Variants.Where(v => v.Sku == "SECADORA").ExecuteUpdateAsync(set => set.SetProperty(v => v.Price, 150_00)));
        await InAsync(db => db.Products.Where(p => p.Slug == "secadora").ExecuteUpdateAsync(set => set.SetProperty(p => p.EditedAt, Clock.Now).SetProperty(p => p.PriceFrom, 150_00)));
        Folder.Write("catalog/secadora.yaml", Dryer + "description: Seca.\n");

        var report = await RunAsync();

        Assert.Equal((1, 1), (report.Updated, report.Conflicts));
        Assert.Equal((ProblemKind.ProductEdited, "SECADORA price"), report.Problems.Select(p => (p.Kind, p.Detail)).Single());
        var kept = await ProductAsync("secadora");
        Assert.Equal((150_00L, "<p>Seca.</p>"), (kept.Variants[0].Price, kept.DescriptionHtml));
        Assert.NotNull(kept.EditedAt);

        Folder.Write("catalog/secadora.yaml", Dryer.Replace("100", "150", StringComparison.Ordinal) + "description: Seca.\n");
        Assert.Equal((1, 0), (await RunAsync() is var again ? again.Updated : 0, again.Conflicts));
        Assert.Null((await ProductAsync("secadora")).EditedAt);
    }

    [Theory]
    [InlineData("price: 100", "price: -1", ProblemKind.UnknownValue, "price: -1")]
    [InlineData("price: 100", "price: 10.005", ProblemKind.UnknownValue, "price: 10.005")]
    [InlineData("price: 100", "price: mucho", ProblemKind.InvalidFrontMatter, "")]
    [InlineData("price: 100\n", "", ProblemKind.UnknownValue, "price: —")]
    [InlineData("shelf: lavado", "shelf: otro", ProblemKind.UnknownValue, "shelf: otro")]
    [InlineData("kind: part", "kind: cosa", ProblemKind.UnknownValue, "kind: cosa")]
    [InlineData("title: Secadora\n", "", ProblemKind.MissingTitle, "")]
    [InlineData("stock: 4", "stock: -4", ProblemKind.UnknownValue, "stock: -4")]
    [InlineData("stock: 4", "stock: 4\nmade_to_order: 3", ProblemKind.UnknownValue, "made_to_order: stock")]
    [InlineData("stock: 4", "stock: 4\nvariants: [{ sku: A, options: {} }]", ProblemKind.UnknownValue, "variants: options")]
    [InlineData("stock: 4", "options: [{ name: color, label: Color, values: [{ value: a, label: A }] }]", ProblemKind.UnknownValue, "variants: —")]
    [InlineData("stock: 4", "options: [{ name: color, label: Color, values: [{ value: a, label: A }] }]\nvariants: [{ sku: X, options: { color: b } }]", ProblemKind.UnknownValue, "variants[0].options: X")]
    [InlineData("stock: 4", "options: [{ name: color, label: Color, values: [{ value: a, label: A }] }]\nvariants: [{ sku: marea-bl, options: { color: a } }]", ProblemKind.ProductSku, "MAREA-BL (marea.yaml)")]
    public async Task A_file_that_cannot_be_used_is_left_out_and_what_was_on_sale_stays(string written, string broken, ProblemKind kind, string detail)
    {
        await RunAsync();
        Folder.Write("catalog/secadora.yaml", Dryer.Replace(written, broken, StringComparison.Ordinal));

        var report = await RunAsync();

        Assert.Equal((1, 1), (report.Failed, report.Unchanged));
        var problem = Assert.Single(report.Problems);
        Assert.Equal((kind, ProblemSeverity.Error, "catalog/secadora.yaml"), (problem.Kind, problem.Severity, problem.File));
        Assert.Contains(detail, problem.Detail, StringComparison.Ordinal);
        Assert.Equal(100_00L, (await ProductAsync("secadora")).PriceFrom);
    }

    [Fact]
    public async Task A_file_that_is_gone_and_a_name_that_is_no_address_are_reported()
    {
        await RunAsync();
        File.Delete(Folder.PathOf("catalog/secadora.yaml"));
        Folder.Write("catalog/Año_nuevo.yaml", Dryer);

        var report = await RunAsync();

        Assert.Contains(report.Problems, p => (p.Kind, p.Severity, p.Detail) == (ProblemKind.ProductGone, ProblemSeverity.Notice, "secadora"));
        Assert.Contains(report.Problems, p => (p.Kind, p.Severity) == (ProblemKind.ProductName, ProblemSeverity.Error));
        Assert.True((await ProductAsync("secadora")).IsOnSale);
    }

    [Fact]
    public async Task A_SKU_of_another_product_in_the_database_is_not_taken_from_it()
    {
        await RunAsync();
        File.Delete(Folder.PathOf("catalog/secadora.yaml"));
        Folder.Write("catalog/otra.yaml", "title: Otra\nshelf: lavado\nprice: 1\noptions: [{ name: color, label: Color, values: [{ value: a, label: A }] }]\nvariants: [{ sku: SECADORA, options: { color: a } }]\n");

        var report = await RunAsync();

        Assert.Contains(report.Problems, p => (p.Kind, p.Detail) == (ProblemKind.ProductSku, "SECADORA"));
        Assert.Equal(0, await InAsync(db => db.Products.CountAsync(p => p.Slug == "otra")));
    }

    [Fact]
    public async Task Two_imports_at_once_leave_each_product_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync()));

        Assert.Equal(2, await InAsync(db => db.Products.CountAsync()));
        Assert.Equal(3, await InAsync(db => db.StockMovements.CountAsync()));
    }

    [Fact]
    public async Task The_search_of_the_catalogue_follows_what_is_on_sale()
    {
        var catalog = new CatalogEngine(new MemorySearchEngine(SearchLanguage.Default));
        await RunAsync();
        await FollowAsync(catalog);

        Assert.Equal(["/catalogo/marea"], Found("lavarropas"));
        Assert.Equal(["/catalogo/marea"], Found("MAREA-GR"));
        Assert.Equal(["/catalogo/marea"], Found("grafito"));

        Folder.Write("catalog/marea.yaml", Washer.Replace("lavarropas", "lavadero", StringComparison.Ordinal));
        Folder.Write("catalog/secadora.yaml", Dryer + "on_sale: false\n");
        await RunAsync();
        Assert.True(await FollowAsync(catalog));
        Assert.False(await FollowAsync(catalog));

        Assert.Equal((1, 0), (catalog.Engine.Count, Found("lavarropas").Count));
        Assert.Equal(["/catalogo/marea"], Found("lavadero"));

        IReadOnlyList<string> Found(string words) =>
            [.. catalog.Engine.Search(new SearchRequest(SearchQuery.Parse(words), Audience.Public) { AsTyped = true }).Hits.Select(h => h.Document.Url)];
    }

    private async Task<bool> FollowAsync(CatalogEngine catalog) => await InAsync(db => new CatalogIndex(db, catalog).FollowAsync(NoCancel));

    private async Task<ImportReport> RunAsync()
    {
        await using var db = Database.Open();
        var rules = OrderRules.Plain(CompanyProfile.Neutral) with { TaxRate = 1600 };
        return await new ImportCatalog(db, new ArticleRenderer(TestWords.Spanish), rules, CompanyProfile.Neutral, Clock).RunAsync(Folder.Root, null, NoCancel);
    }

    private Task<Product> ProductAsync(string slug) => InAsync(db => db.Products.Include(p => p.Variants).SingleAsync(p => p.Slug == slug));
}
