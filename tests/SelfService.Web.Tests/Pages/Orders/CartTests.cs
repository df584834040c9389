using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;

namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>The cart: what is put in, changed and taken out, and what is said of what has changed meanwhile.</summary>
[Collection(OrderPortalCollection.Name)]
public sealed class CartTests(OrderPortal portal)
{
    [Fact]
    public async Task Get_NothingPutIn_SaysSoAndLeadsOn()
    {
        var page = await portal.Host.Browser().PageAsync(OrderPortal.Shop);

        Assert.NotNull(page.QuerySelector(".empty a[href='/catalogo']"));
        Assert.Null(page.QuerySelector(".cart-count"));
    }

    [Fact]
    public async Task Add_AProduct_ShowsItWithPriceTaxAndTotal()
    {
        var browser = portal.Host.Browser();
        var variant = await portal.SellAsync(54_900, title: "Filtro <de> agua");

        var page = await portal.AddAsync(browser, variant, 2);

        var line = page.QuerySelector(".cart-line")!;
        Assert.Equal("Filtro <de> agua", line.QuerySelector(".cart-title").Words());
        Assert.Equal($"/catalogo/{variant.Sku.ToLowerInvariant()}", line.QuerySelector(".cart-title")!.GetAttribute("href"));
        Assert.Equal(("$1,098.00", "2"), (line.QuerySelector(".price").Words(), line.QuerySelector<IHtmlInputElement>(".quantity input")!.Value));
        Assert.Equal("Productos $1,098.00 Entrega $199.00 IVA incluido $178.90 Total $1,297.00", string.Join(' ', page.QuerySelectorAll(".totals dt, .totals dd").Select(e => e.Words())));
        Assert.Contains("Agregamos Filtro <de> agua", page.QuerySelector(".notice-success").Words(), StringComparison.Ordinal);
        Assert.Equal((", 2 piezas", "2"), (page.QuerySelector("a.cart-link .visually-hidden").Words(), page.QuerySelector(".cart-count").Words()));
    }

    [Fact]
    public async Task Add_TheSameVariantAgain_AddsUpToWhatOneOrderTakes()
    {
        var browser = portal.Host.Browser();
        var variant = await portal.SellAsync(stock: null);

        await portal.AddAsync(browser, variant, 2);
        var more = await portal.AddAsync(browser, variant, 3);
        var most = await portal.AddAsync(browser, variant, 1_000_000);

        Assert.Equal("5", Assert.Single(Pieces(more)));
        Assert.Equal("99", Assert.Single(Pieces(most)));
        Assert.Contains("caben 99 piezas", most.QuerySelector(".cart-notice").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_PressedTwiceAtOnce_CountsOnce()
    {
        var browser = portal.Host.Browser();
        var (first, variant) = (await portal.SellAsync(), await portal.SellAsync());
        await portal.AddAsync(browser, first);
        var token = await OrderPortal.TokenAsync(browser);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => (await browser.SendFormAsync("/carrito/agregar", [("Sku", variant.Sku), ("Quantity", "2"), token])).Dispose()));

        Assert.Equal(["1", "2"], Pieces(await browser.PageAsync(OrderPortal.Shop)));
    }

    [Theory]
    [InlineData("NO-EXISTE")]
    [InlineData("")]
    [InlineData("' OR 1=1 --")]
    [InlineData("\u200B")]
    public async Task Add_SkuThatNothingHas_Answers404(string sku)
    {
        var browser = portal.Host.Browser();

        using var answer = await browser.SendFormAsync("/carrito/agregar", [("Sku", sku), ("Quantity", "1"), await OrderPortal.TokenAsync(browser)]);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.NotNull((await browser.PageAsync(OrderPortal.Shop)).QuerySelector(".empty"));
    }

