using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/reembolso: money that was owed back has left, or became store credit.</summary>
public sealed class RefundModel(PortalDbContext db, SettleOrder settle, DeskOrderWords words) : OrderPage(db)
{
    public const string Money = "dinero";
    public const string Credit = "saldo";

    [BindProperty]
    public string? Amount { get; set; }

    [BindProperty]
    public string? Way { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    /// <summary>Whether there is an account that could use store credit.</summary>
    public bool HasAccount => Ticket.Customer.PersonId is not null;

    public void OnGet()
    {
        Look();
        Amount = Order.Balance < 0 ? words.Typed(-Order.Balance) : "";
        Way = HasAccount ? null : Money;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var amount = TypedAmount.Read(Amount, Order.Has(Key) ? long.MaxValue : -Order.Balance, nameof(Amount), words, ModelState);
        if (Way is not (Money or Credit) || (Way == Credit && !HasAccount))
        {
            ModelState.AddModelError(nameof(Way), "Desk.OrderWayRequired");
        }

        Reference = TypedAmount.ReadLine(Reference, LedgerEntry.ReferenceMaxLength, nameof(Reference), ModelState, isRequired: Way == Money);
        return ModelState.IsValid ? await AfterAsync(await SettleAsync(amount, cancel), cancel) : Refuse();
    }

    private Task<StepOutcome> SettleAsync(long amount, CancellationToken cancel) =>
        Way == Credit ? settle.RefundToCreditAsync(Step, Key, amount, cancel) : settle.RefundAsync(Step, Key, amount, Reference ?? "", cancel);
}
