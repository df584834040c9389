using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/enlace: where the customer pays. The card is typed there, never here.</summary>
public sealed class LinkModel(PortalDbContext db, SettleOrder settle) : OrderPage(db)
{
    [BindProperty]
    public string? PaymentLink { get; set; }

    public void OnGet()
    {
        Look();
        PaymentLink = Order.PaymentLink;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (SafeLink.Read(PaymentLink, Order.PaymentLinkMaxLength) is { } link)
        {
            return await AfterAsync(await settle.OfferAsync(Step, link, cancel), cancel);
        }

        ModelState.AddModelError(nameof(PaymentLink), "Desk.OrderLinkUnsafe");
        return Refuse();
    }
}
