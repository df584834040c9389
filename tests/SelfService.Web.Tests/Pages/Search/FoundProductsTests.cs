namespace SelfService.Web.Tests.Pages.Search;

/// <summary>One box finds articles and products.</summary>
[Collection(DemonstrationPortalCollection.Name)]
public sealed class FoundProductsTests(DemonstrationPortal portal)
{
    [Fact]
    public async Task Get_QuestionThatNamesAProduct_ShowsProductsBeforeTheArticles()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/buscar?q=filtro+de+agua");

        var found = page.QuerySelector(".found-products")!;
        Assert.Equal("/catalogo/fil-ag1", found.QuerySelector(".product a")!.GetAttribute("href"));
        Assert.NotEmpty(page.QuerySelectorAll(".results .result"));
        Assert.Null(found.Closest(".results-page"));
        Assert.Equal("/catalogo?q=filtro%20de%20agua", found.QuerySelector(".found-head a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Get_QuestionAboutAFault_ShowsTheArticlesFirst()
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/buscar?q=mi+lavadora+no+desagua");

        Assert.Equal("/articulos/lavadora-no-desagua", page.QuerySelector(".results .result a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector(".results-page .found-products"));
    }

    [Fact]
    public async Task Get_QuestionAboutABill_ShowsNoProductThatOnlyMentionsIt()
    {
        using var browser = portal.Host.Browser();

        Assert.Null((await browser.PageAsync("/buscar?q=como+pago+mi+recibo")).QuerySelector(".found-products"));
    }

    [Theory]
    [InlineData("LAV-M18-GR")]
    [InlineData("antivibracion")]
    public async Task Get_SkuOrWordOfProductsAlone_LeadsToTheProduct(string words)
    {
        using var browser = portal.Host.Browser();

        var page = await browser.PageAsync("/buscar?q=" + words);

        Assert.NotNull(page.QuerySelector(".found-products .product a"));
        Assert.DoesNotContain("No encontramos nada", page.QuerySelector("h1").Words(), StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"product\"", await browser.GetStringAsync("/sugerencias?q=" + words), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_SecondPageOrOneTopic_ShowsArticlesAlone()
    {
        using var browser = portal.Host.Browser();

        Assert.Null((await browser.PageAsync("/buscar?q=lavadora&tema=lavadoras-y-secadoras")).QuerySelector(".found-products"));
        Assert.Null((await browser.PageAsync("/buscar?q=lavadora&pagina=2")).QuerySelector(".found-products"));
    }

    [Fact]
    public async Task Get_Sitemap_NamesTheCatalogueAndItsProducts()
    {
        using var browser = portal.Host.Browser();

        var map = await browser.GetStringAsync("/sitemap.xml");

        Assert.Contains("/catalogo</loc>", map, StringComparison.Ordinal);
        Assert.Contains("/catalogo/lav-m18</loc>", map, StringComparison.Ordinal);
    }
}
