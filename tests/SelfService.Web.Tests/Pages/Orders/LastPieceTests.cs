using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>Many want the last piece at the same moment, over the wire.</summary>
public sealed class LastPieceTests
{
    private const int Buyers = 200;

    [Fact]
    public async Task Post_TwoHundredAtOnceForTheLastPiece_PlacesOneOrderAndTellsAllOthers()
    {
        using var content = new TestFolder();
        OrderPortal.Fill(content);
        var clock = new AdvancingClock();
        await using var host = await RequestPortal.StartAsync(content, clock);
        var variant = await Portals.SellAsync(host, stock: 1);
        var carts = await FillCartsAsync(host, variant.Id);

        // One page gives all of them what they need to send; cart, key and address are each one's own.
        var first = host.Browser();
        first.DefaultRequestHeaders.Add("Cookie", carts[0]);
        using var page = await first.GetAsync(OrderPortal.Checkout);
        var safety = page.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("seguro=", StringComparison.Ordinal)).Split(';')[0];
        var shown = SentForm.Of(await page.PageAsync());
        clock.Advance(TimeSpan.FromSeconds(30));
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        var answers = await Task.WhenAll(carts.Select(async cart =>
        {
            var sent = OrderPortal.Filled(shown, RequestPortal.NewEmail()).With(("Key", $"{Guid.NewGuid()}"));
            using var request = new HttpRequestMessage(HttpMethod.Post, sent.Address) { Content = sent.Content(), Headers = { { "Cookie", $"{cart}; {safety}" }, { "Accept-Language", "es" } } };
            using var answer = await browser.SendAsync(request);
            var words = (int)answer.StatusCode == 409 ? (await answer.PageAsync()).QuerySelector(".checkout-news li").Words() : "";
            return ((int)answer.StatusCode, words);
        }));

        Assert.Equal([(302, 1), (409, Buyers - 1)], answers.GroupBy(a => a.Item1).Select(g => (g.Key, g.Count())).Order());
        Assert.All(answers.Where(a => a.Item1 == 409), a => Assert.EndsWith("se agotó y no va en su pedido.", a.words, StringComparison.Ordinal));
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        Assert.Equal((1, 1, 0), (await db.Orders.CountAsync(), await db.Tickets.CountAsync(), (await db.Variants.SingleAsync(v => v.Id == variant.Id)).InStock));
    }

    // Two hundred presses of «Agregar» are tried elsewhere.
    private static async Task<IReadOnlyList<string>> FillCartsAsync(PortalHost host, Guid variantId)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var protector = scope.ServiceProvider.GetRequiredService<IDataProtectionProvider>().CreateProtector("SelfService.Cart");
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var carts = Enumerable.Range(0, Buyers).Select(_ => new Cart { CreatedAt = now, UpdatedAt = now }).ToList();
        foreach (var cart in carts)
        {
            cart.Lines.Add(new CartLine { CartId = cart.Id, VariantId = variantId, Quantity = 1, SeenPrice = 10_000, AddedAt = now });
        }

        db.Carts.AddRange(carts);
        await db.SaveChangesAsync();
        return [.. carts.Select(c => $"carrito={protector.Protect(c.Id.ToString("N"))}")];
    }
}
