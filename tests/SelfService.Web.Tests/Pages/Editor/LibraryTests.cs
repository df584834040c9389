using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Persistence;

namespace SelfService.Web.Tests.Pages.Editor;

/// <summary>The library of images: what there is, where it is used, and what can be deleted.</summary>
public sealed class LibraryTests(TrialPortal portal) : IClassFixture<TrialPortal>
{
    private const string Here = "/editor/biblioteca";
    private const string Elena = "elena@brisal.example";

    private static int last;

    // The head of a file, which is what an image is recognised by.
    private static byte[] Png() => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, (byte)Interlocked.Increment(ref last), 0, 0, 0, 50, 8, 6, 0, 0, 0];

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient editor, params (string Name, byte[] Bytes)[] files)
    {
        using var content = new MultipartFormDataContent { { new StringContent((await editor.PageAsync(Here)).QuerySelector<IHtmlInputElement>("form#imagenes [name=__RequestVerificationToken]")!.Value), "__RequestVerificationToken" } };
        foreach (var (name, bytes) in files)
        {
            content.Add(new ByteArrayContent(bytes), "Upload", name);
        }

        return await editor.PostAsync(Here, content);
    }

    private static async Task<string> ImageAsync(HttpClient editor, string name)
    {
        using var answer = await UploadAsync(editor, (name, Png()));
        Assert.Equal("?nuevas=1", answer.RequestMessage!.RequestUri!.Query);
        return (await answer.PageAsync()).QuerySelector(".library-name")!.GetAttribute("href")!;
    }

    private static async Task<string> UrlAsync(HttpClient editor, string page) => (await editor.PageAsync(page)).QuerySelector<IHtmlInputElement>("#direccion")!.Value;

    [Fact]
    public async Task Get_ByWhoDoesNotWrite_IsNotForHer()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        using var anybody = portal.Host.Browser(followRedirects: false);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var image = await ImageAsync(editor, "reservada.png");

        foreach (var address in new[] { Here, image, Here + "?handler=Lista" })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await anybody.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync(address)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"{Here}/{new string('0', 64)}")).StatusCode);
    }

    [Fact]
    public async Task Get_ShowsWhereAnImageIsUsedAndHowToUseIt()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);

        var row = (await editor.PageAsync(Here + "?q=figura")).QuerySelectorAll(".library > li").Single();

        Assert.Contains("320 × 180", row.Words(), StringComparison.Ordinal);
        Assert.Equal("/editor/articulos/todo", row.QuerySelector(".library-uses a")!.GetAttribute("href"));
        var page = await editor.PageAsync(row.QuerySelector(".library-name")!.GetAttribute("href")!);
        var url = page.QuerySelector<IHtmlInputElement>("#direccion")!.Value;
        Assert.Equal($"![]({url})", page.QuerySelector<IHtmlInputElement>("#markdown")!.Value);
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync(url)).StatusCode);
        Assert.Contains("Publicado", page.QuerySelector(".library-list").Words(), StringComparison.Ordinal);
        Assert.Contains("variado/todo.md", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("main form[method=post]"));
        Assert.DoesNotContain((await editor.PageAsync(Here + "?ver=sin-uso&q=figura")).QuerySelectorAll(".library > li"), _ => true);
        Assert.NotNull((await editor.PageAsync(Here + "?q=no+existe")).QuerySelector(".empty"));
    }

    [Fact]
    public async Task Post_Images_AreStoredAndWhatIsNoneIsNamed()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);

        using var answer = await UploadAsync(editor, ("Una foto.png", Png()), ("otra.png", Png()));
        using var refused = await UploadAsync(editor, ("buena.png", Png()), ("<b>mala</b>.png", "<html>"u8.ToArray()));
        using var empty = await UploadAsync(editor);

        Assert.Equal("?nuevas=2", answer.RequestMessage!.RequestUri!.Query);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (refused.StatusCode, empty.StatusCode));
        var page = await refused.PageAsync();
        Assert.Contains("«<b>mala</b>.png»", page.QuerySelector("[data-error-summary] a").Words(), StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll(".library-name"), n => n.TextContent == "buena.png");
        var list = JsonDocument.Parse(await editor.GetStringAsync(Here + "?handler=Lista&q=una+foto")).RootElement;
        Assert.Equal("una-foto.png", Assert.Single(list.EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Post_Delete_OfWhatNothingUses_DeletesIt()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var image = await ImageAsync(editor, "sobra.png");
        Assert.Contains((await editor.PageAsync(Here + "?ver=sin-uso&q=sobra")).QuerySelectorAll(".library-name"), n => n.GetAttribute("href") == image);

        using var answer = await editor.FillAsync(image, "main form[method=post]");

        Assert.NotNull((await answer.PageAsync()).QuerySelector(".notice-success"));
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(image)).StatusCode);
    }

    [Fact]
    public async Task Post_Delete_OfWhatATextBeganToUseMeanwhile_IsRefusedAndSaysWhere()
    {
        using var editor = await portal.Host.BrowserOfAsync(Elena);
        var image = await ImageAsync(editor, "usada.png");
        var (url, page) = (await UrlAsync(editor, image), await editor.PageAsync(image));
        using var begun = await editor.FillAsync("/editor/nuevo", "main form[method=post]", ("ArticleTitle", "Cómo usar la foto"), ("Topic", "variado"));
        var address = begun.RequestMessage!.RequestUri!.AbsolutePath;
        using var saved = await editor.FillAsync(address, "form#articulo", ("Title", "Cómo usar la foto"), ("Topic", "variado"), ("Body", $"![Una foto]({url})"), ("Audience", "Public"));

        using var refused = await editor.SendFormAsync(image, page.QuerySelectorAll<IHtmlInputElement>("main form[method=post] input[type=hidden]").Select(i => (i.Name!, i.Value)));

        var shown = await refused.PageAsync();
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("se usa", shown.QuerySelector("[data-error-summary]").Words(), StringComparison.Ordinal);
        Assert.Equal(address, shown.QuerySelector(".library-list a")!.GetAttribute("href"));
        await using var scope = portal.Host.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Media.AnyAsync(m => url.Contains(m.Hash)));
    }
}
