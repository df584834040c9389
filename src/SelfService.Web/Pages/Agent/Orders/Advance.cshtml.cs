using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/avanzar: the company takes it on, or begins to put it together.</summary>
public sealed class AdvanceModel(PortalDbContext db, MoveOrder move) : OrderPage(db)
{
    /// <summary>The step it is about: said by the form, so that sent twice it does not take two.</summary>
    [BindProperty]
    public OrderMove? Move { get; set; }

    public void OnGet()
    {
        Look();
        Move = OrderAction.Forward(Order)?.Move;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Move is not (OrderMove.Confirm or OrderMove.Prepare))
        {
            Move = OrderAction.Forward(Order)?.Move;
            ModelState.AddModelError("", "Desk.OrderNotPossible");
            return Refuse();
        }

        return await AfterAsync(Move == OrderMove.Confirm ? await move.ConfirmAsync(Step, evenUnpaid: true, cancel) : await move.PrepareAsync(Step, cancel), cancel);
    }
}
