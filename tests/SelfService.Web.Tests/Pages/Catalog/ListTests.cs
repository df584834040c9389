using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace SelfService.Web.Tests.Pages.Catalog;

[Collection(CatalogPortalCollection.Name)]
public sealed class ListTests(CatalogPortal portal)
{
    private const string Washing = "/catalogo?estante=lavado";

    [Fact]
    public async Task Get_Catalogue_ShowsShelvesWithCountsAndTheFirstProducts()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo");

        Assert.Equal("Catálogo", page.QuerySelector("h1").Words());
        Assert.Equal(["Lavado y secado", "Piezas sueltas"], page.QuerySelectorAll(".shelves .topic-title").Select(Steps.Words));
        Assert.Equal(["6 productos", "60 productos"], page.QuerySelectorAll(".shelves .topic-count").Select(Steps.Words));
        Assert.NotNull(page.QuerySelector(".shelves use[href$='#washer']"));
        Assert.Equal("66 productos · Página 1", page.QuerySelector("[role=status]").Words());
        Assert.Equal(24, Titles(page).Count);
        Assert.Equal("Lavadora automática Marea & 18", Titles(page)[0]);
        Assert.Equal(CatalogPortal.PublicUrl + "/catalogo", page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal("page", page.QuerySelector("header a[href='/catalogo']")!.GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Get_Shelf_SaysPricesAndAvailabilityInWords()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(Washing);
        var said = page.QuerySelectorAll("li.product").ToDictionary(p => p.QuerySelector("a")!.GetAttribute("href")!, p => $"{p.QuerySelector(".price").Words()} / {p.QuerySelector(".availability").Words()}");

        Assert.Equal("Lavado y secado", page.QuerySelector("h1").Words());
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["/catalogo/marea"] = "desde $7,499.00 / Disponible",
                ["/catalogo/secadora"] = "$8,999.00 / Últimas 2 piezas",
                ["/catalogo/agotada"] = "$5,000.00 / Agotado",
                ["/catalogo/a-medida"] = "$20,000.00 / Sobre pedido: lista en unos 10 días hábiles",
                ["/catalogo/instalar"] = "$650.00 por visita / Se agenda con usted",
                ["/catalogo/manguera"] = "$199.50 / Disponible",
            },
            said);
        Assert.Null(page.QuerySelector(".shelves"));
        Assert.Equal(["66", "6", "60"], page.QuerySelectorAll("nav.filter .filter-count").Select(Steps.Words));
        Assert.Equal(Washing, page.QuerySelector("nav.filter [aria-current]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_Pictures_KeepTheirRatioAndWaitBelowTheFirstRow()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo");
        var image = page.QuerySelector<IHtmlImageElement>("li.product img")!;

        Assert.Equal(("Lavadora blanca \"abierta\"", "800", "600", null), (image.AlternativeText, image.GetAttribute("width"), image.GetAttribute("height"), image.GetAttribute("loading")));
        // Without a picture there is a drawing and no broken image.
        Assert.Equal(23, page.QuerySelectorAll("li.product .product-picture svg").Length);
        var last = await browser.PageAsync("/catalogo?orden=precio-mayor&estante=lavado");
        Assert.Equal("lazy", (await browser.PageAsync("/catalogo/secadora")).QuerySelector("#parecidos ~ .products img")!.GetAttribute("loading"));
        Assert.Null(last.QuerySelector("li.product:nth-child(-n+4) img[loading]"));
    }

    [Theory]
    [InlineData("&min=7,500&max=8,500", "marea")]
    [InlineData("&min=$7,500.00", "marea secadora a-medida")]
    [InlineData("&max=650", "instalar manguera")]
    [InlineData("&max=650&disponible=1&tipo=refaccion", "manguera")]
    [InlineData("&disponible=1&min=4000&max=6000", "")]
    [InlineData("&tipo=servicio", "instalar")]
    [InlineData("&tipo=producto&orden=precio", "agotada marea secadora a-medida")]
    [InlineData("&tipo=producto&orden=precio-mayor", "a-medida secadora marea agotada")]
    [InlineData("&tipo=producto&orden=nombre", "a-medida marea agotada secadora")]
    [InlineData("&tipo=producto&orden=nuevo", "a-medida agotada secadora marea")]
    public async Task Get_FiltersAndOrder_ShowWhatFits(string query, string slugs)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(Washing + query);

