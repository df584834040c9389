using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/entregar: a parcel is with the customer, or the work at her home is done.</summary>
public sealed class DeliverModel(PortalDbContext db, MoveOrder move, DeskOrderWords words) : OrderPage(db)
{
    /// <summary>Id of a parcel; empty for everything that is on its way.</summary>
    [BindProperty]
    public Guid? ParcelId { get; set; }

    /// <summary>Whether it was paid now.</summary>
    [BindProperty]
    public bool IsCollected { get; set; }

    [BindProperty]
    public string? Amount { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    public IEnumerable<Parcel> Parcels => Order.Parcels.Where(p => p.DeliveredAt is null);

    /// <summary>Whether there is something to hand over.</summary>
    public bool IsPossible => Parcels.Any() || (Order.Receiving == Receiving.AtHome && Order.Status == OrderStatus.Preparing);

    /// <summary>Whether it is paid now.</summary>
    public bool IsPaidNow => Order.PaymentWhen == PaymentWhen.OnDelivery && Order.Balance > 0;

    public void OnGet()
    {
        Look();
        ParcelId = Parcels.Count() == 1 ? Parcels.First().Id : null;
        Amount = words.Typed(Math.Max(0, Order.Balance));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        // Sent a second time, there is nothing left to pay.
        if (!IsCollected || !IsPaidNow)
        {
            return await AfterAsync(await move.HandOverAsync(Step, ParcelId, null, cancel), cancel);
        }

        var amount = TypedAmount.Read(Amount, Order.Balance, nameof(Amount), words, ModelState);
        Reference = TypedAmount.ReadLine(Reference, LedgerEntry.ReferenceMaxLength, nameof(Reference), ModelState, isRequired: false);
        return ModelState.IsValid ? await AfterAsync(await move.HandOverAsync(Step, ParcelId, new Collected(Key, amount, Reference), cancel), cancel) : Refuse();
    }
}
