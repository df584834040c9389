using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/pago: money came in.</summary>
public sealed class PaymentModel(PortalDbContext db, SettleOrder settle, DeskOrderWords words) : OrderPage(db)
{
    [BindProperty]
    public string? Amount { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    public void OnGet()
    {
        Look();
        Amount = Order.Balance > 0 ? words.Typed(Order.Balance) : "";
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // Sent a second time, nothing is owed any more; that is for the step to say.
        var amount = TypedAmount.Read(Amount, Order.Has(Key) ? long.MaxValue : Order.Balance, nameof(Amount), words, ModelState);
        Reference = TypedAmount.ReadLine(Reference, LedgerEntry.ReferenceMaxLength, nameof(Reference), ModelState);
        return ModelState.IsValid ? await AfterAsync(await settle.PayAsync(Step, Key, amount, Reference, cancel), cancel) : Refuse();
    }
}
