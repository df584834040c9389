using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Orders;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Orders;

/// <summary>/carrito/agregar: puts something into the cart, from wherever it is offered, and shows the cart.</summary>
public sealed class AddModel(BrowserCart browser, Carts carts) : PageModel
{
    public IActionResult OnGet() => Redirect(CartModel.Address);

    /// <param name="sku">Of the variant.</param>
    /// <param name="quantity">As it was typed; one piece where it cannot be read.</param>
    public async Task<IActionResult> OnPostAsync(string? sku, string? quantity, CancellationToken cancel)
    {
        var pieces = int.TryParse(quantity, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        var added = await carts.AddAsync(browser.Holder(HttpContext), sku?.Trim().ToUpperInvariant(), pieces, cancel);
        if (added.CartId is not { } cartId)
        {
            return NotFound();
        }

        browser.Remember(HttpContext, cartId);
        return Redirect(added.Outcome == CartAdded.Full ? $"{CartModel.Address}?lleno=1" : $"{CartModel.Address}?agregado={Uri.EscapeDataString(sku!.Trim().ToUpperInvariant())}");
    }
}
