using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tests.Orders;

namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>What people do on a portal that a test has started for itself.</summary>
internal static class Portals
{
    public static async Task<Variant> SellAsync(PortalHost host, int? stock = 10)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDbContext>().AddProductAsync($"p-{Guid.NewGuid():N}", stock: stock);
    }

    /// <summary>Puts a piece into the cart of a browser and opens its checkout.</summary>
    public static async Task<SentForm> OpenAsync(PortalHost host, AdvancingClock clock, HttpClient browser, Variant variant)
    {
        Assert.Equal(host.Address, browser.BaseAddress);
        using var added = await browser.SendFormAsync("/carrito/agregar", [("Sku", variant.Sku), ("Quantity", "1"), await OrderPortal.TokenAsync(browser)]);
        var sent = SentForm.Of(await browser.PageAsync(OrderPortal.Checkout));
        clock.Advance(TimeSpan.FromSeconds(30));
        return sent;
    }
}
