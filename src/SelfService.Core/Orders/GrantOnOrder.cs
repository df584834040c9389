using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>What an agent grants, already checked for form.</summary>
/// <param name="Key">Key of the form: sent twice, one grant.</param>
/// <param name="Kind"><see cref="LedgerKind.Discount"/>, <see cref="LedgerKind.CreditNote"/> or <see cref="LedgerKind.Extension"/>.</param>
/// <param name="Much">Minor units, or days of an extension; positive.</param>
/// <param name="Reason">Why; required.</param>
/// <param name="IsPercent">Whether <paramref name="Much"/> is a percentage of the goods, of a discount.</param>
public sealed record OrderGrant(Guid Key, LedgerKind Kind, long Much, string Reason, bool IsPercent = false);

/// <summary>
/// An agent gives something: less to pay, something back, or more days. Her roles say how much one order may be given; all grants of
/// an order count together, whoever gave them.
/// </summary>
public sealed class GrantOnOrder(PortalDbContext db, ChangeOrder orders, OrderRules rules)
{
    /// <summary>Grants once for each key.</summary>
    /// <exception cref="GrantLimitException">Together with what was granted it is more than she may; nothing is stored.</exception>
    public Task<StepOutcome> RunAsync(StaffStep step, OrderGrant grant, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(grant.Reason);
        return orders.RunAsync(step, hand => GrantAsync(hand, grant, step.AgentId, cancel), cancel);
    }

    /// <summary>What this person may grant on one order, by the roles she has now.</summary>
    public async Task<GrantLimit> LimitAsync(Guid personId, CancellationToken cancel) => rules.LimitOf(
        await db.UserRoles.Where(r => r.UserId == personId).Join(db.Roles, r => r.RoleId, role => role.Id, (_, role) => role.Name!).ToListAsync(cancel));

    private async Task<IReadOnlyList<OrderStep>> GrantAsync(OrderInHand hand, OrderGrant grant, Guid agentId, CancellationToken cancel)
    {
        var order = hand.Order;
        if (order.Has(grant.Key))
        {
            return [];
        }

        var limit = await LimitAsync(agentId, cancel);
        if (grant.Kind == LedgerKind.Extension)
        {
            var days = (int)Math.Min(grant.Much, int.MaxValue);
            order.Extend(days, grant.Reason, limit, grant.Key, hand.Actor, hand.Now);
            Write($"{grant.Kind} {days} {order.Number}");
            return [new(TicketEventKind.OrderExtended, days.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        }

        var amount = grant.IsPercent ? order.Goods * Math.Min(grant.Much, 100) / 100 : grant.Much;
        if (amount == 0)
        {
            throw new OrderStateException();
        }

        order.Grant(grant.Kind, amount, grant.Reason, limit, grant.Key, hand.Actor, hand.Now);
        Write($"{grant.Kind} {amount} {order.Currency} {order.Number}");
        return [new(grant.Kind == LedgerKind.Discount ? TicketEventKind.OrderDiscounted : TicketEventKind.OrderCreditNote, orders.Money(amount))];

        void Write(string what) => db.Audit(AuditKind.OrderGranted, hand.Now, agentId, detail: what);
    }
}
