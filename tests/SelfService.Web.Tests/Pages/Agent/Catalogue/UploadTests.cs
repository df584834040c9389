using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Catalog;
using SelfService.Web.Tests.Pages.Agent.Orders;

namespace SelfService.Web.Tests.Pages.Agent.Catalogue;

/// <summary>Files of the catalogue and the stock, out and in.</summary>
[Collection(DeskOrderPortalCollection.Name)]
public sealed class UploadTests(DeskOrderPortal portal)
{
    [Fact]
    public async Task Post_Stock_IsShownFirstAndAppliedWithItsReason()
    {
        var (one, other) = (await portal.ProductAsync("Filtro <b>fino</b>", stock: 10), await portal.ProductAsync(stock: 3));
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var (address, page) = await agent.ReviewAsync(CatalogUploadKind.Stock, $"sku;stock;nota\n{one.Sku};12;\n{other.Sku};3;");

        Assert.Equal(10, await portal.StockAsync(one));
        var row = Assert.Single(page.QuerySelectorAll(".desk-catalog-table tbody tr"));
        Assert.Equal(["10", "12"], row.QuerySelectorAll("del, ins").Select(c => c.Words()));
        Assert.Equal("Filtro <b>fino</b>", row.QuerySelector("strong").Words());
        Assert.Contains("Sin cambio 1", page.QuerySelector(".desk-catalog-counts").Words(), StringComparison.Ordinal);
        Assert.Contains("nota", page.QuerySelector(".desk-review > .hint").Words(), StringComparison.Ordinal);

        using var answer = await agent.SendFormAsync(address, page.ApplyForm());
        Assert.NotNull((await answer.PageAsync()).QuerySelector(".notice-success"));
        Assert.Equal(12, await portal.StockAsync(one));
        Assert.Equal("Inventario anual", await portal.AskAsync(db => db.StockMovements.Where(m => m.VariantId == one.Id && m.Reason == StockReason.Imported).Select(m => m.Note).SingleAsync()));
        Assert.NotNull((await agent.PageAsync(UploadSteps.Here)).QuerySelector($"a[href='{address}']"));
    }

