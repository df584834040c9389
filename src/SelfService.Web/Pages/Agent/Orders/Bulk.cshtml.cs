using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/pedidos/avanzar: many orders take a step; what was done is said of each, and why where it was not.</summary>
public sealed class BulkModel(MoveOrders orders) : PageModel
{
    /// <summary>Numbers of the orders.</summary>
    [BindProperty]
    public List<string> Number { get; set; } = [];

    [BindProperty]
    public OrderMove? Move { get; set; }

    /// <summary>Whether what was owed at the door was paid there.</summary>
    [BindProperty]
    public bool IsCollected { get; set; }

    /// <summary>The list she came from.</summary>
    [BindProperty]
    public string? Back { get; set; }

    public IReadOnlyList<MovedOrder> Moved { get; private set; } = [];

    public IEnumerable<MovedOrder> Failed => Moved.Where(m => m.Result is not (StepResult.Done or StepResult.DoneBefore));

    public IEnumerable<MovedOrder> Succeeded => Moved.Except(Failed);

    public string BackAddress => Back is { } back && back.StartsWith(IndexModel.List + "?", StringComparison.Ordinal) ? back : IndexModel.List;

    public IActionResult OnGet() => LocalRedirect(IndexModel.List);

    public async Task OnPostAsync(CancellationToken cancel)
    {
        var numbers = Number.Select(n => PlainText.Line(n)).Where(n => n.Length > 0).Distinct().ToList();
        if (Move is not { } move || numbers.Count is 0 or > MoveOrders.MaxCount)
        {
            ModelState.AddModelError("", Move is null ? "Desk.OrdersMoveRequired" : numbers.Count == 0 ? "Desk.OrdersRequired" : "Desk.OrdersMany");
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        Moved = await orders.RunAsync(numbers, move, IsCollected, User.PersonId()!.Value, cancel);
    }
}
