using System.IO.Compression;
using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SelfService.Core.KnowledgeBase;
using SelfService.Core.KnowledgeBase.Editing;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Pages.Editor;

/// <summary>Articles brought as an archive or as a folder: shown first, then imported; and everything taken away.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const string Here = "/editor/importar";
    private const string Elena = "elena@brisal.example";
    private const string Julian = "julian@brisal.example";

    private static readonly byte[] Png = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 31, 0, 0, 0, 17, 8, 6, 0, 0, 0];

    private readonly TestFolder content = new();
    private PortalHost host = null!;

    public async Task InitializeAsync()
    {
        content.Write("site.yaml", "name: Ensayo\nlocale: es-MX\ntime_zone: America/Mexico_City\ncurrency: MXN\ncountry: MX\n");
        content.Write("articles/frutas/higo.md", "---\ntitle: El higo\n---\nSobre el higo.\n");
        content.Write("articles/reservado/mora.md", "---\ntitle: La mora\n---\nSobre la mora.\n");
        var rules = new EditingRules(false, new Dictionary<string, IReadOnlySet<string>> { ["reservado"] = new HashSet<string> { Julian } });
        host = await PortalHost.StartAsync(content.Root, services: services => services.Replace(ServiceDescriptor.Singleton(rules)));
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        content.Dispose();
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return output.ToArray();
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<HttpResponseMessage> BringAsync(HttpClient editor, params (string Name, byte[] Bytes)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var field in (await editor.PageAsync(Here)).QuerySelectorAll<IHtmlInputElement>("form#importar input[type=hidden]"))
        {
            form.Add(new StringContent(field.Value), field.Name!);
        }

        foreach (var (name, bytes) in files)
        {
            form.Add(new ByteArrayContent(bytes), "Upload", name);
        }

        return await editor.PostAsync(Here, form);
    }

    // What a person without a script does: she looks again.
    private static async Task<IHtmlDocument> SettledAsync(HttpClient editor, string address)
    {
        for (var tries = 0; ; tries++)
        {
            var page = await editor.PageAsync(address);
            if (page.QuerySelector("[data-at-work]") is null)
            {
                return page;
            }

            Assert.True(tries < 15, "never done");
        }
    }

    private static async Task<(string Address, IHtmlDocument Page)> LookAsync(HttpClient editor, params (string Name, byte[] Bytes)[] files)
    {
        using var answer = await BringAsync(editor, files);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var address = answer.RequestMessage!.RequestUri!.AbsolutePath;
        Assert.StartsWith(Here + "/", address, StringComparison.Ordinal);
        return (address, await SettledAsync(editor, address));
    }

    private static async Task<IHtmlDocument> ConfirmAsync(HttpClient editor, string address)
    {
        (await editor.FillAsync(address, $"form[action='{address}'][method=post]")).Dispose();
        return await SettledAsync(editor, address);
    }

    private static List<string> Rows(IHtmlDocument page) => [.. page.QuerySelectorAll(".import-table tbody tr").Select(r => r.Words())];

    private async Task<Article?> ArticleAsync(string slug)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().Articles.AsNoTracking().Include(a => a.PublishedRevision).SingleOrDefaultAsync(a => a.Slug == slug);
    }

    [Theory]
    [InlineData("/editor/importar")]
    [InlineData("/editor/exportar")]
    public async Task Get_ByWhoDoesNotWrite_IsNotForHer(string address)
    {
        using var anybody = host.Browser(followRedirects: false);
        using var agent = await host.BrowserOfAsync(Steps.Agent);
        using var editor = await host.BrowserOfAsync(Elena);

        Assert.Equal(HttpStatusCode.Redirect, (await anybody.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await agent.GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Post_AnArchive_IsShownFirstAndReadByAnybodyOnceItIsConfirmed()
    {
        using var editor = await host.BrowserOfAsync(Elena);
        using var other = await host.BrowserOfAsync(Julian);
        using var anybody = host.Browser();
        var zip = Zip(
            ("frutas/higo.md", Text("---\ntitle: El higo\n---\nSobre el higo **maduro**.\n")), ("frutas/nopal.md", Text("---\ntitle: El nopal\n---\n![Un nopal](nopal.png)\n\n[Higo](higo.md)\n")),
            ("frutas/nopal.png", Png), ("frutas/roto.md", Text("---\ntitle: a: b\n---\nx")), ("leame.txt", Text("x")));

        var (address, page) = await LookAsync(editor, ("Mis artículos.zip", zip));

        Assert.Equal(["Cambia El higo frutas/higo.md", "No se carga frutas/roto.md frutas/roto.md", "Nuevo El nopal frutas/nopal.md"], Rows(page).Order(StringComparer.Ordinal));
        Assert.Contains("frutas/roto.md, línea 2", page.QuerySelector(".editor-findings").Words(), StringComparison.Ordinal);
        Assert.Contains("leame.txt", page.QuerySelector("details").Words(), StringComparison.Ordinal);
        Assert.Contains("Mis artículos.zip", page.QuerySelector("main").Words(), StringComparison.Ordinal);
        Assert.Null(await ArticleAsync("nopal"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address)).StatusCode);

        var done = await ConfirmAsync(editor, address);

        Assert.NotNull(done.QuerySelector(".notice-success"));
        Assert.NotNull(done.QuerySelector(".import-table a[href='/editor/articulos/nopal']"));
        Assert.NotNull((await anybody.PageAsync("/articulos/nopal")).QuerySelector("main img[alt='Un nopal']"));
        Assert.Equal("Sobre el higo **maduro**.", (await ArticleAsync("higo"))!.PublishedRevision!.Body);
        Assert.Equal(1, (await ArticleAsync("mora"))!.LatestRevisionNumber);
        Assert.Contains("Elena", (await editor.PageAsync("/editor/articulos/nopal/historial")).QuerySelector(".editor-history").Words(), StringComparison.Ordinal);
        Assert.Contains((await editor.PageAsync(Here)).QuerySelectorAll(".desk-catalog-list li"), l => l.Words().Contains("Importado", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_AFolder_IsTakenAsItLiesAndWhatIsNotHersBecomesADraft()
    {
        using var editor = await host.BrowserOfAsync(Elena);

        var (address, page) = await LookAsync(editor, ("articulos/reservado/mora.md", Text("---\ntitle: La mora\n---\nOtra mora.\n")), ("articulos/reservado/zarza.md", Text("---\ntitle: La zarza\n---\nSobre la zarza.\n")));

        Assert.Equal(["Cambia Borrador La mora reservado/mora.md", "Nuevo Borrador La zarza reservado/zarza.md"], Rows(page).Order(StringComparer.Ordinal));
        Assert.Contains("2 artículos quedan como borradores", page.QuerySelector(".notice-warning").Words(), StringComparison.Ordinal);
        await ConfirmAsync(editor, address);
        Assert.Equal(("Sobre la mora.", 2), ((await ArticleAsync("mora"))!.PublishedRevision!.Body, (await ArticleAsync("mora"))!.LatestRevisionNumber));
        Assert.Equal(ArticleStatus.Draft, (await ArticleAsync("zarza"))!.Status);
    }

    [Fact]
    public async Task Post_WhatIsNotTaken_IsToldWithTheReason()
    {
        using var editor = await host.BrowserOfAsync(Elena);
        (byte[] Zip, string Words)[] refused =
        [
            (Text("no"), "No pudimos abrir el archivo"), (Zip(("../a.md", Text("x"))), "«../a.md» lleva fuera"), (Zip(("a.md", Text("x")), ("b.zip", Text("x"))), "«b.zip» es otro archivo comprimido"),
            (Zip(("foto.png", Png)), "No hay ningún archivo Markdown"), (Zip(("a.md", Text("x")), ("<b>.md", new byte[5_000_000])), "«<b>.md» crece más de 100 veces"), (Zip(("a.md", Text("x")), ("a.md", Text("y"))), "dos archivos «a.md»"),
        ];

        foreach (var (zip, words) in refused)
        {
            using var answer = await BringAsync(editor, ("archivo.zip", zip));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(words, (await answer.PageAsync()).QuerySelector("[data-error-summary] a[href='#Upload']").Words(), StringComparison.Ordinal);
        }

        using var none = await BringAsync(editor);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        using var folder = await BringAsync(editor, ("../../a.md", Text("x")));
        Assert.Equal(HttpStatusCode.BadRequest, folder.StatusCode);
        await using var scope = host.Services.CreateAsyncScope();
        Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<PortalDbContext>().ArticleUploads.CountAsync());
    }

    [Fact]
    public async Task Post_Discard_ForgetsIt()
    {
        using var editor = await host.BrowserOfAsync(Elena);
        var (address, page) = await LookAsync(editor, ("a.md", Text("# A\n\nUno")));
        Assert.Equal(["Nuevo A a.md"], Rows(page));

        (await editor.FillAsync(address, "form[action*='Descartar']")).Dispose();

        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync(address)).StatusCode);
        Assert.Null(await ArticleAsync("a"));
    }

    [Fact]
    public async Task Get_Export_GivesEverythingAndComesBackWithoutAChange()
    {
        using var admin = await host.BrowserOfAsync(Julian);

        using var answer = await admin.GetAsync("/editor/exportar");
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("articulos-", answer.Content.Headers.ContentDisposition!.FileName, StringComparison.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(["articles/frutas/_category.yaml", "articles/frutas/higo.md", "articles/reservado/_category.yaml", "articles/reservado/mora.md"], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        var (_, page) = await LookAsync(admin, ("todo.zip", bytes));
        Assert.Empty(Rows(page));
        Assert.Contains("Sin cambio 2", page.QuerySelector(".desk-catalog-counts").Words(), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".button-large"));
    }
}
