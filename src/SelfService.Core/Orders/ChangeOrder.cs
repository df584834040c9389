using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>What happened to an order, for its history and for the mail.</summary>
/// <param name="Detail">Which pieces or how much; empty where the kind says it.</param>
public sealed record OrderStep(TicketEventKind Kind, string Detail = "");

/// <summary>An order as it stands while it is changed, under the lock of its ticket.</summary>
public sealed record OrderInHand(Ticket Ticket, Order Order, Actor Actor, DateTime Now);

/// <summary>
/// The one way in which a placed order changes, whoever changes it: the order, its ticket's promise, pieces, store credit, history
/// and mail in one transaction. Changes of one order stand in a row.
/// </summary>
public sealed class ChangeOrder(PortalDbContext db, OrderRules rules, ServiceDesk desk, SlaClock sla, CompanyProfile company, TimeProvider clock)
{
    private readonly CompanyFigures figures = new(company);

    /// <summary>An amount as the history says it.</summary>
    public string Money(long minorUnits) => figures.ShowMoney(minorUnits);

    /// <summary>Changes an order on behalf of its customer, or of the desk where it does not matter what others did since.</summary>
    /// <param name="change">
    /// Changes the order and says what happened; nothing when it had happened before. Run again when somebody was faster, so it
    /// keeps no state of its own.
    /// </param>
    /// <exception cref="OutOfStockException">There are not enough pieces; nothing is stored.</exception>
    /// <exception cref="GrantLimitException">It is more than the person may grant; nothing is stored.</exception>
    public Task<StepOutcome> RunAsync(Guid ticketId, Actor actor, Func<OrderInHand, Task<IReadOnlyList<OrderStep>>> change, CancellationToken cancel) =>
        RunAsync(ticketId, actor, null, change, cancel);

    /// <summary>Changes an order on behalf of an agent, unless others have done something she has not seen.</summary>
    /// <inheritdoc cref="RunAsync(Guid, Actor, Func{OrderInHand, Task{IReadOnlyList{OrderStep}}}, CancellationToken)"/>
    public Task<StepOutcome> RunAsync(StaffStep step, Func<OrderInHand, Task<IReadOnlyList<OrderStep>>> change, CancellationToken cancel) =>
        RunAsync(step.TicketId, step.Actor, step, change, cancel);

    private async Task<StepOutcome> RunAsync(Guid ticketId, Actor actor, StaffStep? step, Func<OrderInHand, Task<IReadOnlyList<OrderStep>>> change, CancellationToken cancel)
    {
        try
        {
            return await ChangeAsync(ticketId, actor, step, change, cancel);
        }
        catch (DbUpdateException exception) when (db.IsDuplicateKey(exception))
        {
            // The key of a form of another order: no page sends that.
            db.ChangeTracker.Clear();
            return StepOutcome.Of(StepResult.NotPossible);
        }
    }

    private Task<StepOutcome> ChangeAsync(Guid ticketId, Actor actor, StaffStep? step, Func<OrderInHand, Task<IReadOnlyList<OrderStep>>> change, CancellationToken cancel) => db.ChangeTicketAsync(
        ticketId,
        async ticket =>
        {
            var order = await db.Orders.Include(o => o.Lines.OrderBy(l => l.Position)).Include(o => o.Ledger.OrderBy(e => e.Position))
                .Include(o => o.Parcels.OrderBy(p => p.Number)).Include(o => o.Returns).AsSplitQuery().SingleAsync(o => o.TicketId == ticketId, cancel);
            var now = clock.GetUtcNow().UtcDateTime;
            IReadOnlyList<OrderStep> happened;
            try
            {
                happened = await change(new OrderInHand(ticket, order, actor, now));
            }
            catch (OrderStateException)
            {
                db.ChangeTracker.Clear();
                return StepOutcome.Of(StepResult.NotPossible);
            }

            if (happened.Count == 0)
            {
                db.ChangeTracker.Clear();
                return StepOutcome.Of(StepResult.DoneBefore);
            }

            if (step is not null && await step.NewsAsync(db, cancel) is { Count: > 0 } news)
            {
                db.ChangeTracker.Clear();
                return new StepOutcome(StepResult.Overtaken, news);
            }

            if (await db.MoveAsync(order, ticket.CustomerId, actor, now, cancel) is { } variantId)
            {
                throw new OutOfStockException(variantId);
            }

            order.Follow(rules, sla, now);
            foreach (var (kind, detail) in happened)
            {
                ticket.RecordMoved((kind, detail), order.Next, actor, desk.ReopenWindow, now);
                db.Jobs.Add(new MailRequest(MailKind.OrderMoved, ticket.Language) { TicketId = ticket.Id, EventId = ticket.Events.Last(e => e.Kind == kind).Id }.ToJob(now));
            }

            return StepOutcome.Of(StepResult.Done);
        },
        cancel);
}
