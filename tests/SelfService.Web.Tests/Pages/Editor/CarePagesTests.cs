using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Care;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Editor;

/// <summary>Editors look after what is published: comments, topics, old addresses, many articles at once, versions.</summary>
public sealed class CarePagesTests(TwoCountriesPortal portal) : IClassFixture<TwoCountriesPortal>
{
    private const string Elena = "elena@brisal.example";

    [Theory]
    [InlineData("/editor/comentarios")]
    [InlineData("/editor/direcciones")]
    [InlineData("/editor/temas")]
    [InlineData("/editor/tema")]
    [InlineData("/editor/tema/variado")]
    [InlineData("/editor/versiones")]
    public async Task Get_IsForEditorsOnly_InBothLanguages(string address)
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        using var refused = await agent.GetAsync(address);
        using var editor = await portal.Host.BrowserOfAsync(Elena, language: "en");

        var page = await editor.PageAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.NotNull(page.QuerySelector("nav.editor-nav"));
    }

    [Fact]
    public async Task Remind_EditorsOfWhatIsDue_InPlainTextToo_AndNotOfWhatWasCheckedMeanwhile()
    {
        await InAsync(async db => await db.Articles.Where(a => a.Slug == "precios").ExecuteUpdateAsync(set => set.SetProperty(a => a.ReviewBy, DateTime.UtcNow.AddDays(-1))));
        await RemindAsync();

        var mail = await portal.Host.Mailbox.NextAsync(Elena);

        Assert.Contains("- Precios del nodo", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Precios del nodo", mail.Html, StringComparison.Ordinal);
        Assert.EndsWith("/editor?ver=por-revisar", mail.LinkTo("/editor"), StringComparison.Ordinal);
        // Checked while the mail was waiting.
        await InAsync(async db =>
        {
            await db.Articles.Where(a => a.Slug == "precios").ExecuteUpdateAsync(set => set.SetProperty(a => a.ReviewBy, (DateTime?)null));
            db.Jobs.Add(new MailRequest(MailKind.ReviewDue, "es") { PersonId = await db.Users.Where(p => p.Email == Elena).Select(p => p.Id).SingleAsync() }.ToJob(DateTime.UtcNow));
            await db.SaveChangesAsync();
        });
        await portal.Host.Mailbox.NothingAsync(Elena);
    }

    [Fact]
    public async Task Post_Comment_IsWorkedThrough()
    {
        await InAsync(async db =>
        {
            var article = await db.Articles.SingleAsync(a => a.Slug == "precios");
            db.ArticleVotes.Add(new ArticleVote { ArticleId = article.Id, VisitorId = Guid.NewGuid(), Comment = "Falta <b>el precio</b> de la antena\nGracias", VotedAt = DateTime.UtcNow });
            await db.SaveChangesAsync();
        });
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        Assert.Contains("Falta <b>el precio</b> de la antena", (await editor.PageAsync("/editor/comentarios")).QuerySelector(".editor-history")!.TextContent, StringComparison.Ordinal);

        using var settled = await editor.FillAsync("/editor/comentarios", ".editor-history form");

        Assert.DoesNotContain("antena", await settled.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var opened = await editor.FillAsync("/editor/comentarios?atendidos=true", ".editor-history form", ("open", "true"));
        Assert.Contains("antena", await editor.GetStringAsync("/editor/comentarios"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Redirect_LeadsReadersOn()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var anybody = portal.Host.Browser();

        using var refused = await editor.FillAsync("/editor/direcciones", "form.form", ("From", "/viejo/precios"), ("To", "no-hay"));
        using var added = await editor.FillAsync("/editor/direcciones", "form.form", ("From", "/viejo/precios"), ("To", "/articulos/precios"));
        var led = await anybody.GetAsync("/viejo/precios");
        using var deleted = await editor.FillAsync("/editor/direcciones?q=viejo", "form[action*=Borrar]");
        var gone = await anybody.GetAsync("/viejo/precios");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (refused.StatusCode, added.StatusCode));
        Assert.Equal("/articulos/precios", led.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Post_Topic_IsAddedRenamedMovedAndDeleted()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);

        using var empty = await editor.FillAsync("/editor/tema", "form.form", ("Name", " "));
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var added = await editor.FillAsync("/editor/tema", "form.form", ("Name", "Gas <natural>"), ("Description", "Del gas"), ("Icon", "flame"));
        Assert.Equal("/editor/temas", added.RequestMessage!.RequestUri!.AbsolutePath);
        using var taken = await editor.FillAsync("/editor/tema", "form.form", ("Name", "Gas natural"));
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        using var moved = await editor.FillAsync("/editor/temas", "form:has([value=gas-natural])", ("up", "true"));
        Assert.Equal("gas-natural", (await editor.PageAsync("/editor/temas")).QuerySelector("input[name=slug]")!.GetAttribute("value"));
        using var renamed = await editor.FillAsync("/editor/tema/gas-natural", "form.form", ("Name", "Gas en casa"), ("Icon", "<script>"));
        Assert.Contains("Gas en casa", await renamed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var deleted = await editor.FillAsync("/editor/tema/gas-natural", "form[action*=Borrar]");
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/editor/tema/gas-natural")).StatusCode);
    }

    [Fact]
    public async Task Post_Many_ChangesWhatWasMarked_AndSaysWhatCameOfIt()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);

        using var nothing = await editor.FillAsync("/editor", "form[action='/editor/varios']", ("Action", "etiqueta"), ("Tag", "gas"));
        using var incomplete = await editor.FillAsync("/editor", "form[action='/editor/varios']", ("articulo", "precios"), ("Action", "etiqueta"), ("Tag", " "));
        using var tagged = await editor.FillAsync("/editor", "form[action='/editor/varios']", ("articulo", "precios"), ("articulo", "paises"), ("articulo", "no-hay"), ("Action", "etiqueta"), ("Tag", "revisado en noviembre"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK), (nothing.StatusCode, incomplete.StatusCode, tagged.StatusCode));
        Assert.Contains("Artículos cambiados: 2.", await tagged.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("revisado en noviembre", (await editor.PageAsync("/editor/articulos/precios")).QuerySelector("#Tags")!.GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ReadersOfAnotherLanguage_AreListedTheirVariant_AndLedToTheOthers()
    {
        using var spanish = portal.Host.Browser();
        using var english = portal.Host.Browser(language: "en");

        Assert.Contains("/articulos/horario", (await spanish.PageAsync("/temas/variado")).Articles());
        Assert.DoesNotContain("/articulos/opening", (await spanish.PageAsync("/temas/variado")).Articles());
        Assert.Contains("/articulos/opening", (await english.PageAsync("/temas/variado")).Articles());
        Assert.DoesNotContain("/articulos/horario", (await english.PageAsync("/temas/variado")).Articles());
        Assert.Contains("/articulos/opening", (await english.PageAsync("/buscar?q=umbrella")).Articles());
        Assert.DoesNotContain("/articulos/opening", (await spanish.PageAsync("/buscar?q=umbrella")).Articles());
        Assert.DoesNotContain("opening", await spanish.GetStringAsync("/sugerencias?q=opening"), StringComparison.Ordinal);
        var page = await english.PageAsync("/articulos/opening");
        Assert.Equal("en", page.QuerySelector("article")!.GetAttribute("lang"));
        Assert.Equal("/articulos/horario", page.QuerySelector(".article-head a[hreflang=es]")!.GetAttribute("href"));
        Assert.Equal(["en", "es", "x-default"], page.QuerySelectorAll("link[hreflang]").Select(l => l.GetAttribute("hreflang")!).Order());
    }

    [Fact]
    public async Task Post_Version_BeginsItWithTheTextOfTheArticle_Once()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var missing = await editor.PageAsync("/editor/versiones?en=en");
        Assert.DoesNotContain(missing.QuerySelectorAll("td a"), a => a.GetAttribute("href") == "/editor/articulos/horario");

        using var begun = await editor.FillAsync("/editor/versiones?en=en", "form:has([value=paises])");
        using var again = await editor.SendFormAsync("/editor/versiones?en=en", [.. missing.QuerySelectorAll("form:has([value=paises]) input").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!))]);

        var address = begun.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.Equal(address, again.RequestMessage!.RequestUri!.AbsolutePath);
        var form = await editor.PageAsync(address);
        Assert.Equal("paises", form.QuerySelector("#VariantOf")!.GetAttribute("value"));
        Assert.Equal("en", form.QuerySelector("#Language option[selected]")!.GetAttribute("value"));
        Assert.DoesNotContain((await editor.PageAsync("/editor/versiones?en=en")).QuerySelectorAll("td a"), a => a.GetAttribute("href") == "/editor/articulos/paises");
        using var wrong = await editor.FillAsync(address, "form#articulo", ("Title", "By country"), ("Topic", "variado"), ("Body", "Text"), ("Audience", "Public"), ("VariantOf", "no-hay"), ("Language", "en"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    private async Task RemindAsync()
    {
        await using var scope = portal.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RemindToReview>().RunAsync(CancellationToken.None);
    }

    private async Task InAsync(Func<PortalDbContext, Task> act)
    {
        await using var scope = portal.Host.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }
}
