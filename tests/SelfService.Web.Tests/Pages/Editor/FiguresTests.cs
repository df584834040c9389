using System.Net;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Pages.Editor;

/// <summary>A portal with a catalogue that serves two countries.</summary>
public sealed class TwoCountriesPortal : IAsyncLifetime
{
    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        content.Write("site.yaml", """
            name: Ensayo
            locale: es-MX
            languages: [es, en]
            time_zone: America/Mexico_City
            currency: MXN
            country: MX
            countries: [MX, CO]
            contact: { phone: "800 555 0100", phone_link: "+528005550100", lines: { ventas: "800 555 0150" } }
            opening_hours: { monday: 09:00-18:00 }
            """);
        content.Write("catalog/_catalog.yaml", "shelves:\n  - { key: lavado, name: Lavado, icon: washer }\n");
        content.Write("catalog/nodo.yaml", "title: Nodo\nshelf: lavado\nprice: 499\nstock: 4\n");
        content.Write("snippets/aviso.md", "Cierre el gas.\n");
        content.Write("articles/variado/_category.yaml", "title: Tema variado\n");
        content.Write("articles/variado/precios.md", "---\ntitle: Precios del nodo\n---\nCuesta {{precio:NODO}}. Ventas: {{telefono:ventas}}.\n\n{{fragmento:aviso}}\n");
        content.Write("articles/variado/paises.md", "---\ntitle: Trámite por país\n---\nPara todos.\n\n:::pais MX\n## En México\n\nUse su RFC.\n:::\n\n:::pais CO\n## En Colombia\n\nUse su NIT.\n:::\n");
        content.Write("articles/variado/horario.md", "---\ntitle: Horario de la tienda\n---\nAbrimos los lunes.\n");
        content.Write("articles/variado/opening.md", "---\ntitle: Opening hours of the shop\nlang: en\nvariant_of: horario\n---\nWe open on Mondays. Bring an umbrella.\n");
        Host = await PortalHost.StartAsync(content.Root);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }
}

public sealed class FiguresTests(TwoCountriesPortal portal) : IClassFixture<TwoCountriesPortal>
{
    private const string Elena = "elena@brisal.example";

