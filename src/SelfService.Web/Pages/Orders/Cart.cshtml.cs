using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Orders;

/// <summary>/carrito: what she wants to order, what changed of it, and how she receives it.</summary>
public sealed class CartModel(BrowserCart browser, Carts carts, OrderRules rules, PortalDbContext db) : PageModel
{
    public const string Address = "/carrito";
    public const string CheckoutAddress = "/pedido";

    private const int MaxSuggestions = 3;

    /// <summary>Null while there is no cart.</summary>
    public CartLook? Look { get; private set; }

    public Receiving Receiving { get; private set; }

    public OrderSums Sums { get; private set; } = new(0, 0, 0);

    /// <summary>What is usually bought with what is in the cart.</summary>
    public IReadOnlyList<Product> Suggestions { get; private set; } = [];

    /// <summary>What was put in a moment ago, and is there.</summary>
    public CartLookLine? Added { get; private set; }

    public bool IsFull { get; private set; }

    public bool IsUpdated { get; private set; }

    /// <summary>Quantities as they were typed, by id of the control; none while nothing was sent.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; private set; } = new Dictionary<string, string>();

    /// <summary>Name and id of the control with the pieces of a line.</summary>
    public static string ControlOf(Guid variantId) => $"piezas-{variantId:N}";

    // A form that could not be read comes back without a handler.
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        await (ModelState.IsValid ? Task.CompletedTask : ShowAsync(HttpContext.RequestAborted));
        await next();
    }

    public async Task OnGetAsync(string? agregado, string? lleno, string? hecho, CancellationToken cancel)
    {
        await ShowAsync(cancel);
        if (Look is not null)
        {
            browser.Remember(HttpContext, Look.Cart.Id);
            Added = Look.Lines.FirstOrDefault(l => l.Variant.Sku == agregado);
            IsFull = lleno == "1" && Look.Lines.Count >= Order.MaxLines;
            IsUpdated = hecho == "1";
        }
    }

    /// <param name="act">The button: <c>continue</c>, <c>update</c>, or the line to take out.</param>
    /// <param name="receiving">How she wants to receive it.</param>
    public async Task<IActionResult> OnPostAsync(string? act, string? receiving, CancellationToken cancel)
    {
        var holder = browser.Holder(HttpContext);
        var cart = await carts.FindAsync(holder, cancel) ?? new Cart();
        Typed = cart.Lines.Select(l => ControlOf(l.VariantId)).Where(name => Request.Form.ContainsKey(name)).ToDictionary(name => name, name => Request.Form[name].ToString());
        var removed = Guid.TryParseExact(act, "N", out var variantId) ? variantId : (Guid?)null;
        var wanted = cart.Lines.ToDictionary(l => l.VariantId, l => l.VariantId == removed ? 0 : Pieces(l));
        foreach (var (id, _) in wanted.Where(w => removed is null && w.Value is null))
        {
            ModelState.AddModelError(ControlOf(id), "Cart.QuantityWrong");
        }

        if (!ModelState.IsValid)
        {
            return await AgainAsync(cancel);
        }

        await carts.ChangeAsync(holder, wanted.Where(w => w.Value is not null).ToDictionary(w => w.Key, w => w.Value!.Value), Way(receiving), cancel);
        if (act == "continue" && wanted.Count(w => w.Value > 0) > Order.MaxLines)
        {
            ModelState.AddModelError("", "Cart.TooMany");
            return await AgainAsync(cancel);
        }

        return Redirect(act == "continue" ? CheckoutAddress : Address + "?hecho=1");
    }

    private static Receiving? Way(string? name) => Enum.TryParse<Receiving>(name, out var way) && Enum.IsDefined(way) ? way : null;

    // Null for what is no number of pieces.
    private int? Pieces(CartLine line) => !Typed.TryGetValue(ControlOf(line.VariantId), out var typed) ? line.Quantity
        : int.TryParse(PlainText.Line(typed), NumberStyles.None, CultureInfo.InvariantCulture, out var pieces) && pieces <= OrderLine.MaxQuantity ? pieces
        : null;

    private async Task<PageResult> AgainAsync(CancellationToken cancel)
    {
        await ShowAsync(cancel);
        var page = Page();
        page.StatusCode = StatusCodes.Status400BadRequest;
        return page;
    }

    private async Task ShowAsync(CancellationToken cancel)
    {
        Response.Headers.CacheControl = "no-store";
        Look = await carts.LookAsync(browser.Holder(HttpContext), cancel) is { Lines.Count: > 0 } look ? look : null;
        if (Look is not null)
        {
            Receiving = Look.ReceivingBy(rules);
            Sums = Look.Sums(rules, Receiving);
            Suggestions = await db.GoesWithAsync([.. Look.Lines.Select(l => l.Variant.Product).DistinctBy(p => p.Id)], MaxSuggestions, cancel);
        }
    }
}
