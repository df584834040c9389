using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases.Orders;

/// <summary>What becomes of a line that is ordered again.</summary>
public enum Again
{
    InCart,
    Possible,
    SoldOut,
    Gone,
}

/// <summary>
/// /casos/{number}/repetir: what was ordered goes into the cart again, at today's prices. When something cannot be had any more
/// the page says what; otherwise the cart follows.
/// </summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
public sealed class RepeatModel(PortalDbContext db, BrowserCart browser, Carts carts) : OrderPage(db)
{
    private IReadOnlyList<Variant> variants = [];

    /// <summary>Pieces of the order, with what becomes of them.</summary>
    public IReadOnlyList<(OrderLine Line, Again Again)> Lines { get; private set; } = [];

    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var ids = Order.Lines.Select(l => l.VariantId).ToList();
        variants = await Db.Variants.AsNoTracking().Include(v => v.Product).Where(v => ids.Contains(v.Id)).ToListAsync(cancel);
        var cart = await carts.FindAsync(browser.Holder(HttpContext), cancel);
        Lines = [.. Order.Lines.DistinctBy(l => l.VariantId).Select(l => (l, Find(l, cart)))];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var holder = browser.Holder(HttpContext);
        var isFull = false;
        foreach (var (line, _) in Lines.Where(l => l.Again == Again.Possible))
        {
            var added = await carts.AddAsync(holder, line.Sku, line.Quantity, cancel);
            isFull |= added.Outcome == CartAdded.Full;
            if (added.CartId is { } cartId)
            {
                browser.Remember(HttpContext, cartId);
                holder = holder with { CartId = cartId };
            }
        }

        return LocalRedirect(!isFull && Lines.All(l => l.Again is Again.Possible or Again.InCart) ? Web.Pages.Orders.CartModel.Address : Subject.Address + "/repetir");
    }

    private Again Find(OrderLine line, Cart? cart) => variants.FirstOrDefault(v => v.Id == line.VariantId) switch
    {
        not { IsOnSale: true, Product.IsOnSale: true } => Again.Gone,
        { } variant when !variant.Has(1) => Again.SoldOut,
        _ when cart is not null && cart.Lines.Any(l => l.VariantId == line.VariantId) => Again.InCart,
        _ => Again.Possible,
    };
}