    [Fact]
    public async Task Get_AnArticleThatNamesFigures_ShowsThemToAnybody()
    {
        using var anybody = portal.Host.Browser();

        var page = await anybody.PageAsync("/articulos/precios");

        Assert.Contains("Cuesta $499.00.", page.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("tel:8005550150", page.QuerySelector(".prose a.live")!.GetAttribute("href"));
        Assert.Contains("Cierre el gas.", page.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty((await anybody.PageAsync("/buscar?q=499")).QuerySelectorAll("main a[href^='/articulos/precios']"));
    }

    [Fact]
    public async Task Get_AnArticleOfTwoCountries_ShowsTheReadersOwn()
    {
        using var anybody = portal.Host.Browser();

        var here = await anybody.PageAsync("/articulos/paises");
        var there = await anybody.PageAsync("/articulos/paises?pais=CO");

        Assert.Contains("RFC", here.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("NIT", here.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("NIT", there.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("México", there.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["es-MX", "es-CO", "x-default"], here.QuerySelectorAll("link[hreflang]").Select(l => l.GetAttribute("hreflang")!));
        Assert.EndsWith("/articulos/paises", here.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith("/articulos/paises?pais=CO", there.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty((await anybody.PageAsync("/articulos/precios?pais=CO")).QuerySelectorAll("link[hreflang]"));
    }

    [Fact]
    public async Task Post_Country_IsRemembered_AndOnlyOneOfTheCompanys()
    {
        using var reader = portal.Host.Browser();

        using var chosen = await reader.FillAsync("/articulos/paises", "form[action='/pais']", ("pais", "CO"));
        var page = await reader.PageAsync("/articulos/paises");
        using var foreign = new FormUrlEncodedContent([KeyValuePair.Create("pais", "XX")]);
        using var refused = await reader.PostAsync("/pais", foreign);

        Assert.Equal("/articulos/paises", chosen.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("NIT", page.QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var other = portal.Host.Browser();
        Assert.Contains("RFC", (await other.PageAsync("/articulos/paises?pais=<script>")).QuerySelector(".prose")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Figures_ListsThemWithTheirValue()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);

        var all = await editor.PageAsync("/editor/datos");
        var some = await editor.PageAsync("/editor/datos?q=VENTAS");
        var none = await editor.PageAsync("/editor/datos?q=" + new string('x', 10_000));

        Assert.Contains("{{precio:nodo}}", all.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["{{telefono:ventas}}"], some.QuerySelectorAll("section[aria-labelledby=datos] code").Select(c => c.TextContent));
        Assert.NotNull(none.QuerySelector(".empty"));
        Assert.Contains("{{precio:nodo}}", await editor.GetStringAsync("/editor/enlaces?q=nodo"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/editor/datos")]
    [InlineData("/editor/fragmentos")]
    [InlineData("/editor/fragmentos/aviso")]
    public async Task Get_ByWhoDoesNotWrite_IsNotForHer(string address)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var refused = await agent.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Post_Snippet_IsAddedChangedRefusedAndDeleted()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var added = await editor.FillAsync("/editor/fragmentos", "form.form", ("Key", "Aviso de Luz"), ("Body", "Baje el <b onclick=x>interruptor</b>."));
        Assert.Equal("/editor/datos", added.RequestMessage!.RequestUri!.AbsolutePath);
        using var taken = await editor.FillAsync("/editor/fragmentos", "form.form", ("Key", "aviso-de-luz"), ("Body", "Otro"));
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        using var empty = await editor.FillAsync("/editor/fragmentos", "form.form", ("Key", " \u200b "), ("Body", ""));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var large = await editor.FillAsync("/editor/fragmentos/aviso-de-luz", "form.form", ("Body", new string('a', 20_001)));
        Assert.Equal(HttpStatusCode.BadRequest, large.StatusCode);

        var begun = (await editor.PageAsync("/editor/fragmentos/aviso-de-luz")).QuerySelector("input[name=Base]")!.GetAttribute("value")!;
        using var changed = await editor.FillAsync("/editor/fragmentos/aviso-de-luz", "form.form", ("Body", "Baje el interruptor general."));
        using var overtaken = await editor.FillAsync("/editor/fragmentos/aviso-de-luz", "form.form", ("Base", begun), ("Body", "Mi texto."));
        Assert.Equal(HttpStatusCode.Conflict, overtaken.StatusCode);
        var both = await overtaken.Content.ReadAsStringAsync();
        Assert.Contains("Mi texto.", both, StringComparison.Ordinal);
        Assert.Contains("Baje el interruptor general.", both, StringComparison.Ordinal);

        using var shown = await editor.FillAsync("/editor/fragmentos/aviso-de-luz", "form[action*=Borrar]");
        Assert.Equal("/editor/datos", shown.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/editor/fragmentos/aviso-de-luz")).StatusCode);
    }

    [Fact]
    public async Task Post_Publish_WithAFigureThatDoesNotExist_IsRefusedAndSaidWhy()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var begun = await editor.FillAsync("/editor/nuevo", "main form[method=post]", ("ArticleTitle", "Precio del tanque"), ("Topic", "variado"));
        var address = begun.RequestMessage!.RequestUri!.AbsolutePath;
        using var saved = await editor.FillAsync(address, "form#articulo", ("Title", "Precio del tanque"), ("Topic", "variado"), ("Body", "Cuesta {{precio:TANQUE}}."), ("Audience", "Public"));

        using var refused = await editor.FillAsync(address + "/publicar", $"form[action='{address}/publicar'][method=post]");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("{{precio:tanque}}", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var mended = await editor.FillAsync(address, "form#articulo", ("Title", "Precio del tanque"), ("Topic", "variado"), ("Body", "Cuesta {{precio:NODO}}."), ("Audience", "Public"));
        using var published = await editor.FillAsync(address + "/publicar", $"form[action='{address}/publicar'][method=post]");
        Assert.EndsWith("?hecho=publicado", published.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
    }
}
