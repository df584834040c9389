using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace SelfService.Web.Tests.Pages.Catalog;

[Collection(CatalogPortalCollection.Name)]
public sealed class ProductTests(CatalogPortal portal)
{
    [Fact]
    public async Task Get_Product_SaysWhatItIsCostsAndWhetherItCanBeHad()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/marea");

        Assert.Equal("Lavadora automática Marea & 18", page.QuerySelector("h1").Words());
        Assert.Equal(["/", "/catalogo", "/catalogo?estante=lavado"], page.QuerySelectorAll(".breadcrumb a").Select(a => a.GetAttribute("href")));
        Assert.Equal("desde $7,499.00", page.QuerySelector(".price-large").Words());
        Assert.Equal("IVA incluido: desde $1,034.34", page.QuerySelector(".price-large + p").Words());
        Assert.Equal("Disponible", page.QuerySelector(".product-buy > .availability").Words());
        Assert.Equal(["Entrega a domicilio: sin costo", "Recoger en sucursal: sin costo", "Puede devolverlo hasta 30 días después de recibirlo", "Garantía de 1 año"], page.QuerySelectorAll(".product-facts > li > div > strong").Select(Steps.Words));
        Assert.Contains("Calle Norte 2", page.QuerySelector(".branches").Words(), StringComparison.Ordinal);
        Assert.Equal("Lava mucho.", page.QuerySelector(".prose").Words());
        Assert.Equal(["Capacidad 18 kg", "Peso <neto> 41 kg"], page.QuerySelectorAll(".product-specs tr").Select(r => $"{r.QuerySelector("th").Words()} {r.QuerySelector("td").Words()}"));
        Assert.Equal(CatalogPortal.PublicUrl + "/catalogo/marea", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal("Sirve para probar marea.", page.QuerySelector("meta[name=description]")!.GetAttribute("content"));
        Assert.Equal(CatalogPortal.PublicUrl + "/media/abc/marea.svg", page.QuerySelector("meta[property='og:image']")!.GetAttribute("content"));
    }

    [Fact]
    public async Task Get_Pictures_ShowsTheFirstAtOnceAndTheOthersBelow()
    {
        using var browser = portal.Host.Browser();

        var pictures = (await browser.PageAsync("/catalogo/marea")).QuerySelectorAll<IHtmlImageElement>(".pictures img").ToList();
        var none = await browser.PageAsync("/catalogo/secadora");

        Assert.Equal(["picture-main", ""], pictures.Select(p => p.ClassName));
        Assert.Equal([null, "lazy"], pictures.Select(p => p.GetAttribute("loading")));
        Assert.All(pictures, p => Assert.Equal(("800", "600"), (p.GetAttribute("width"), p.GetAttribute("height"))));
        Assert.NotNull(none.QuerySelector(".pictures .product-picture svg"));
        Assert.Null(none.QuerySelector(".pictures img"));
    }

    [Fact]
    public async Task Get_Variants_AreOneGroupWhereSoldOutOnesCannotBeChosen()
    {
        using var browser = portal.Host.Browser();

        var form = (await browser.PageAsync("/catalogo/marea")).QuerySelector<IHtmlFormElement>("form.buy")!;
        var choices = form.QuerySelectorAll<IHtmlInputElement>("input[type=radio]").ToList();

        Assert.Equal(("post", "/carrito/agregar"), (form.Method, form.GetAttribute("action")));
        Assert.Equal("Color", form.QuerySelector("legend").Words());
        Assert.Equal(["MAREA-BLANCO", "MAREA-GRAFITO", "MAREA-ROJO"], choices.Select(c => c.Value));
        Assert.All(choices, c => Assert.Equal("Sku", c.Name));
        Assert.Equal([false, false, true], choices.Select(c => c.IsDisabled));
        Assert.Equal([true, false, false], choices.Select(c => c.IsChecked));
        Assert.Equal(["Blanco $7,499.00 Disponible", "Grafito $7,799.00 Últimas 2 piezas", "Rojo <vivo> $7,999.00 Agotado"], form.QuerySelectorAll("label.choice").Select(Steps.Words));
        Assert.Equal(("1", "1", "9"), (form.Field("Quantity").Value, form.Field("Quantity").GetAttribute("min"), form.Field("Quantity").GetAttribute("max")));
        Assert.NotEqual("", form.Field("__RequestVerificationToken").Value);
    }

    [Theory]
    [InlineData("MAREA-GRAFITO", "MAREA-GRAFITO")]
    [InlineData("MAREA-ROJO", "MAREA-BLANCO")]
    [InlineData("NADA", "MAREA-BLANCO")]
    public async Task Get_VariantInTheAddress_IsChosenWhenItCanBeHad(string sku, string chosen)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/marea?variante=" + sku);

