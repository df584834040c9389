using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Tests;

namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>How long a cart lasts and whose it is.</summary>
[Collection(OrderPortalCollection.Name)]
public sealed class KeptTests(OrderPortal portal)
{
    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task Get_DaysLater_IsThereForThirty(int days, bool isThere)
    {
        using var content = new TestFolder();
        OrderPortal.Fill(content);
        var clock = new AdvancingClock();
        await using var host = await RequestPortal.StartAsync(content, clock);
        var browser = host.Browser();
        await Portals.OpenAsync(host, clock, browser, await Portals.SellAsync(host));

        clock.Advance(TimeSpan.FromDays(days));
        await using (var scope = host.Services.CreateAsyncScope())
        {
            Assert.Equal(isThere ? 0 : 1, await scope.ServiceProvider.GetRequiredService<ForgetCarts>().RunAsync(CancellationToken.None));
        }

        var page = await browser.PageAsync(OrderPortal.Shop);
        Assert.Equal(isThere ? 1 : 0, page.QuerySelectorAll(".cart-line").Length);

        // Who looks at it has it for thirty days more.
        clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(isThere ? 1 : 0, (await browser.PageAsync(OrderPortal.Shop)).QuerySelectorAll(".cart-line").Length);
    }

    [Fact]
    public async Task Add_AfterItsTime_StartsAnew()
    {
        using var content = new TestFolder();
        OrderPortal.Fill(content);
        var clock = new AdvancingClock();
        await using var host = await RequestPortal.StartAsync(content, clock);
        var browser = host.Browser();
        await Portals.OpenAsync(host, clock, browser, await Portals.SellAsync(host));
        clock.Advance(TimeSpan.FromDays(31));

        // Nothing has swept it away yet.
        await Portals.OpenAsync(host, clock, browser, await Portals.SellAsync(host));

        Assert.Equal(["1"], CartTests.Pieces(await browser.PageAsync(OrderPortal.Shop)));
    }

    [Fact]
    public async Task Add_Guest_GetsACookieThatScriptsCannotReadForThirtyDays()
    {
        var browser = portal.Host.Browser(followRedirects: false);

        using var answer = await browser.SendFormAsync("/carrito/agregar", [("Sku", (await portal.SellAsync()).Sku), ("Quantity", "1"), await OrderPortal.TokenAsync(browser)]);

        var cookie = answer.Header("Set-Cookie")!;
        Assert.StartsWith("carrito=", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=2592000", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("0190a0b0c0d0e0f0a0b0c0d0e0f0a0b0")]
    public async Task Get_CookieMadeUp_OpensNothing(string cookie)
    {
        var owner = portal.Host.Browser();
        await portal.AddAsync(owner, await portal.SellAsync());
        var id = await portal.InAsync(db => db.Carts.Where(c => c.Lines.Count > 0).Select(c => c.Id).FirstAsync());
        var browser = portal.Host.Browser();
        browser.DefaultRequestHeaders.Add("Cookie", $"carrito={(cookie == "AAAA" ? cookie : id.ToString("N"))}");

        Assert.NotNull((await browser.PageAsync(OrderPortal.Shop)).QuerySelector(".empty"));
        Assert.Null((await owner.PageAsync(OrderPortal.Shop)).QuerySelector(".empty"));
    }

    [Fact]
    public async Task Get_PageThatIsKept_IsNotServedWithSomebodysCount()
    {
        var (browser, other) = (portal.Host.Browser(), portal.Host.Browser());
        Assert.Null((await other.PageAsync("/temas")).QuerySelector(".cart-count"));
        await portal.AddAsync(browser, await portal.SellAsync(), 3);

        Assert.Equal("3", (await browser.PageAsync("/temas")).QuerySelector(".cart-count").Words());
        Assert.Null((await other.PageAsync("/temas")).QuerySelector(".cart-count"));
    }

    [Fact]
    public async Task SignIn_WithACart_KeepsTheLargerOfBothAndLosesNothing()
    {
        var email = await PersonAsync();
        var (both, mine, guests) = (await portal.SellAsync(), await portal.SellAsync(), await portal.SellAsync());
        var home = await portal.Host.BrowserOfAsync(email);
        await portal.AddAsync(home, both, 2);
        await portal.AddAsync(home, mine, 1);
        var phone = portal.Host.Browser();
        await portal.AddAsync(phone, both, 5);
        await portal.AddAsync(phone, guests, 3);

        await phone.SignInAsync(email);

        var page = await phone.PageAsync(OrderPortal.Shop);
        Assert.Equal(new[] { "1", "3", "5" }, CartTests.Pieces(page).Order());
        Assert.Equal("9", page.QuerySelector(".cart-count").Words());
        Assert.Equal(page.QuerySelector(".totals").Words(), (await home.PageAsync(OrderPortal.Shop)).QuerySelector(".totals").Words());
        Assert.Equal(1, await portal.InAsync(db => db.Carts.CountAsync(c => c.Lines.Any(l => l.VariantId == both.Id))));
    }

    [Fact]
    public async Task SignIn_WithACartAndNoneOfTheAccount_TakesItAlong()
    {
        var (browser, email) = (portal.Host.Browser(), await PersonAsync());
        await portal.AddAsync(browser, await portal.SellAsync(), 4);
        await CartTests.PostAsync(browser, "update", ("receiving", "Collection"));

        await browser.SignInAsync(email);

        var page = await browser.PageAsync(OrderPortal.Shop);
        Assert.Equal(["4"], CartTests.Pieces(page));
        Assert.NotNull(page.QuerySelector("[name=receiving][value=Collection][checked]"));
    }

    [Fact]
    public async Task SignOut_LeavesTheCartWithTheAccount()
    {
        var (browser, email) = (portal.Host.Browser(), await PersonAsync());
        await portal.AddAsync(browser, await portal.SellAsync(), 4);
        await browser.SignInAsync(email);

        (await browser.FillAsync("/cuenta/salir", "main form[method=post]")).Dispose();

        var page = await browser.PageAsync(OrderPortal.Shop);
        Assert.NotNull(page.QuerySelector(".empty"));
        Assert.Null(page.QuerySelector(".cart-count"));
        await browser.SignInAsync(email);
        Assert.Equal(["4"], CartTests.Pieces(await browser.PageAsync(OrderPortal.Shop)));
    }

    [Fact]
    public async Task Get_CartOfAnotherAccount_IsNotSeen()
    {
        var (one, other) = (await portal.Host.BrowserOfAsync(await PersonAsync()), await portal.Host.BrowserOfAsync(await PersonAsync()));
        await portal.AddAsync(one, await portal.SellAsync(), 4);

        Assert.NotNull((await other.PageAsync(OrderPortal.Shop)).QuerySelector(".empty"));
        Assert.Equal(["4"], CartTests.Pieces(await one.PageAsync(OrderPortal.Shop)));
    }

    private async Task<string> PersonAsync()
    {
        await using var scope = portal.Host.Services.CreateAsyncScope();
        var (users, email) = (scope.ServiceProvider.GetRequiredService<UserManager<Person>>(), RequestPortal.NewEmail());
        var person = new Person { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, Name = "Berta", CreatedAt = DateTime.UtcNow };
        Assert.True((await users.CreateAsync(person, Steps.Password)).Succeeded);
        return email;
    }
}
