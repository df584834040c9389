using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Cases.Orders;

/// <summary>
/// /casos/{number}/cancelar: which pieces are not wanted, what that means, and the button. Before anything is confirmed the page
/// has carried it out on a copy of the order, so that what it says is what happens.
/// </summary>
[EnableRateLimiting(RateLimits.CaseMessages)]
public sealed class CancelModel(PortalDbContext db, CancelOrder cancelOrder, OrderRules rules, TimeProvider clock) : OrderPage(db)
{
    /// <summary>What is cancelled: <c>todo</c>, or the id of a line; null while she has not said.</summary>
    [BindProperty(Name = "que", SupportsGet = true)]
    public string? What { get; set; }

    /// <summary>Pieces of the line.</summary>
    [BindProperty(Name = "piezas", SupportsGet = true)]
    public int? Pieces { get; set; }

    /// <summary>Pieces of the line that are cancelled afterwards, with those that were before.</summary>
    [BindProperty]
    public int? InAll { get; set; }

    /// <summary>The pieces it is about; empty while she has not said which.</summary>
    public IReadOnlyList<string> Chosen { get; private set; } = [];

    /// <summary>The line it is about; null for the whole order.</summary>
    public OrderLine? Line { get; private set; }

    /// <summary>What the order costs, what bringing it costs and what is owed, before and after.</summary>
    public (long Total, long Delivery, long Balance) Before { get; private set; }

    public (long Total, long Delivery, long Balance) After { get; private set; }

    /// <summary>She tried what is no longer possible.</summary>
    public bool IsTooLate { get; private set; }

    public IActionResult OnGet()
    {
        // A single piece leaves nothing to choose.
        What ??= Order.Lines.Sum(l => l.ToDispatch) == 1 ? "todo" : null;
        return What is null || !Order.CanCancel || Choose(Pieces) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var line = Order.Lines.FirstOrDefault(l => l.Id.ToString() == What);
        if (line is null && What != "todo")
        {
            return NotFound();
        }

        var pieces = line is null ? null : new CancelledPieces(line.Id, InAll ?? 0);
        switch ((await cancelOrder.RunAsync(Subject.Ticket.Id, Subject.Actor, pieces, "", cancel)).Result)
        {
            case StepResult.NotPossible:
                IsTooLate = true;
                What = null;
                return Refuse(StatusCodes.Status409Conflict);
            default:
                return Done(CaseNotices.Cancel);
        }
    }

    private bool Choose(int? pieces)
    {
        Before = (Order.Total, Order.DeliveryPrice, Order.Balance);
        Line = Order.Lines.FirstOrDefault(l => l.Id.ToString() == What);
        if (Line is null && What != "todo")
        {
            return false;
        }

        var quantity = Line is null ? 0 : pieces ?? Line.ToDispatch;
        if (Line is not null && (quantity < 1 || quantity > Line.ToDispatch))
        {
            return false;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        Chosen = Line is null ? [.. Order.Lines.Where(l => l.ToDispatch > 0).Select(l => l.Pieces(l.ToDispatch))] : [Line.Pieces(quantity)];
        InAll = Line?.Cancelled + quantity;
        if (Line is null)
        {
            Order.Cancel("", Subject.Actor, now);
        }
        else
        {
            Order.CancelLine(Line.Id, quantity, "", rules, Subject.Actor, now);
        }

        After = (Order.Total, Order.DeliveryPrice, Order.Balance);
        return true;
    }
}
