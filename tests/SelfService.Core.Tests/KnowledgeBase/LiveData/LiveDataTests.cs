using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.KnowledgeBase.LiveData;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Orders;

namespace SelfService.Core.Tests.KnowledgeBase.LiveData;

/// <summary>Articles name prices, hours and telephones; what changes there changes in them.</summary>
public sealed class LiveDataTests : KnowledgeBaseTest
{
    private static readonly DayHours Office = new(new LocalTime(8, 0), new LocalTime(20, 0));

    private static readonly CompanyProfile Brisal = CompanyProfile.Neutral with
    {
        Countries = ["MX", "CO"],
        Contact = new ContactWays { Phone = "800 555 0142", PhoneLink = "+528005550142", Lines = [new PhoneLine("ventas", "800 555 0150", "8005550150")] },
        OpeningHours = new OpeningHours(
            DateTimeZone.Utc,
            new Dictionary<IsoDayOfWeek, DayHours> { [IsoDayOfWeek.Monday] = Office, [IsoDayOfWeek.Tuesday] = Office, [IsoDayOfWeek.Saturday] = new(new LocalTime(9, 0), new LocalTime(15, 0)) },
            new Dictionary<LocalDate, string>()),
    };

    private readonly CurrentFigures current = new();

    private ArticleRenderer Renderer => new(TestWords.Spanish, current);

    [Fact]
    public async Task Figures_StandWhereTheyAreNamed()
    {
        await CatalogueAsync("499");

        Assert.Equal("""<p>Cuesta <span class="live">$499.00 al mes</span>.</p>""", Html("Cuesta {{precio:NODO}}."));
        Assert.Equal("""<p>Llame al <a class="live" href="tel:+528005550142">800 555 0142</a>.</p>""", Html("Llame al {{telefono}}."));
        Assert.Equal("""<p><a class="live" href="tel:8005550150">800 555 0150</a></p>""", Html("{{ Teléfono : Ventas }}"));
        Assert.Equal("""<p><a href="/contacto">a <span class="live">800 555 0142</span></a></p>""", Html("[a {{telefono:general}}](/contacto)"));
        Assert.Equal("""<p>Abrimos <span class="live">de lunes a martes de 8:00 a 20:00 y sábado de 9:00 a 15:00</span></p>""", Html("Abrimos {{horario}}"));
    }

    [Theory]
    [InlineData("`{{precio:NODO}}`", "<p><code>{{precio:NODO}}</code></p>")]
    [InlineData("```\n{{fragmento:aviso}}\n```", "{{fragmento:aviso}}")]
    [InlineData("{{ site.baseurl }} {{usuario}}", "<p>{{ site.baseurl }} {{usuario}}</p>")]
    [InlineData("{{}} {{:}} {{precio", "<p>{{}} {{:}} {{precio</p>")]
    public async Task Braces_OfOthersAndInCode_Stay(string markdown, string html)
    {
        await CatalogueAsync("499");
        await SnippetAsync("aviso", "Cierre el **gas**.");

        Assert.Contains(html, Html(markdown), StringComparison.Ordinal);
        Assert.Empty(Renderer.Render("T", markdown, new Rendering.SomeLinks()).Figures);
    }