        Assert.Equal(chosen, page.QuerySelectorAll<IHtmlInputElement>("form.buy input[type=radio]").Single(c => c.IsChecked).Value);
    }

    [Fact]
    public async Task Get_ProductWithoutOptions_SendsItsSkuAndTheBarSendsTheSameForm()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/secadora");
        var form = page.QuerySelector<IHtmlFormElement>("form.buy")!;

        Assert.Equal("SECADORA", form.Field("Sku").Value);
        Assert.Equal("2", form.Field("Quantity").GetAttribute("max"));
        Assert.Equal(form.Id, page.QuerySelector(".buy-bar button")!.GetAttribute("form"));
        Assert.Equal("$8,999.00", page.QuerySelector(".buy-bar .price").Words());
    }

    [Fact]
    public async Task Get_SoldOut_SaysItAndOffersOthersAndAPerson()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/agotada");

        Assert.Equal("Agotado", page.QuerySelector(".product-buy > .availability").Words());
        Assert.Null(page.QuerySelector("form.buy, .buy-bar"));
        Assert.Equal(["#parecidos", "/contacto"], page.QuerySelectorAll(".product-notice a").Select(a => a.GetAttribute("href")));
        Assert.Contains("/catalogo/marea", page.QuerySelectorAll("#parecidos ~ .products a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Get_NoLongerOnSale_SaysSoWithWhatThereIsInstead()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/retirada", 410);

        Assert.Equal("Ya no vendemos «Lavadora Antigua»", page.QuerySelector("h1").Words());
        Assert.NotEmpty(page.QuerySelectorAll("#parecidos ~ .products a"));
        Assert.Null(page.QuerySelector("form.buy, script[type='application/ld+json'], link[rel=canonical]"));
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
    }

    [Theory]
    [InlineData("/catalogo/no-existe")]
    [InlineData("/catalogo/%3Cscript%3E")]
    [InlineData("/catalogo/mare%C3%A1")]
    [InlineData("/catalogo/marea%20")]
    public async Task Get_UnknownProduct_IsNotFound(string address)
    {
        using var browser = portal.Host.Browser();

        await browser.PageAsync(address, 404);
        await browser.PageAsync("/catalogo/" + new string('a', 5_000), 404);
    }

    [Theory]
    [InlineData("/catalogo/MAREA", "/catalogo/marea")]
    [InlineData("/catalogo/marea-grafito", "/catalogo/marea?variante=MAREA-GRAFITO")]
    public async Task Get_SkuAsItIsWrittenOnTheBox_LeadsToTheProduct(string address, string target)
    {
        using var browser = portal.Host.Browser(followRedirects: false);

        using var answer = await browser.GetAsync(address);

        Assert.Equal((301, target), ((int)answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Get_GoesWith_IsAddedWithOneTapWhereThereIsNothingToChoose()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/marea");
        var forms = page.QuerySelectorAll<IHtmlFormElement>(".beside form").ToList();

        Assert.Equal(["/catalogo/manguera", "/catalogo/instalar"], page.QuerySelectorAll(".beside h3 a").Select(a => a.GetAttribute("href")));
        Assert.Equal(["MANGUERA", "INSTALAR"], forms.Select(f => f.Field("Sku").Value));
        Assert.All(forms, f => Assert.Equal(("post", "/carrito/agregar", "1"), (f.Method, f.GetAttribute("action"), f.Field("Quantity").Value)));
        Assert.All(forms, f => Assert.NotEqual("", f.Field("__RequestVerificationToken").Value));
        Assert.Equal("Agregar al carrito: Manguera de desagüe", forms[0].QuerySelector("button")!.GetAttribute("aria-label"));
        Assert.Equal("/catalogo/secadora", page.QuerySelector("#parecidos ~ .products a")!.GetAttribute("href"));
        Assert.DoesNotContain("/catalogo/retirada", page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Get_Service_IsAgreedOnAndNotSent()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/instalar");

        Assert.Equal("$650.00 por visita", page.QuerySelector(".price-large").Words());
        Assert.Equal(["En su domicilio", "No admite devolución", "Garantía de 1 año"], page.QuerySelectorAll(".product-facts > li > div > strong").Select(Steps.Words));
    }

    [Fact]
    public async Task Get_ProductWithoutTaxAndBelowFreeDelivery_SaysWhatDeliveryCosts()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/manguera");

        Assert.DoesNotContain("IVA", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.StartsWith("Entrega a domicilio: $199.00 Sin costo en pedidos desde $5,000.00. De 2 a 4 días", page.QuerySelector(".product-facts > li").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Articles_AboutItAreThreeAtMost()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/marea");

        Assert.Equal(["/articulos/instalar"], page.Articles());
    }

    [Fact]
    public async Task Get_StructuredData_SaysWhatEachVariantCostsAndTheWay()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo/marea");
        var graph = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement.GetProperty("@graph");
        var (product, way) = (graph[0], graph[1]);
        var offers = product.GetProperty("offers").EnumerateArray().Select(o => string.Join(' ', new[] { "sku", "price", "priceCurrency", "availability", "url" }.Select(name => o.GetProperty(name).GetString()!.Split('/')[^1])));

        Assert.Equal("Lavadora automática Marea & 18", product.GetProperty("name").GetString());
        Assert.Equal(
            [
                "MAREA-BLANCO 7499.00 MXN InStock marea?variante=MAREA-BLANCO",
                "MAREA-GRAFITO 7799.00 MXN LimitedAvailability marea?variante=MAREA-GRAFITO",
                "MAREA-ROJO 7999.00 MXN OutOfStock marea?variante=MAREA-ROJO",
            ],
            offers);
        Assert.StartsWith(CatalogPortal.PublicUrl, product.GetProperty("image")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(["Inicio", "Catálogo", "Lavado y secado", "Lavadora automática Marea & 18"], way.GetProperty("itemListElement").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Get_InEnglish_SpeaksEnglishAroundTheWordsOfTheCompany()
    {
        using var browser = portal.Host.Browser(language: "en");

        var page = await browser.PageAsync("/catalogo/marea");

        Assert.Equal("Add to cart", page.QuerySelector("form.buy button").Words());
        Assert.Equal("IVA included: from $1,034.34", page.QuerySelector(".price-large + p").Words());
        Assert.Equal("es", page.QuerySelector("h1")!.GetAttribute("lang"));
    }
}

file static class Fields
{
    public static IHtmlInputElement Field(this IHtmlFormElement form, string name) => form.QuerySelector<IHtmlInputElement>($"input[name={name}]")!;
}
