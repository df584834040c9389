using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Editor;

/// <summary>Editors write, look, ask each other, publish, and take back; in a portal of their own, because others count its articles.</summary>
public sealed class EditorTests(TrialPortal portal) : IClassFixture<TrialPortal>
{
    private const string Elena = "elena@brisal.example";
    private const string Julian = "julian@brisal.example";

    private static int last;

    // The head of a file, which is what an image is recognised by.
    private static byte[] Png(byte width, byte height) => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, width, 0, 0, 0, height, 8, 6, 0, 0, 0];

    private static string NewTitle() => $"Cómo podar el árbol {Interlocked.Increment(ref last)}";

    private static string Of(string slug, string part = "") => "/editor/articulos/" + slug + (part.Length > 0 ? "/" + part : "");

    private async Task<string> BeginAsync(HttpClient editor, string? title = null)
    {
        using var answer = await editor.FillAsync("/editor/nuevo", "main form[method=post]", ("ArticleTitle", title ?? NewTitle()), ("Topic", "variado"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.RequestMessage!.RequestUri!.AbsolutePath.Split('/')[^1];
    }

    private static (string, string)[] Text(string title, string body, string keywords = "") => [("Title", title), ("Topic", "variado"), ("Body", body), ("Keywords", keywords), ("Audience", "Public")];

    private static Task<HttpResponseMessage> SaveAsync(HttpClient editor, string slug, string title, string body, string keywords = "") =>
        editor.FillAsync(Of(slug), "form#articulo", Text(title, body, keywords));

    private async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var scope = portal.Host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    [Theory]
    [InlineData("/editor")]
    [InlineData("/editor/nuevo")]
    [InlineData("/editor/articulos/todo")]
    [InlineData("/editor/articulos/todo/publicar")]
    [InlineData("/editor/articulos/todo/historial")]
    [InlineData("/editor/enlaces?q=zarzamora")]
    public async Task Get_ByWhoDoesNotWrite_IsNotForHer(string address)
    {
        using var anybody = portal.Host.Browser(followRedirects: false);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var asked = await anybody.GetAsync(address);
        using var refused = await agent.GetAsync(address);

        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var allowed = await editor.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
    }

    [Fact]
    public async Task Post_FromTitleToPublished_IsReadAndFoundByAnybody()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var anybody = portal.Host.Browser();
        var title = NewTitle();
        var slug = await BeginAsync(editor, title);
        using var saved = await SaveAsync(editor, slug, title, "Corte las ramas secas del **tejocotero** en febrero.", "tejocotero seco");
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync("/articulos/" + slug)).StatusCode);

        using var published = await editor.FillAsync(Of(slug, "publicar"), $"form[action='{Of(slug, "publicar")}'][method=post]");

        Assert.EndsWith("?hecho=publicado", published.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
        Assert.NotNull((await anybody.PageAsync("/articulos/" + slug)).QuerySelector("main strong"));
        await Eventually.IsTrueAsync(async () => (await anybody.PageAsync("/buscar?q=tejocotero+seco")).Articles().Contains("/articulos/" + slug));
    }

    [Fact]
    public async Task Post_WhoSavesSecond_SeesBothTextsAndLosesNothing()
    {
        using var one = await portal.Host.BrowserOfAsync(Elena);
        using var other = await portal.Host.BrowserOfAsync(Julian);
        var title = NewTitle();
        var slug = await BeginAsync(one, title);
        using var first = await SaveAsync(one, slug, title, "Uno.\n\nDos.\n\nTres.");
        var form = (await other.PageAsync(Of(slug))).QuerySelector<IHtmlFormElement>("form#articulo")!;
        var hidden = form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)).ToList();
        using var second = await SaveAsync(one, slug, title, "Uno con más.\n\nDos.\n\nTres.");

        using var refused = await other.SendFormAsync(Of(slug), [.. hidden, .. Text(title, "Uno.\n\nDos.\n\nTres de otro.")]);
        var page = await refused.PageAsync();

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("Uno.\n\nDos.\n\nTres de otro.", page.QuerySelector<IHtmlTextAreaElement>("#Body")!.Value.ReplaceLineEndings("\n"));
        Assert.Contains("Uno con más.", page.QuerySelector(".editor-meeting .editor-lines")!.TextContent, StringComparison.Ordinal);
        var together = page.QuerySelector<IHtmlTextAreaElement>("#Together")!.Value.ReplaceLineEndings("\n").Trim('\n');
        Assert.Equal("Uno con más.\n\nDos.\n\nTres de otro.", together);
        var again = page.QuerySelector<IHtmlFormElement>("form#articulo")!.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value));
        using var joined = await other.SendFormAsync(Of(slug) + "?handler=Juntar", [.. again, .. Text(title, "Uno.\n\nDos.\n\nTres de otro."), ("Together", together)]);
        Assert.Equal(together, (await joined.PageAsync()).QuerySelector<IHtmlTextAreaElement>("#Body")!.Value.ReplaceLineEndings("\n"));
        using var saved = await other.SendFormAsync(Of(slug), [.. again, .. Text(title, together)]);
        Assert.EndsWith("?hecho=guardado", saved.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhoSavesSecond_TakesOverTheFieldsThatOnlyTheOtherChangedAndIsShownThoseThatBothDid()
    {
        using var one = await portal.Host.BrowserOfAsync(Elena);
        using var other = await portal.Host.BrowserOfAsync(Julian);
        var title = NewTitle();
        var slug = await BeginAsync(one, title);
        (await SaveAsync(one, slug, title, "Uno.", "podar")).Dispose();
        var hidden = (await other.PageAsync(Of(slug))).QuerySelector<IHtmlFormElement>("form#articulo")!.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)).ToList();
        (await SaveAsync(one, slug, title + " bien", "Uno.", "podar\ncortar ramas")).Dispose();

        using var refused = await other.SendFormAsync(Of(slug), [.. hidden, .. Text(title + " mejor", "Uno y dos.", "podar")]);

        var page = await refused.PageAsync();
        Assert.Equal("podar\ncortar ramas", page.QuerySelector<IHtmlTextAreaElement>("#Keywords")!.Value.ReplaceLineEndings("\n"));
        Assert.Equal(title + " mejor", page.QuerySelector<IHtmlInputElement>("#Title")!.Value);
        Assert.Equal("Uno y dos.", page.QuerySelector<IHtmlTextAreaElement>("#Body")!.Value);
        Assert.Equal([title + " bien"], page.QuerySelectorAll(".editor-meeting q").Select(q => q.TextContent));
        Assert.Null(page.QuerySelector("#Together"));
    }

    [Fact]
    public async Task Post_Invalid_KeepsEverythingTyped()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var slug = await BeginAsync(editor);

        using var refused = await editor.FillAsync(Of(slug), "form#articulo", ("Title", " "), ("Topic", "no-existe"), ("Body", "Texto que no se pierde 🌵"), ("ReviewBy", "ayer"), ("Keywords", new string('x', 10_000)), ("Audience", "Public"));
        var page = await refused.PageAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Texto que no se pierde 🌵", page.QuerySelector<IHtmlTextAreaElement>("#Body")!.Value, StringComparison.Ordinal);
        Assert.Equal(["#Title", "#Topic", "#Keywords", "#ReviewBy"], page.QuerySelectorAll("[data-error-summary] a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public async Task Post_Preview_IsWhatReadersWillSeeAndRunsNothing()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var slug = await BeginAsync(editor);
        var hidden = (await editor.PageAsync(Of(slug))).QuerySelector<IHtmlFormElement>("form#articulo")!.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)).ToList();

        using var answer = await editor.SendFormAsync(Of(slug, "vista"), [.. hidden, .. Text("T", "Abra el [corto](corto).\n\n<script>alert(1)</script><img src=x onerror=alert(2)>")]);
        var html = await answer.Content.ReadAsStringAsync();
        using var whole = await editor.SendFormAsync(Of(slug) + "?handler=Vista", [.. hidden, .. Text("T", "Sin **guion**.")]);

        Assert.Contains("href=\"/articulos/corto\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onerror", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("guion", (await whole.PageAsync()).QuerySelector(".editor-preview strong")!.TextContent);
    }

    [Fact]
    public async Task Post_Kept_IsShownToHerAloneUntilSheSavesOrDiscards()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var other = await portal.Host.BrowserOfAsync(Julian);
        var slug = await BeginAsync(editor);
        var hidden = (await editor.PageAsync(Of(slug))).QuerySelector<IHtmlFormElement>("form#articulo")!.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(i => (i.Name!, i.Value)).ToList();

        using var kept = await editor.SendFormAsync(Of(slug, "conservar"), [.. hidden, .. Text("", "A medio escribir")]);

        Assert.Equal(1, JsonDocument.Parse(await kept.Content.ReadAsStringAsync()).RootElement.GetProperty("newest").GetInt32());
        Assert.Equal("A medio escribir", (await editor.PageAsync(Of(slug))).QuerySelector<IHtmlTextAreaElement>("#Body")!.Value.Trim());
        Assert.Equal("", (await other.PageAsync(Of(slug))).QuerySelector<IHtmlTextAreaElement>("#Body")!.Value.Trim());
        (await editor.FillAsync(Of(slug), "form[action*='Descartar']")).Dispose();
        Assert.Equal("", (await editor.PageAsync(Of(slug))).QuerySelector<IHtmlTextAreaElement>("#Body")!.Value.Trim());
    }

    [Fact]
    public async Task Post_Image_IsStoredOnceAndWhatIsNoneIsRefused()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var slug = await BeginAsync(editor);
        var token = (await editor.PageAsync(Of(slug))).QuerySelector<IHtmlInputElement>("form#articulo input[name=__RequestVerificationToken]")!.Value;

        var first = await SendAsync(Png(31, 17));
        var second = await SendAsync(Png(31, 17));

        Assert.Equal((HttpStatusCode.OK, first.Body), (second.Status, second.Body));
        var url = JsonDocument.Parse(first.Body).RootElement.GetProperty("url").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("<html>no</html>"u8.ToArray())).Status);

        async Task<(HttpStatusCode Status, string Body)> SendAsync(byte[] bytes)
        {
            using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(bytes), "imagen", "foto.png" } };
            using var answer = await editor.PostAsync("/editor/imagenes", form);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Post_Publish_WithoutTextOrInThePast_IsRefused()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var title = NewTitle();
        var slug = await BeginAsync(editor, title);
        var address = Of(slug, "publicar");

        using var empty = await editor.FillAsync(address, $"form[action='{address}'][method=post]");
        (await SaveAsync(editor, slug, title, "Ahora sí hay texto.")).Dispose();
        using var past = await editor.FillAsync(address, "form[action*='Programar']", ("Moment", "2020-01-01T10:00"));
        using var later = await editor.FillAsync(address, "form[action*='Programar']", ("Moment", "2099-01-01T10:00"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (empty.StatusCode, past.StatusCode));
        Assert.EndsWith("?hecho=programado", later.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
        Assert.Contains((await editor.PageAsync("/editor?ver=programados")).QuerySelectorAll("main td a"), a => a.GetAttribute("href") == Of(slug));
        (await editor.FillAsync(address, "form[action*='Detener']")).Dispose();
        Assert.Null(await InAsync(db => db.Articles.Where(a => a.Slug == slug).Select(a => a.PublishAt).SingleAsync()));
    }

    [Fact]
    public async Task Post_Review_TellsWhatToMendAndASettledCommentIsSo()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var reader = await portal.Host.BrowserOfAsync(Julian);
        var title = NewTitle();
        var slug = await BeginAsync(editor, title);
        (await SaveAsync(editor, slug, title, "Haz clic [aquí](corto).\n\n![](nada.png)")).Dispose();
        var address = Of(slug, "publicar");

        (await editor.FillAsync(address, "form[action*='Enviar']")).Dispose();
        var page = await reader.PageAsync(address + "?preguntas=podar+arbol");
        (await reader.FillAsync(address, "form[action*='Comentar']", ("Quote", "Haz clic [aquí](corto)."), ("Comment", "Diga a dónde lleva <b>el enlace</b>."))).Dispose();
        (await reader.FillAsync(address, "form[action*='Devolver']", ("Why", "Falta describir la imagen"))).Dispose();

        Assert.Contains("nada.png", page.QuerySelector(".editor-findings")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("tú", page.QuerySelector(".editor-findings")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".editor-places tbody tr"));
        var writing = await editor.PageAsync(Of(slug));
        Assert.Contains("Diga a dónde lleva <b>el enlace</b>.", writing.QuerySelector(".editor-comment-list")!.TextContent, StringComparison.Ordinal);
        (await editor.FillAsync(address, "form[action*='Resuelto']")).Dispose();
        Assert.Null((await editor.PageAsync(Of(slug))).QuerySelector(".editor-comment-list"));
        Assert.Contains("Falta describir la imagen", (await editor.PageAsync(Of(slug, "historial"))).QuerySelector(".editor-history")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Differences_ShowBothSidesAndAnOldRevisionComesBack()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var title = NewTitle();
        var slug = await BeginAsync(editor, title);
        (await SaveAsync(editor, slug, title, "El árbol crece despacio.")).Dispose();
        (await SaveAsync(editor, slug, title, "El árbol crece rápido <script>alert(1)</script>.")).Dispose();

        var seen = await editor.PageAsync(Of(slug, "diferencias") + "?de=2&a=3");
        var source = await editor.PageAsync(Of(slug, "diferencias") + "?de=2&a=3&vista=texto");

        Assert.Equal("despacio", seen.QuerySelector(".editor-compared del")!.TextContent.Trim('.', ' '));
        Assert.Contains("rápido", seen.QuerySelector(".editor-compared ins")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", source.QuerySelector(".editor-lines .is-added")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(Of(slug, "diferencias") + "?de=2&a=99")).StatusCode);
        using var restored = await editor.FillAsync(Of(slug, "historial"), "form:has(input[name=n][value='2'])");
        Assert.Equal("El árbol crece despacio.", (await editor.PageAsync(Of(slug))).QuerySelector<IHtmlTextAreaElement>("#Body")!.Value.Trim());
        Assert.Contains("title: ", await editor.GetStringAsync(Of(slug, "historial") + "?handler=Archivo&n=4"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Retire_TakesItFromReadersAndBack()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var anybody = portal.Host.Browser();
        var title = NewTitle();
        var slug = await BeginAsync(editor, title);
        (await SaveAsync(editor, slug, title, "Texto.")).Dispose();
        (await editor.FillAsync(Of(slug, "publicar"), $"form[action='{Of(slug, "publicar")}'][method=post]")).Dispose();
        await anybody.PageAsync("/articulos/" + slug);

        (await editor.FillAsync(Of(slug, "retirar"), "form[action*='Papelera']")).Dispose();

        await Eventually.IsTrueAsync(async () => (await anybody.GetAsync("/articulos/" + slug)).StatusCode == HttpStatusCode.NotFound);

        Assert.Contains((await editor.PageAsync("/editor?ver=papelera")).QuerySelectorAll("main td a"), a => a.GetAttribute("href") == Of(slug));
        (await editor.FillAsync(Of(slug, "retirar"), "form[action*='Recuperar']")).Dispose();
        Assert.Equal(ArticleStatus.Draft, await InAsync(db => db.Articles.Where(a => a.Slug == slug).Select(a => a.Status).SingleAsync()));
    }

    [Fact]
    public async Task Get_Targets_NameArticlesToLinkTo()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);

        var targets = JsonDocument.Parse(await editor.GetStringAsync("/editor/enlaces?q=articulo+corto")).RootElement;

        Assert.Contains(targets.EnumerateArray(), t => t.GetProperty("url").GetString() == "/articulos/corto");
        Assert.Equal(0, JsonDocument.Parse(await editor.GetStringAsync("/editor/enlaces?q=")).RootElement.GetArrayLength());
    }
}