        Assert.Equal(slugs.Split(' ', StringSplitOptions.RemoveEmptyEntries), Slugs(page));
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Null(page.QuerySelector("link[rel=canonical]"));
    }

    [Fact]
    public async Task Send_FilterForm_KeepsShelfWordsAndOrder()
    {
        using var browser = portal.Host.Browser();
        var page = await browser.PageAsync(Washing + "&q=lavadora&orden=precio&max=9000");
        var form = page.QuerySelector<IHtmlFormElement>("form.filters-form")!;

        var values = form.Elements.OfType<IHtmlInputElement>().Where(i => i.Type is "hidden" or "text" || i.IsChecked).ToDictionary(i => i.Name!, i => i.Value);

        Assert.Equal(new Dictionary<string, string> { ["q"] = "lavadora", ["estante"] = "lavado", ["orden"] = "precio", ["tipo"] = "", ["min"] = "", ["max"] = "9,000" }, values);
        Assert.Equal("get", form.Method);
        Assert.Null(page.QuerySelector("main input[name=__RequestVerificationToken]"));
        var again = await browser.PageAsync("/catalogo?" + string.Join('&', values.Select(v => $"{v.Key}={Uri.EscapeDataString(v.Value)}")));
        Assert.Equal(Slugs(page), Slugs(again));
        Assert.Equal("/catalogo?q=lavadora&estante=lavado&orden=precio", again.QuerySelectorAll("a").Single(a => a.Words() == "Quitar filtros").GetAttribute("href"));
    }

    [Theory]
    [InlineData("min=abc", "abc")]
    [InlineData("max=-5", "-5")]
    [InlineData("min=999999999999999999999", "999999999999999999999")]
    [InlineData("min=1,2,3", "1,2,3")]
    [InlineData("max=%00%EF%BF%BF", "")]
    public async Task Get_PriceThatIsNone_IsLeftOutAndSaid(string query, string said)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo?" + query);

        Assert.Contains($"No pudimos leer «{said}", page.QuerySelector(".notice").Words(), StringComparison.Ordinal);
        Assert.Contains("66 productos", page.QuerySelector(".results-line").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PricesInTheWrongOrder_ChangePlacesAndSayIt()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(Washing + "&min=9,000&max=5,000");

        Assert.Equal(["marea", "secadora", "agotada"], Slugs(page));
        Assert.Contains("de $5,000.00 a $9,000.00", page.QuerySelector(".notice").Words(), StringComparison.Ordinal);
        Assert.Equal(("5,000", "9,000"), (page.QuerySelector("input[name=min]")!.GetAttribute("value"), page.QuerySelector("input[name=max]")!.GetAttribute("value")));
    }

    [Theory]
    [InlineData("estante=no-existe")]
    [InlineData("tipo=cualquiera")]
    [InlineData("orden=hacia-arriba")]
    [InlineData("orden=relevancia")]
    [InlineData("disponible=quiz%C3%A1")]
    [InlineData("pagina=-3")]
    [InlineData("pagina=uno")]
    [InlineData("estante=%00&tipo=%00&orden=%00&pagina=%00")]
    public async Task Get_ValueThatMeansNothing_IsLeftOut(string query)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo?" + query);

        Assert.StartsWith("66 productos", page.QuerySelector(".results-line").Words(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("min")]
    [InlineData("q")]
    [InlineData("estante")]
    [InlineData("orden")]
    [InlineData("pagina")]
    public async Task Get_TenThousandCharacters_AreNoError(string name)
    {
        using var browser = portal.Host.Browser();

        foreach (var text in new[] { new string('9', 10_000), new string(' ', 10_000) + "x", string.Concat(Enumerable.Repeat("$ ", 5_000)) })
        {
            await browser.PageAsync($"/catalogo?{name}={Uri.EscapeDataString(text)}");
        }
    }

    [Fact]
    public async Task Get_Pages_ShowEveryProductOnceAndBeyondTheLastTheLast()
    {
        using var browser = portal.Host.Browser();
        var all = new List<string>();
        for (var number = 1; number <= 3; number++)
        {
            var page = await browser.PageAsync($"/catalogo?estante=piezas&orden=precio&pagina={number}");
            all.AddRange(Slugs(page));
            Assert.Equal($"{number}", page.QuerySelector("nav.pagination [aria-current=page]").Words());
        }

        Assert.Equal(Enumerable.Range(0, CatalogPortal.Many).Select(i => $"tornillo-{i:00}"), all);
        var beyond = await browser.PageAsync("/catalogo?estante=piezas&orden=precio&pagina=9999");
        Assert.Equal(all[48..], Slugs(beyond));
        Assert.Equal("/catalogo?estante=piezas&orden=precio", (await browser.PageAsync("/catalogo?estante=piezas&orden=precio&pagina=2")).QuerySelector("a[rel=prev]")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("lavadora automatica")]
    [InlineData("LAVADORA AUTOMÁTICA")]
    [InlineData("lavadora automa\u0301tica")]
    [InlineData("lava\u200Bdora auto\u00ADmática")]
    [InlineData("  lavadora   automática  ")]
    public async Task Get_Search_ReadsAnySpelling(string typed)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo?q=" + Uri.EscapeDataString(typed));

        Assert.Equal("marea", Slugs(page)[0]);
        Assert.DoesNotContain("tornillo-00", Slugs(page));
        Assert.Equal("true", page.QuerySelectorAll("nav.kinds a").Single(a => a.Words() == "Lo más parecido").GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Get_SearchThatIsMisspelt_SaysWhatWasSearchedAndOffersWhatWasTyped()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo?q=labadora&estante=lavado");
        var typed = await browser.PageAsync(page.QuerySelector(".correction a")!.GetAttribute("href")!);

        Assert.Contains("lavadora", page.QuerySelector(".correction strong").Words(), StringComparison.Ordinal);
        Assert.Contains("marea", Slugs(page));
        Assert.Null(typed.QuerySelector(".correction"));
        Assert.Equal("labadora", typed.QuerySelector("#q_catalogo")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("/catalogo?q=xilofono")]
    [InlineData("/catalogo?estante=lavado&min=90000")]
    [InlineData("/catalogo?estante=vacio")]
    public async Task Get_Nothing_OffersThreeThingsToDoNext(string address)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(address);

        Assert.Equal(3, page.QuerySelectorAll(".next-steps > li a.button").Length);
        Assert.NotNull(page.QuerySelector(".next-steps a[href='/contacto']"));
        Assert.Empty(Slugs(page));
    }

    [Theory]
    [InlineData("/catalogo?q=tornillo&estante=lavado&max=9", "/catalogo?q=tornillo&estante=lavado")]
    [InlineData("/catalogo?q=tornillo&estante=lavado", "/catalogo?q=tornillo")]
    public async Task Get_NothingBecauseOfWhatWasChosen_OffersLessOfIt(string address, string wider)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(address);

        Assert.Empty(Slugs(page));
        Assert.Equal(wider, page.QuerySelector(".next-steps a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_WhatIsNotOnSale_IsNotListed()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/catalogo?q=lavadora+antigua");

        Assert.Contains("marea", Slugs(page));
        Assert.DoesNotContain("retirada", Slugs(page));
    }

    [Fact]
    public async Task Get_InEnglish_SpeaksEnglishAroundTheTitlesOfTheCompany()
    {
        using var browser = portal.Host.Browser(language: "en");

        var page = await browser.PageAsync(Washing);

        Assert.Equal("from $7,499.00", page.QuerySelector("li.product .price").Words());
        Assert.Contains("Last 2 left", page.QuerySelectorAll(".availability").Select(Steps.Words));
        Assert.Equal("es", page.QuerySelector("li.product h3")!.GetAttribute("lang"));
        Assert.Equal("Catalogue", page.QuerySelector("header a[href='/catalogo']").Words());
    }

    [Fact]
    public async Task Send_Language_ComesBackToTheSameFilters()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync(Washing + "&max=9000&orden=precio");

        Assert.Equal("/catalogo?estante=lavado&max=9000&orden=precio", page.QuerySelector("form.language input[name=volver]")!.GetAttribute("value"));
    }

    private static IReadOnlyList<string> Titles(IHtmlDocument page) => [.. page.QuerySelectorAll("li.product h3").Select(Steps.Words)];

    private static IReadOnlyList<string> Slugs(IHtmlDocument page) =>
        [.. page.QuerySelectorAll("section[aria-labelledby=productos] li.product a").Select(a => a.GetAttribute("href")!["/catalogo/".Length..])];
}
