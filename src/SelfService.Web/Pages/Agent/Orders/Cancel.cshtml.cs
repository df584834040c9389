using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;

namespace SelfService.Web.Pages.Agent.Orders;

/// <summary>/agente/casos/{number}/pedido/cancelar: nothing of it is wanted any more, or not some pieces of a line.</summary>
public sealed class CancelModel(PortalDbContext db, CancelOrder cancelling) : OrderPage(db)
{
    public const string Everything = "todo";

    /// <summary>Id of a line, or <see cref="Everything"/>.</summary>
    [BindProperty]
    public string? What { get; set; }

    /// <summary>Pieces of the line.</summary>
    [BindProperty]
    public string? Quantity { get; set; } = "1";

    /// <summary>Pieces of each line that were cancelled when the form was opened: sent twice, it cancels once.</summary>
    [BindProperty]
    public Dictionary<Guid, int> Before { get; set; } = [];

    [BindProperty]
    public string? Reason { get; set; }

    public IEnumerable<OrderLine> Lines => Order.Lines.Where(l => l.ToDispatch > 0);

    public void OnGet()
    {
        Look();
        Before = Order.Lines.ToDictionary(l => l.Id, l => l.Cancelled);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var pieces = ReadPieces();
        Reason = TypedAmount.ReadLine(Reason, LedgerEntry.ReasonMaxLength, nameof(Reason), ModelState);
        return ModelState.IsValid ? await AfterAsync(await cancelling.RunAsync(Step, pieces, Reason, cancel), cancel) : Refuse();
    }

    // Null for everything.
    private CancelledPieces? ReadPieces()
    {
        if (What == Everything)
        {
            return null;
        }

        if (!Guid.TryParse(What, out var lineId) || Order.Lines.FirstOrDefault(l => l.Id == lineId) is not { } line)
        {
            ModelState.AddModelError(nameof(What), "Desk.OrderWhatRequired");
            return null;
        }

        var before = Before.GetValueOrDefault(lineId, line.Cancelled);
        if (!int.TryParse(Quantity?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) || quantity < 1 || before + quantity > line.Cancelled + line.ToDispatch)
        {
            ModelState.AddModelError(nameof(Quantity), "Desk.OrderPiecesWrong");
        }

        return new CancelledPieces(lineId, before + quantity);
    }
}
