using System.Net;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Web.Tests.Pages.Agent.Orders;

namespace SelfService.Web.Tests.Pages.Agent.Catalogue;

/// <summary>Who counts pieces, and who changes prices.</summary>
[Collection(DeskOrderPortalCollection.Name)]
public sealed class WhoMayTests(DeskOrderPortal portal)
{
    [Fact]
    public async Task Get_Pages_AreThereForAgentsAndAdministratorsOnly()
    {
        var variant = await portal.ProductAsync();
        using var admin = await portal.Host.BrowserOfAsync(UploadSteps.Admin);
        var (stock, _) = await admin.ReviewAsync(CatalogUploadKind.Stock, $"sku,stock\n{variant.Sku},1");
        var (catalogue, _) = await admin.ReviewAsync(CatalogUploadKind.Catalogue, $"sku,price\n{variant.Sku},1");
        string[] addresses = ["/agente/inventario", "/agente/inventario?bajo=true", $"/agente/inventario/{variant.Sku}", UploadSteps.Here, stock, UploadSteps.Here + "/catalogo.csv", UploadSteps.Here + "/existencias.csv"];

        using var anonymous = portal.Host.Browser(followRedirects: false);
        foreach (var address in addresses.Append(catalogue))
        {
            using var answer = await anonymous.GetAsync(address);
            Assert.True(answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.OriginalString.Contains("/cuenta/entrar", StringComparison.Ordinal), address);
        }

        foreach (var (email, status, prices) in new[] { (Steps.Customer, 404, 404), (UploadSteps.Editor, 404, 404), (Steps.Agent, 200, 404), (UploadSteps.Admin, 200, 200) })
        {
            using var person = await portal.Host.BrowserOfAsync(email);
            foreach (var (address, expected) in addresses.Select(a => (a, status)).Append((catalogue, prices)))
            {
                using var answer = await person.GetAsync(address);
                Assert.True(expected == (int)answer.StatusCode, $"{email} gets {(int)answer.StatusCode} from {address}");
                Assert.Contains("no-store", answer.Header("Cache-Control") ?? (expected == 404 ? "no-store" : ""), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Post_Catalogue_IsNotForAgents()
    {
        var variant = await portal.ProductAsync(price: 10_000);
        using var admin = await portal.Host.BrowserOfAsync(UploadSteps.Admin);
        var (address, page) = await admin.ReviewAsync(CatalogUploadKind.Catalogue, $"sku,price\n{variant.Sku},1");
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);

        using var brought = await agent.BringAsync(CatalogUploadKind.Catalogue, System.Text.Encoding.UTF8.GetBytes($"sku,price\n{variant.Sku},1"));
        var own = (await agent.PageAsync(UploadSteps.Here)).QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var applied = await agent.SendFormAsync(address, [.. page.ApplyForm().Where(f => f.Name != "__RequestVerificationToken"), ("__RequestVerificationToken", own)]);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (brought.StatusCode, applied.StatusCode));
        Assert.Null((await agent.PageAsync(UploadSteps.Here)).QuerySelector("#Kind"));
        Assert.Null((await agent.PageAsync(UploadSteps.Here)).QuerySelector($"a[href='{address}']"));
        Assert.Equal(10_000, await portal.AskAsync(db => db.Variants.Where(v => v.Id == variant.Id).Select(v => v.Price).SingleAsync()));
    }

    [Fact]
    public async Task Post_WithoutToken_ChangesNothing()
    {
        var variant = await portal.ProductAsync(stock: 10);
        using var agent = await portal.Host.BrowserOfAsync(Steps.Agent);
        var (address, page) = await agent.ReviewAsync(CatalogUploadKind.Stock, $"sku,stock\n{variant.Sku},1");

        using var answer = await agent.SendFormAsync(address, page.ApplyForm().Where(f => f.Name != "__RequestVerificationToken"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(10, await portal.StockAsync(variant));
    }

    [Fact]
    public async Task Get_NoSuchFile_IsNotFound()
    {
        using var admin = await portal.Host.BrowserOfAsync(UploadSteps.Admin);

        foreach (var address in new[] { $"{UploadSteps.Here}/archivos/{Guid.NewGuid()}", $"{UploadSteps.Here}/archivos/x", $"{UploadSteps.Here}/otra.csv" })
        {
            await admin.PageAsync(address, 404);
        }
    }
}