    [Theory]
    [InlineData("{{precio:NO-HAY}}", "{{precio:no-hay}}")]
    [InlineData("{{presio:NODO}}", "{{presio:nodo}}")]
    [InlineData("{{precio}}", "{{precio:}}")]
    [InlineData("{{horario:\u200bluna}}", "{{horario:luna}}")]
    [InlineData("{{fragmento:no-hay}}", "{{fragmento:no-hay}}")]
    [InlineData(":::pais XX\nHola\n:::", ":::pais XX")]
    public async Task WhatNobodyKnows_IsAnError(string markdown, string said)
    {
        await CatalogueAsync("499");

        var rendered = Renderer.Render("T", markdown, new Rendering.SomeLinks());

        Assert.Equal([(ProblemKind.UnknownFigure, ProblemSeverity.Error, said)], rendered.Problems.Select(p => (p.Kind, p.Severity, p.Detail)));
        Assert.DoesNotContain(">{{", rendered.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snippets_AreMarkdownOfTheArticle_AndHoldNoOthers()
    {
        await CatalogueAsync("499");
        await SnippetAsync("aviso", "## Antes de empezar\n\nCierre el **gas**. Cuesta {{precio:NODO}}.");
        await SnippetAsync("doble", "Uno {{fragmento:aviso}}");

        var rendered = Renderer.Render("T", "Hola\n\n{{fragmento:aviso}}", new Rendering.SomeLinks());
        var nested = Renderer.Render("T", "{{fragmento:doble}}", new Rendering.SomeLinks());

        Assert.Contains("""Cierre el <strong>gas</strong>. Cuesta <span class="live">$499.00 al mes</span>.""", rendered.Html, StringComparison.Ordinal);
        Assert.Equal("Antes de empezar", rendered.Sections[^1].Heading);
        Assert.Equal(["fragmento:aviso", "precio:nodo"], rendered.Figures.Select(f => f.Key));
        Assert.Equal(["{{fragmento:aviso}}"], nested.Problems.Select(p => p.Detail));
    }

    [Fact]
    public async Task ASnippetThatComesToHoldAnother_IsRenderedOnce_AndKeepsNewTextsFromBeingPublished()
    {
        await SnippetAsync("uno", "Uno.");
        await SnippetAsync("dos", "Dos.");
        Write("precios/con.md", "{{fragmento:uno}}");
        await LiveImportAsync();
        await FollowAsync();
        var (id, version) = ((await ArticleAsync("con")).Id, (await InAsync(db => db.Snippets.SingleAsync(s => s.Key == "uno"))).Version);
        await InAsync(db => new WriteSnippet(db, Clock).SaveAsync("uno", version, "Uno y {{fragmento:dos}}.", Eva, NoCancel));

        Assert.Equal((1, 0), (await FollowAsync(), await FollowAsync()));

        await InAsync(db => new WriteArticle(db, Renderer, Clock).SaveAsync(id, 1, new ArticleContent { Title = "CON", Category = "precios", Body = "Ahora {{fragmento:uno}}" }, Eva, NoCancel));
        Assert.Equal(PublishResult.UnknownFigure, await InAsync(db => new PublishArticle(db, EditingRules.Open, Clock, current).PublishAsync(id, 2, null, Eva, NoCancel)));
    }

    [Fact]
    public async Task TooMuch_IsNotPutIn_AndSaidSo()
    {
        await CatalogueAsync("499");
        await SnippetAsync("largo", new string('a', Snippet.BodyMaxLength));

        var many = Renderer.Render("T", string.Join("\n\n", Enumerable.Repeat("{{precio:NODO}}", LiveText.Most + 5)), new Rendering.SomeLinks());
        var large = Renderer.Render("T", string.Join("\n\n", Enumerable.Repeat("{{fragmento:largo}}", 60_000)), new Rendering.SomeLinks());

        Assert.Equal(LiveText.Most, many.Html.Split("$499.00").Length - 1);
        Assert.Equal(["{{precio:nodo}}"], many.Problems.Select(p => p.Detail));
        Assert.InRange(large.Html.Length, 1, 4 * 1024 * 1024);
        Assert.Equal([ProblemKind.TooComplex], large.Problems.Select(p => p.Kind));
    }

    [Fact]
    public void Countries_SeeTheirOwnParts()
    {
        current.Figures = CompanyFacts.Read(Brisal, Agenda.None, [], [], TestWords.Spanish);
        var html = Html("Para todos.\n\n:::país mx\nEn **México**.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n:::\n\n:::pais CO, MX\nEn los dos.\n\n> [!NOTE]\n> Nota\n:::\n\n:::otra cosa\nSin marcas.\n:::\n\nFin `<div data-pais=\"CO\">`.");

        var (mexico, colombia, peru) = (CountryBlocks.For(html, "MX"), CountryBlocks.For(html, "CO"), CountryBlocks.For(html, "PE"));

        Assert.All([mexico, colombia, peru], seen => Assert.Contains("Para todos.", seen, StringComparison.Ordinal));
        Assert.All([mexico, colombia, peru], seen => Assert.EndsWith("&lt;div data-pais=\"CO\"&gt;</code>.</p>", seen, StringComparison.Ordinal));
        Assert.Contains("En <strong>México</strong>", mexico, StringComparison.Ordinal);
        Assert.Contains("table", mexico, StringComparison.Ordinal);
        Assert.DoesNotContain("México", colombia, StringComparison.Ordinal);
        Assert.Contains("En los dos.", colombia, StringComparison.Ordinal);
        Assert.DoesNotContain("En los dos.", peru, StringComparison.Ordinal);
        Assert.Contains("<p>Sin marcas.</p>", peru, StringComparison.Ordinal);
        Assert.Equal(0, Balance(mexico) + Balance(colombia) + Balance(peru));
    }

    [Theory]
    [InlineData(":::pais MX\n:::pais CO\nHola\n:::\n:::\n\nFin")]
    [InlineData("<div data-pais=\"MX\"><div data-pais='CO'>Hola</div>\n\nFin")]
    [InlineData(":::pais MX\n<div><div data-pais=\"MX\n\nHola")]
    [InlineData(":::pais <script>alert(1)</script>\nHola\n:::\n\nFin")]
    [InlineData("<div data-pais=\"&quot;><script>\">Hola</div>\n\nFin")]
    public void Countries_WrittenStrangely_LeaveWholeHtml(string markdown)
    {
        current.Figures = CompanyFacts.Read(Brisal, Agenda.None, [], [], TestWords.Spanish);
        var html = Html(markdown);

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.All(["MX", "CO", "PE"], country => Assert.Equal(0, Balance(CountryBlocks.For(html, country))));
    }

    [Fact]
    public async Task AChangedPrice_ChangesEveryArticleThatNamesIt_AndNoOther()
    {
        await CatalogueAsync("499");
        Write("precios/con.md", "Cuesta {{precio:NODO}}.").Write("articles/precios/sin.md", "---\ntitle: SIN\n---\n\nNada.\n");
        await LiveImportAsync();
        await FollowAsync();
        var (before, other) = (await ArticleAsync("con"), (await ArticleAsync("sin")).ChangeNumber);
        Assert.Contains("$499.00 al mes", before.PublishedRevision!.Html, StringComparison.Ordinal);

        await CatalogueAsync("525.50", read: false);
        Assert.Equal(1, await FollowAsync());
        Assert.Equal(0, await FollowAsync());

        var after = await ArticleAsync("con");
        Assert.Contains("$525.50 al mes", after.PublishedRevision!.Html, StringComparison.Ordinal);
        Assert.Contains("$525.50", after.PublishedRevision.Sections[0].Text, StringComparison.Ordinal);
        Assert.True(after.ChangeNumber > before.ChangeNumber);
        Assert.Equal((1, other), (after.LatestRevisionNumber, (await ArticleAsync("sin")).ChangeNumber));
    }

    [Fact]
    public async Task ADraftSavedBeforeAPriceChanged_ShowsTheNewOneOncePublished()
    {
        await CatalogueAsync("499");
        Write("precios/con.md", "Antes.");
        await LiveImportAsync();
        var id = (await ArticleAsync("con")).Id;
        await InAsync(db => new WriteArticle(db, Renderer, Clock).SaveAsync(id, 1, new ArticleContent { Title = "CON", Category = "precios", Body = "Cuesta {{precio:NODO}}." }, Eva, NoCancel));
        await CatalogueAsync("600", read: false);
        await FollowAsync();

        await InAsync(db => new PublishArticle(db, EditingRules.Open, Clock, current).PublishAsync(id, 2, null, Eva, NoCancel));
        await FollowAsync();

        Assert.Contains("$600.00", (await ArticleAsync("con")).PublishedRevision!.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatNamesWhatDoesNotExist_IsNotLoaded_AndWhatWasPublishedStays()
    {
        await CatalogueAsync("499");
        Write("precios/con.md", "Cuesta {{precio:NODO}}.");
        await LiveImportAsync();
        Write("precios/con.md", "Ahora cuesta {{precio:NADA}}.");

        var report = await LiveImportAsync();

        Assert.Equal(1, report.Failed);
        Assert.Equal([(ProblemKind.UnknownFigure, 5)], report.Problems.Select(p => (p.Kind, p.Line)));
        Assert.Contains("$499.00", (await ArticleAsync("con")).PublishedRevision!.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNotSoldAnyMore_IsSaidToBeUnknown_AndKeepsADraftFromBeingPublished()
    {
        await CatalogueAsync("499");
        Write("precios/con.md", "Cuesta {{precio:NODO}}.");
        await LiveImportAsync();
        var id = (await ArticleAsync("con")).Id;
        await InAsync(db => new WriteArticle(db, Renderer, Clock).SaveAsync(id, 1, new ArticleContent { Title = "CON", Category = "precios", Body = "Hoy cuesta {{precio:NODO}}." }, Eva, NoCancel));
        Folder.Write("catalog/nodo.yaml", "title: Nodo\nshelf: lavado\nprice: 499\nstock: 1\non_sale: false\n");
        await ImportCatalogueAsync();

        await FollowAsync();
        var refused = await InAsync(db => new PublishArticle(db, EditingRules.Open, Clock, current).PublishAsync(id, 2, null, Eva, NoCancel));

        Assert.Equal(PublishResult.UnknownFigure, refused);
        Assert.Contains("dato no disponible", (await ArticleAsync("con")).PublishedRevision!.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Snippets_AreChangedByOneAtATime_AndStayWhileTheyAreShown()
    {
        var write = (Func<WriteSnippet, Task<SnippetResult>> act) => InAsync(db => act(new WriteSnippet(db, Clock)));
        Assert.Equal(SnippetResult.Done, await write(w => w.AddAsync("aviso", "Uno.", Eva, NoCancel)));
        Assert.Equal(SnippetResult.Taken, await write(w => w.AddAsync("aviso", "Dos.", Eva, NoCancel)));
        var version = (await InAsync(db => db.Snippets.SingleAsync())).Version;
        await FollowAsync();
        Write("precios/con.md", "Lea:\n\n{{fragmento:aviso}}");
        await LiveImportAsync();

        Assert.Equal(SnippetResult.InUse, await write(w => w.DeleteAsync("aviso", version, NoCancel)));
        Assert.Equal(SnippetResult.Done, await write(w => w.SaveAsync("aviso", version, "Cierre el *agua*.", Eva, NoCancel)));
        Assert.Equal(SnippetResult.Overtaken, await write(w => w.SaveAsync("aviso", version, "Otro.", Eva, NoCancel)));
        Assert.Equal(SnippetResult.Gone, await write(w => w.SaveAsync("nada", 1, "Otro.", Eva, NoCancel)));
        Assert.Equal(1, await FollowAsync());

        Assert.Contains("Cierre el <em>agua</em>.", (await ArticleAsync("con")).PublishedRevision!.Html, StringComparison.Ordinal);
        Assert.Equal([("con", "CON")], (await InAsync(db => new WriteSnippet(db, Clock).UsesAsync("fragmento:aviso", NoCancel))).Select(u => (u.Slug, u.Title)));
    }

    [Fact]
    public async Task Snippets_OfFiles_AreBroughtInAndExported_WithoutOverwritingTheBrowser()
    {
        Folder.Write("snippets/aviso.md", "Cierre el gas.\n").Write("snippets/vacio.md", "\n");
        var first = await SnippetsAsync(Folder.Root);
        Folder.Write("snippets/aviso.md", "Cierre el agua.\n");
        var second = await SnippetsAsync(Folder.Root);
        var snippet = await InAsync(db => db.Snippets.SingleAsync());
        await InAsync(db => new WriteSnippet(db, Clock).SaveAsync("aviso", snippet.Version, "Del navegador.", Eva, NoCancel));
        Folder.Write("snippets/aviso.md", "Otra vez del archivo.\n");
        var third = await SnippetsAsync(Folder.Root);
        using var target = new TestFolder();
        await InAsync(db => new ExportArticles(db).RunAsync(target.Root, null, NoCancel));
        var again = await SnippetsAsync(target.Root);

        Assert.Equal((1, 1), (first.Created, first.Failed));
        Assert.Equal((1, "Cierre el agua."), (second.Updated, snippet.Body));
        Assert.Equal(1, third.Conflicts);
        Assert.Equal("Del navegador.\n", await File.ReadAllTextAsync(target.PathOf("snippets/aviso.md")));
        Assert.Equal((1, 0), (again.Unchanged, again.Conflicts));
    }

    private static readonly Editor Eva = new(Guid.NewGuid(), "Eva", "eva@ensayo.example", IsAdmin: true);

    private static int Balance(string html) => html.Split("<div").Length - html.Split("</div>").Length;

    private string Html(string markdown) => Renderer.Render("T", markdown, new Rendering.SomeLinks()).Html;

    private async Task CatalogueAsync(string price, bool read = true)
    {
        Folder.Write("catalog/_catalog.yaml", "shelves:\n  - { key: lavado, name: Lavado, icon: washer }\n");
        Folder.Write("catalog/nodo.yaml", $"title: Nodo\nshelf: lavado\nprice: {price}\nprice_note: al mes\nstock: 1\n");
        await ImportCatalogueAsync();
        if (read)
        {
            await FollowAsync();
        }
    }

    private Task<ImportReport> ImportCatalogueAsync() =>
        InAsync(db => new ImportCatalog(db, new ArticleRenderer(TestWords.Spanish), OrderRules.Plain(Brisal), Brisal, Clock).RunAsync(Folder.Root, null, NoCancel));

    private Task<ImportReport> LiveImportAsync() => InAsync(db => new ImportArticles(db, Renderer, Clock).RunAsync(Folder.Root, null, NoCancel));

    private Task<ImportReport> SnippetsAsync(string folder) => InAsync(db => new ImportSnippets(db, Clock).RunAsync(folder, NoCancel));

    private Task<int> FollowAsync() => InAsync(db => new FollowLiveData(db, current, Brisal, Agenda.None, TestWords.Spanish, new RerenderArticles(db, Renderer)).RunAsync(NoCancel));

    private async Task SnippetAsync(string key, string body)
    {
        await InAsync(db => new WriteSnippet(db, Clock).AddAsync(key, body, Eva, NoCancel));
        await FollowAsync();
    }
}
