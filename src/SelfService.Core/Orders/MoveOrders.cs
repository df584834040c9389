using Microsoft.EntityFrameworkCore;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>A step that many orders can take at once.</summary>
public enum OrderMove
{
    Confirm,
    Prepare,

    /// <summary>Sent, or ready at the branch.</summary>
    Dispatch,

    HandOver,
}

/// <summary>What became of one of many orders.</summary>
/// <param name="Result">Null where there is no such order, or the database was too busy for it; see <paramref name="Order"/>.</param>
/// <param name="Order">As it stands now; null where there is none.</param>
public sealed record MovedOrder(string Number, StepResult? Result, OrderRow? Order);

/// <summary>An agent moves many orders at once, each in a transaction of its own: what one cannot do keeps no other back.</summary>
public sealed class MoveOrders(PortalDbContext db, MoveOrder move)
{
    /// <summary>Most orders at once.</summary>
    public const int MaxCount = 200;

    /// <summary>Takes each order one step further. What was so already stays, so that sent twice it is done once.</summary>
    /// <param name="numbers">Numbers of orders, at most <see cref="MaxCount"/>.</param>
    /// <param name="isCollected">Whether what was owed at the door was paid there.</param>
    public async Task<IReadOnlyList<MovedOrder>> RunAsync(IReadOnlyCollection<string> numbers, OrderMove to, bool isCollected, Guid agentId, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numbers.Count, MaxCount);
        var wanted = numbers.Distinct().ToList();
        var tickets = await db.Orders.Where(o => wanted.Contains(o.Number)).Select(o => new { o.Number, o.TicketId }).ToDictionaryAsync(o => o.Number, o => o.TicketId, cancel);
        var results = new Dictionary<string, StepResult?>();
        foreach (var number in wanted.Where(tickets.ContainsKey))
        {
            try
            {
                results[number] = (await StepAsync(new StaffStep(tickets[number], agentId, Seen: null), to, isCollected, cancel)).Result;
            }
            catch (Exception exception) when (DatabaseBusy.Is(exception))
            {
                results[number] = null;
            }
        }

        db.ChangeTracker.Clear();
        var rows = await db.Rows(db.Orders.Where(o => wanted.Contains(o.Number))).ToDictionaryAsync(r => r.Number, cancel);
        return [.. wanted.Select(number => new MovedOrder(number, results.GetValueOrDefault(number), rows.GetValueOrDefault(number)))];
    }

    private Task<StepOutcome> StepAsync(StaffStep step, OrderMove to, bool isCollected, CancellationToken cancel) => to switch
    {
        // Many at once are confirmed without looking at each: not before they are paid.
        OrderMove.Confirm => move.ConfirmAsync(step, evenUnpaid: false, cancel),
        OrderMove.Prepare => move.PrepareAsync(step, cancel),
        OrderMove.Dispatch => move.DispatchAsync(step, new Shipment(OrderedId.New(), Pieces: null), cancel),
        _ => move.HandOverAsync(step, parcelId: null, isCollected ? new Collected(OrderedId.New(), Amount: null) : null, cancel),
    };
}