    [Fact]
    public async Task Add_WithoutTheTokenOfAPage_IsRefused()
    {
        var variant = await portal.SellAsync();

        using var answer = await portal.Host.Browser().SendFormAsync("/carrito/agregar", [("Sku", variant.Sku), ("Quantity", "1")]);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Add_WhatIsNoLongerSold_Answers404()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.ChangeAsync(variant, onSale: false);

        using var answer = await browser.SendFormAsync("/carrito/agregar", [("Sku", variant.Sku), ("Quantity", "1"), await OrderPortal.TokenAsync(browser)]);

        Assert.Equal(404, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Post_QuantitiesAndRemoval_AreSaved()
    {
        var browser = portal.Host.Browser();
        var (kept, gone) = (await portal.SellAsync(), await portal.SellAsync());
        await portal.AddAsync(browser, kept);
        await portal.AddAsync(browser, gone);

        var changed = await PostAsync(browser, "update", (Control(kept), "4"), (Control(gone), "2"));
        var removed = await PostAsync(browser, gone.Id.ToString("N"), (Control(kept), "4"), (Control(gone), "no"));
        var emptied = await PostAsync(browser, "update", (Control(kept), "0"));

        Assert.Equal(["4", "2"], Pieces(changed));
        Assert.Equal(["4"], Pieces(removed));
        Assert.NotNull(emptied.QuerySelector(".empty"));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("100")]
    [InlineData("1.5")]
    [InlineData("muchas")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    public async Task Post_QuantityThatIsNone_ComesBackAsTyped(string typed)
    {
        var browser = portal.Host.Browser();
        var (variant, other) = (await portal.SellAsync(), await portal.SellAsync());
        await portal.AddAsync(browser, variant, 3);
        await portal.AddAsync(browser, other);

        var page = await PostAsync(browser, "continue", 400, (Control(variant), typed), (Control(other), "7"));

        Assert.Equal([typed, "7"], Pieces(page));
        Assert.Equal("#" + Control(variant), page.QuerySelector(".error-summary a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector($"#{Control(variant)}[aria-invalid=true]"));
        Assert.Equal(["3", "1"], Pieces(await browser.PageAsync(OrderPortal.Shop)));
    }

    [Fact]
    public async Task Post_Continue_SavesQuantitiesAndTheWayToReceiveIt()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);

        var page = await PostAsync(browser, "continue", (Control(variant), "3"), ("receiving", "Collection"));

        Assert.Equal("Sus datos y su pedido", page.QuerySelector("h1").Words());
        Assert.NotNull(page.QuerySelector("input[name=branch]"));
        Assert.Null(page.QuerySelector("[name='address.street']"));
        Assert.Contains("$300.00", page.QuerySelector("form#solicitud button.button-large").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OutOfTwoWindows_KeepsWhatTheOtherAdded()
    {
        var browser = portal.Host.Browser();
        var (variant, other) = (await portal.SellAsync(), await portal.SellAsync());
        await portal.AddAsync(browser, variant);
        await portal.AddAsync(browser, other);

        // The window that is older does not know the second line.
        var page = await PostAsync(browser, "update", (Control(variant), "5"));

        Assert.Equal(["5", "1"], Pieces(page));
    }

    [Fact]
    public async Task Get_PriceChanged_SaysFromAndToOnce()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync(10_000));
        await portal.AddAsync(browser, variant);
        await portal.ChangeAsync(variant, 12_500);

        Assert.Equal("El precio cambió de $100.00 a $125.00.", (await browser.PageAsync(OrderPortal.Shop)).QuerySelector(".cart-change").Words());
        var second = await browser.PageAsync(OrderPortal.Shop);

        Assert.Null(second.QuerySelector(".cart-change"));
        Assert.Equal("$125.00", second.QuerySelector(".cart-line .price").Words());
    }

    [Fact]
    public async Task Get_FewerPiecesThanWanted_LeavesThoseThereAreAndSaysSoOnce()
    {
        var (browser, variant) = (portal.Host.Browser(), await portal.SellAsync(stock: 5));

        var page = await portal.AddAsync(browser, variant, 9);
        var again = await browser.PageAsync(OrderPortal.Shop);

        Assert.Equal("Solo quedan 5 piezas. Dejamos 5 en su carrito.", page.QuerySelector(".cart-change").Words());
        Assert.Equal("5", Assert.Single(Pieces(again)));
        Assert.Null(again.QuerySelector(".cart-change"));
    }

    [Fact]
    public async Task Get_SoldOutOrNoLongerSold_StaysInSightAndOutOfTheSum()
    {
        var browser = portal.Host.Browser();
        var (left, sold, gone) = (await portal.SellAsync(10_000), await portal.SellAsync(20_000, stock: 1), await portal.SellAsync(30_000));
        foreach (var variant in new[] { left, sold, gone })
        {
            await portal.AddAsync(browser, variant);
        }

        await portal.MoveAsync(sold, -1);
        await portal.ChangeAsync(gone, onSale: false);
        var page = await browser.PageAsync(OrderPortal.Shop);

        Assert.Equal(["Se agotó. No va en su pedido.", "Ya no se vende. No va en su pedido."], page.QuerySelectorAll(".cart-change").Select(c => c.Words()));
        Assert.Equal("$100.00", page.QuerySelector(".totals dd").Words());
        Assert.Equal(3, page.QuerySelectorAll(".cart-remove").Length);
    }

    [Fact]
    public async Task Get_OnlyServices_AreDoneAtHomeWithoutAChoice()
    {
        var (browser, work) = (portal.Host.Browser(), await portal.SellAsync(50_000, stock: null, kind: ProductKind.Service));

        var page = await portal.AddAsync(browser, work);
        Assert.Null(page.QuerySelector("[name=receiving]"));
        Assert.Contains("en su domicilio", page.QuerySelector(".cart-way").Words(), StringComparison.Ordinal);
        Assert.DoesNotContain("Entrega", page.QuerySelector(".totals").Words(), StringComparison.Ordinal);

        page = await portal.AddAsync(browser, await portal.SellAsync());
        Assert.Equal(2, page.QuerySelectorAll("[name=receiving]").Length);
    }

    [Fact]
    public async Task Get_WithWhatGoesWithIt_OffersThreeThatCanBeHad()
    {
        var browser = portal.Host.Browser();
        var variant = await portal.SellAsync();
        var others = new List<Variant>();
        foreach (var stock in new int?[] { 0, 1, null, 4, 5 })
        {
            others.Add(await portal.SellAsync(stock: stock));
        }

        await portal.InAsync(db => db.InTransactionAsync(async () =>
        {
            var product = await db.Products.SingleAsync(p => p.Id == variant.ProductId);
            product.GoesWith = [product.Slug, "no-existe", .. others.Select(o => o.Sku.ToLowerInvariant())];
            return true;
        }));
        var page = await portal.AddAsync(browser, variant);

        Assert.Equal(others.Skip(1).Take(3).Select(o => o.Sku), page.QuerySelectorAll<IHtmlInputElement>(".cart-suggestion input[name=Sku]").Select(i => i.Value));
        using var added = await browser.FillAsync(OrderPortal.Shop, ".cart-suggestion form");
        Assert.Equal(2, Pieces(await added.PageAsync()).Count);
    }

    [Fact]
    public async Task Get_InEnglish_SaysTheSame()
    {
        var browser = portal.Host.Browser(language: "en");

        var page = await portal.AddAsync(browser, await portal.SellAsync());

        Assert.Equal("Your cart", page.QuerySelector("h1").Words());
        Assert.Equal(", 1 item", page.QuerySelector("a.cart-link .visually-hidden").Words());
        Assert.Equal("es", page.QuerySelector(".cart-title")!.GetAttribute("lang"));
    }

    internal static string Control(Variant variant) => $"piezas-{variant.Id:N}";

    internal static IReadOnlyList<string> Pieces(IHtmlDocument page) => [.. page.QuerySelectorAll<IHtmlInputElement>(".quantity input").Select(i => i.Value)];

    internal static Task<IHtmlDocument> PostAsync(HttpClient browser, string act, params (string Name, string Value)[] fields) => PostAsync(browser, act, 200, fields);

    private static async Task<IHtmlDocument> PostAsync(HttpClient browser, string act, int status, params (string Name, string Value)[] fields)
    {
        using var answer = await browser.FillAsync(OrderPortal.Shop, "form.cart-form", [("act", act), .. fields]);
        Assert.Equal(status, (int)answer.StatusCode);
        return await answer.PageAsync();
    }
}