    [Fact]
    public async Task Post_Catalogue_IsAppliedByAnAdministratorAndWrittenDown()
    {
        var variant = await portal.ProductAsync("Lavadora", price: 749_900);
        using var admin = await portal.Host.BrowserOfAsync(UploadSteps.Admin);

        var (address, page) = await admin.ReviewAsync(CatalogUploadKind.Catalogue, $"sku,title,price\n{variant.Sku},=Lavadora <script>,\"7,999.00\"");

        Assert.Equal(["Lavadora", "=Lavadora <script>", "$7,499.00", "$7,999.00"], page.QuerySelectorAll(".desk-catalog-fields :is(del, ins)").Select(c => c.Words()));
        using var answer = await admin.SendFormAsync(address, page.ApplyForm());
        var product = await portal.AskAsync(db => db.Products.AsNoTracking().Include(p => p.Variants).SingleAsync(p => p.Id == variant.ProductId));
        Assert.Equal(("=Lavadora <script>", 799_900, 799_900), (product.Title, product.PriceFrom, product.Variants[0].Price));
        Assert.NotNull(product.EditedAt);
        Assert.True(await portal.AskAsync(db => db.AuditEntries.AnyAsync(e => e.Kind == AuditKind.CatalogueImported && e.Detail == "catalogue 1")));

        var file = await (await admin.GetAsync(UploadSteps.Here + "/catalogo.csv")).Content.ReadAsStringAsync();
        Assert.Contains("\"'=Lavadora <script>\"", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WrongLines_AreNamedAndNothingCanBeApplied()
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var (address, page) = await agent.ReviewAsync(CatalogUploadKind.Stock, $"sku;stock\n{variant.Sku};12\n<img src=x>;1\n{variant.Sku};4");

        Assert.Equal(
            ["Línea 3 Clave (sku) Ningún artículo tiene la clave «<IMG SRC=X>».", $"Línea 4 Clave (sku) «{variant.Sku}» ya está en la línea 2. Deje una de las dos."],
            page.QuerySelectorAll("[aria-labelledby=errores_linea] tbody tr").Select(r => r.Words()));
        Assert.Null(page.QuerySelector(".desk-catalog-apply"));
        var token = (await agent.PageAsync(UploadSteps.Here)).QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var forced = await agent.SendFormAsync(address, [("Mark", "x"), ("Note", "x"), ("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.Conflict, forced.StatusCode);
        Assert.Equal(10, await portal.StockAsync(variant));
    }

    [Fact]
    public async Task Post_ApplyWithoutReason_IsAskedForIt()
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var (address, page) = await agent.ReviewAsync(CatalogUploadKind.Stock, $"sku,stock\n{variant.Sku},12");

        using var answer = await agent.SendFormAsync(address, page.ApplyForm(" "));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector(".error-summary a[href='#Note']"));
        Assert.Equal(10, await portal.StockAsync(variant));
    }

    [Fact]
    public async Task Post_ApplyTwentyTimesAtOnce_IsDoneOnce()
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var (address, page) = await agent.ReviewAsync(CatalogUploadKind.Stock, $"sku,delta\n{variant.Sku},5");
        var form = page.ApplyForm();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => agent.SendFormAsync(address, form)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(15, await portal.StockAsync(variant));
    }

    [Fact]
    public async Task Post_ApplyAfterSomethingMoved_ShowsTheFileAnew()
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var (address, page) = await agent.ReviewAsync(CatalogUploadKind.Stock, $"sku,stock\n{variant.Sku},8");
        await portal.PlaceAsync([(variant, 1)]);

        using var answer = await agent.SendFormAsync(address, page.ApplyForm("Conteo de <hoy>"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var anew = await answer.PageAsync();
        Assert.NotNull(anew.QuerySelector(".notice-warning[role=alert]"));
        Assert.Equal(["9", "8"], anew.QuerySelectorAll("del, ins").Select(c => c.Words()));
        Assert.Equal("Conteo de <hoy>", anew.QuerySelector("#Note")!.GetAttribute("value"));
        Assert.Equal(9, await portal.StockAsync(variant));
        using var again = await agent.SendFormAsync(address, anew.ApplyForm());
        Assert.Equal(8, await portal.StockAsync(variant));
    }

    [Theory]
    [InlineData("catalogo", CatalogUploadKind.Catalogue, "sku,product,title,summary,shelf,price,low_stock,on_sale,tax_rate,return_days,warranty_months,lead_days")]
    [InlineData("existencias", CatalogUploadKind.Stock, "sku,title,stock")]
    public async Task Get_File_IsADownloadThatBroughtBackChangesNothing(string table, CatalogUploadKind kind, string head)
    {
        await portal.ProductAsync("=HYPERLINK(\"http://mal.example\";\"Ver\")");
        using var admin = await portal.Host.BrowserOfAsync(UploadSteps.Admin);

        using var file = await admin.GetAsync($"{UploadSteps.Here}/{table}.csv");
        var bytes = await file.Content.ReadAsByteArrayAsync();

        Assert.Equal("text/csv", file.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", file.Header("Cache-Control"));
        Assert.Matches($"^attachment; filename={table}-\\d{{4}}-\\d\\d-\\d\\d\\.csv$", file.Header("Content-Disposition"));
        Assert.StartsWith("\uFEFF" + head + "\r\n", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        using var answer = await admin.BringAsync(kind, bytes);
        var page = await answer.PageAsync();
        Assert.Equal("Este archivo no cambia nada.", page.QuerySelector(".notice strong").Words());
        Assert.Null(page.QuerySelector(".desk-catalog-apply"));
    }

    [Fact]
    public async Task Post_HostileFiles_AreRefusedWithAReasonAndNotKept()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var before = await portal.AskAsync(db => db.CatalogUploads.CountAsync());
        (byte[] Bytes, string Words)[] files =
        [
            ([], "está vacío"),
            ("\uFEFF\r\n\r\n"u8.ToArray(), "está vacío"),
            ("sku,stock"u8.ToArray(), "solo tiene los nombres"),
            ("sku,stock\nA,\"1\nB,2"u8.ToArray(), "Línea 2: hay una comilla"),
            ([.. "PK\u0003\u0004"u8, .. new byte[100]], "libro de hoja de cálculo"),
            (SentForm.Png, "no es texto"),
            (Encoding.UTF8.GetBytes("nombre,piezas\n<script>alert(1)</script>,2"), "falta la columna «sku»"),
            (Encoding.UTF8.GetBytes("<script>alert(1)</script>,x\n1,2"), "empieza con «<script>alert(1)</script>»"),
            (Encoding.UTF8.GetBytes("sku,stock\n" + string.Concat(Enumerable.Repeat("A,1\n", 20_001))), "más de 20000 líneas"),
            (new byte[CatalogUpload.MaxBytes + 1], "más de 5 MB"),
        ];

        foreach (var (bytes, words) in files)
        {
            using var answer = await agent.BringAsync(CatalogUploadKind.Stock, bytes);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(words, (await answer.PageAsync()).QuerySelector(".error-summary a[href='#Upload']").Words(), StringComparison.Ordinal);
        }

        using var huge = await agent.BringAsync(CatalogUploadKind.Stock, new byte[10 * 1024 * 1024]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        Assert.Equal(before, await portal.AskAsync(db => db.CatalogUploads.CountAsync()));
    }

    [Fact]
    public async Task Post_ThousandsOfWrongLines_AreCountedAndTheFirstShown()
    {
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        var (_, page) = await agent.ReviewAsync(CatalogUploadKind.Stock, "sku,stock\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $"NO-{i},1\n")));

        Assert.Equal(200, page.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("5,000", page.QuerySelector(".notice-danger strong").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SameFileTwiceWithOneForm_IsKeptOnce()
    {
        var variant = await portal.ProductAsync();
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var (address, _) = await agent.ReviewAsync(CatalogUploadKind.Stock, $"sku,stock\n{variant.Sku},1");
        var id = Guid.Parse(address.Split('/')[^1]);
        var page = await agent.PageAsync(UploadSteps.Here);
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!), "\"__RequestVerificationToken\"" },
            { new StringContent(id.ToString()), "\"Key\"" }, { new StringContent("Stock"), "\"Kind\"" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes($"sku,stock\n{variant.Sku},1")), "\"Upload\"", "\"otra.csv\"" },
        };

        using var answer = await agent.PostAsync(UploadSteps.Here, content);

        Assert.Equal(address, answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal("archivo.csv", await portal.AskAsync(db => db.CatalogUploads.Where(u => u.Id == id).Select(u => u.FileName).SingleAsync()));
    }
}
