using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Resources;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/renglon: one more line, at today's price.</summary>
public sealed class LineModel(PortalDbContext db, CorrectOrder correct, IStringLocalizer<Texts> texts) : OrderPage(db)
{
    private const int MaxRelated = 12;

    private readonly PortalDbContext db = db;

    [BindProperty(SupportsGet = true)]
    public string? Sku { get; set; }

    [BindProperty]
    public string? Quantity { get; set; } = "1";

    /// <summary>Variants of what was typed; one when it can be added.</summary>
    public IReadOnlyList<Variant> Found { get; private set; } = [];

    /// <summary>What goes with the order.</summary>
    public IReadOnlyList<RelatedGood> Related { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Look();
        await FindAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await FindAsync(cancel);
        if (Found is not [var variant] || !CorrectOrder.Fits(Order, variant.Product))
        {
            ModelState.AddModelError(nameof(Sku), Found.Count switch { 0 => "Desk.OrderSkuUnknown", 1 => "Desk.OrderSkuUnfit", _ => "Desk.OrderSkuChoose" });
            return Refuse();
        }

        if (!int.TryParse(Quantity?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) || quantity is < 1 or > OrderLine.MaxQuantity)
        {
            ModelState.AddModelError(nameof(Quantity), texts["Desk.OrderQuantityWrong", OrderLine.MaxQuantity]);
            return Refuse();
        }

        try
        {
            return await AfterAsync(await correct.AddLineAsync(Step, Key, variant.Id, quantity, cancel), cancel);
        }
        catch (OutOfStockException)
        {
            db.ChangeTracker.Clear();
            await FindAsync(cancel);
            ModelState.AddModelError(nameof(Quantity), texts["Desk.OrderShort", Found.FirstOrDefault()?.InStock ?? 0]);
            return Refuse(StatusCodes.Status409Conflict);
        }
    }

    private async Task FindAsync(CancellationToken cancel)
    {
        Sku = PlainText.Line(Sku);
        var (sku, slug) = (Sku.ToUpperInvariant(), Sku.ToLowerInvariant());
        Found = Sku.Length is 0 or > Product.SkuMaxLength ? []
            : await db.Variants.AsNoTracking().Include(v => v.Product).Where(v => v.IsOnSale && v.Product.IsOnSale && (v.Sku == sku || v.Product.Slug == slug)).OrderBy(v => v.Position).ToListAsync(cancel);
        // The SKU of one of several is that one, also where it is the name of the product too.
        Found = Found.Where(v => v.Sku == sku).ToList() is [var exact] ? [exact] : Found;
        Related = await db.RelatedAsync(Order, MaxRelated, cancel);
    }
}
