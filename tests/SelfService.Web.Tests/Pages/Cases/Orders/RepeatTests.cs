using Microsoft.EntityFrameworkCore;

namespace SelfService.Web.Tests.Pages.Cases.Orders;

[Collection(PlacedOrderPortalCollection.Name)]
public sealed class RepeatTests(PlacedOrderPortal portal)
{
    private const string Form = "form[action$='/repetir']";

    private PortalHost Host => portal.Host;

    [Fact]
    public async Task Repeat_EverythingOnSale_IsInTheCartOnce()
    {
        var first = await Host.AddProductAsync();
        var second = await Host.AddProductAsync();
        var order = await Host.PlaceAsync([(first, 2), (second, 1)]);
        var browser = await Host.OpenAsync(order);

        using var answer = await browser.FillAsync(order.Address(), Form);
        using var again = await browser.FillAsync(order.Address(), Form);

        Assert.Equal("/carrito", answer.RequestMessage!.RequestUri!.AbsolutePath);
        var cart = await Host.StoreAsync(db => db.CartLines.AsNoTracking().Where(l => l.VariantId == first.Id || l.VariantId == second.Id).ToListAsync());
        Assert.Equal([(first.Id, 2), (second.Id, 1)], cart.Select(l => (l.VariantId, l.Quantity)).OrderByDescending(l => l.Quantity));
        Assert.Contains(order.Lines[0].Title, (await again.PageAsync()).QuerySelector("main").Words(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeat_WhatIsNoLongerSold_IsLeftOutAndSaid()
    {
        var kept = await Host.AddProductAsync();
        var gone = await Host.AddProductAsync();
        var soldOut = await Host.AddProductAsync(stock: 1);
        var order = await Host.PlaceAsync([(kept, 1), (gone, 1), (soldOut, 1)]);
        await Host.StoreAsync(db => db.Products.Where(p => p.Id == gone.ProductId).ExecuteUpdateAsync(set => set.SetProperty(p => p.IsOnSale, false)));
        var browser = await Host.OpenAsync(order);

        using var answer = await browser.FillAsync(order.Address(), Form);

        var page = await answer.PageAsync();
        var lines = page.QuerySelectorAll(".order-choices li").Select(li => li.Words()).ToList();
        Assert.Equal(3, lines.Count);
        Assert.EndsWith("En su carrito", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("Ya no se vende", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("Agotado", lines[2], StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("main a[href='/carrito']"));
    }
}
