using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>What an agent wants to see of the orders.</summary>
public enum OrderFilter
{
    /// <summary>Something is owed, by us or by the customer.</summary>
    Open,

    /// <summary>Open, and its date has passed.</summary>
    Overdue,

    /// <summary>Open, and its date is today or was before.</summary>
    Today,

    /// <summary>The customer has to pay.</summary>
    Unpaid,

    /// <summary>Placed, and nobody has to pay first.</summary>
    ToConfirm,

    Confirmed,
    Preparing,
    Ready,
    Shipped,

    /// <summary>Something is on its way back.</summary>
    Returning,

    /// <summary>Money is owed back.</summary>
    Refund,

    /// <summary>Delivered or cancelled, and nothing is owed.</summary>
    Ended,

    All,
}

/// <summary>One line of the desk's list of orders.</summary>
public sealed record OrderRow
{
    public required Guid TicketId { get; init; }
    public required string Number { get; init; }

    /// <summary>What was ordered, in one line.</summary>
    public required string Subject { get; init; }

    public required string ContactName { get; init; }
    public required OrderStatus Status { get; init; }
    public required NextStep? Stage { get; init; }
    public required DateTime? StageDueAt { get; init; }
    public required Receiving Receiving { get; init; }
    public required string BranchKey { get; init; }
    public required PaymentWhen PaymentWhen { get; init; }
    public required long Total { get; init; }
    public required long Paid { get; init; }
    public required DateTime PlacedAt { get; init; }

    /// <summary>What is still owed (positive), or owed back.</summary>
    public long Balance => Total - Paid;

    /// <summary>Whether its date has passed.</summary>
    public bool IsOverdue(DateTime now) => StageDueAt <= now;
}

/// <summary>What of the orders is asked for.</summary>
/// <param name="Now">UTC.</param>
/// <param name="EndOfToday">When today ends at the company, UTC.</param>
public sealed record OrderListRequest(OrderFilter Filter, DateTime Now, DateTime EndOfToday)
{
    /// <summary>From 1; beyond the last page is the last.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = 50;

    /// <summary>Number, SKU, or words of who ordered and of what; empty for every order.</summary>
    public string Text { get; init; } = "";

    public Receiving? Receiving { get; init; }

    /// <summary>Key of a branch.</summary>
    public string? Branch { get; init; }
}

/// <summary>A page of the list, with how many orders each filter shows.</summary>
public sealed record OrderList(IReadOnlyDictionary<OrderFilter, int> Counts, int Page, int PageCount, IReadOnlyList<OrderRow> Rows);

/// <summary>
/// Orders for those who see to them. What is open is reached by the index of status and date, however many have ended; what has
/// ended, by the moment it was placed.
/// </summary>
public static class OrderQueries
{

    private static readonly OrderStatus[] Statuses = Enum.GetValues<OrderStatus>();

    // Earlier than any order: «has a date», written so that an index can be entered with it.
    private static readonly DateTime Beginning = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>An order with all its parts, to be looked at; null where the ticket has none.</summary>
    public static Task<Order?> OrderAsync(this PortalDbContext db, Guid ticketId, CancellationToken cancel) =>
        db.Orders.AsNoTracking().Include(o => o.Lines.OrderBy(l => l.Position)).Include(o => o.Ledger.OrderBy(e => e.Position))
            .Include(o => o.Parcels.OrderBy(p => p.Number)).Include(o => o.Returns.OrderBy(r => r.RequestedAt)).AsSplitQuery().SingleOrDefaultAsync(o => o.TicketId == ticketId, cancel);

    /// <summary>What the record of a ticket owes next; null when it owes nothing, or has none.</summary>
    public static async Task<Commitment?> RecordNextAsync(this PortalDbContext db, Guid ticketId, CancellationToken cancel) =>
        await db.Orders.Where(o => o.TicketId == ticketId && o.Stage != null).Select(o => new { o.Stage, o.StageDueAt })
            .Concat(db.Appointments.Where(a => a.TicketId == ticketId && a.Stage != null).Select(a => new { a.Stage, a.StageDueAt })).SingleOrDefaultAsync(cancel) is { } next
            ? new Commitment(next.Stage!.Value, "", next.StageDueAt!.Value)
            : null;

    /// <summary>A page of the orders: what is open by its date, other lists newest first.</summary>
    public static async Task<OrderList> ListAsync(this PortalDbContext db, OrderListRequest request, CancellationToken cancel)
    {
        var orders = await db.MatchingAsync(request, cancel);
        var counts = await CountsAsync(orders, request, cancel);
        var pages = Math.Max(1, (counts[request.Filter] + request.PageSize - 1) / request.PageSize);
        var page = Math.Clamp(request.Page, 1, pages);
        // The page is cut out before its tickets are looked up, not after.
        var shown = InOrder(orders.Where(Shown(request)), request.Filter).Skip((page - 1) * request.PageSize).Take(request.PageSize);
        var rows = await db.Rows(shown).ToListAsync(cancel);
        return new OrderList(counts, page, pages, rows);
    }

    /// <summary>Every order that the list shows on all its pages, in its order.</summary>
    public static async Task<IQueryable<Order>> ShownAsync(this PortalDbContext db, OrderListRequest request, CancellationToken cancel) =>
        InOrder((await db.MatchingAsync(request, cancel)).Where(Shown(request)), request.Filter);

    /// <summary>What a list shows of these orders.</summary>
    public static IQueryable<OrderRow> Rows(this PortalDbContext db, IQueryable<Order> orders) => orders.AsNoTracking().Select(o => new OrderRow
    {
        TicketId = o.TicketId,
        Number = o.Number,
        Subject = o.Ticket.Subject,
        ContactName = o.Ticket.ContactName,
        Status = o.Status,
        Stage = o.Stage,
        StageDueAt = o.StageDueAt,
        Receiving = o.Receiving,
        BranchKey = o.BranchKey,
        PaymentWhen = o.PaymentWhen,
        Total = o.Total,
        Paid = o.Paid,
        PlacedAt = o.PlacedAt,
    });

    // A number names one order, a SKU those with that product; anything else is looked for in who ordered and what.
    private static async Task<IQueryable<Order>> MatchingAsync(this PortalDbContext db, OrderListRequest request, CancellationToken cancel)
    {
        var orders = db.Orders.AsNoTracking();
        if (request.Receiving is { } receiving)
        {
            orders = orders.Where(o => o.Receiving == receiving);
        }

        if (!string.IsNullOrEmpty(request.Branch))
        {
            orders = orders.Where(o => o.BranchKey == request.Branch);
        }

        if (request.Text.Length == 0)
        {
            return orders;
        }

        if (TicketNumber.Parse(request.Text) is { } number)
        {
            return orders.Where(o => o.Number == number);
        }

        var sku = request.Text.ToUpperInvariant();
        var variants = db.Variants.Where(v => v.Sku == sku || v.Product.Slug == request.Text.ToLowerInvariant()).Select(v => v.Id);
        if (sku.Length <= Product.SkuMaxLength && await variants.AnyAsync(cancel))
        {
            return orders.Where(o => db.OrderLines.Where(l => variants.Contains(l.VariantId)).Select(l => l.OrderId).Contains(o.Id));
        }

        var found = db.Tickets.WithWordsOrContact(request.Text).Select(t => t.Id);
        return orders.Where(o => found.Contains(o.TicketId));
    }

    private static async Task<IReadOnlyDictionary<OrderFilter, int>> CountsAsync(IQueryable<Order> orders, OrderListRequest request, CancellationToken cancel)
    {
        var (now, tonight) = (request.Now, request.EndOfToday);
        var open = await orders.Where(o => Statuses.Contains(o.Status) && o.StageDueAt > Beginning).GroupBy(o => new { o.Status, o.Stage })
            .Select(g => new { g.Key.Status, g.Key.Stage, Count = g.Count(), Overdue = g.Count(o => o.StageDueAt <= now), Today = g.Count(o => o.StageDueAt < tonight) }).ToListAsync(cancel);
        var ended = await orders.CountAsync(o => o.StageDueAt == null, cancel);
        var counts = Enum.GetValues<OrderFilter>().ToDictionary(filter => filter, filter => filter switch
        {
            OrderFilter.Overdue => open.Sum(g => g.Overdue),
            OrderFilter.Today => open.Sum(g => g.Today),
            OrderFilter.Unpaid => Stage(NextStep.Payment),
            OrderFilter.ToConfirm => Stage(NextStep.OrderConfirmation),
            OrderFilter.Returning => Stage(NextStep.ReturnArrival),
            OrderFilter.Refund => Stage(NextStep.Refund),
            OrderFilter.Confirmed => Status(OrderStatus.Confirmed),
            OrderFilter.Preparing => Status(OrderStatus.Preparing),
            OrderFilter.Ready => Status(OrderStatus.Ready),
            OrderFilter.Shipped => Status(OrderStatus.Shipped),
            OrderFilter.Ended => ended,
            OrderFilter.All => open.Sum(g => g.Count) + ended,
            _ => open.Sum(g => g.Count),
        });
        return counts;

        int Stage(NextStep step) => open.Where(g => g.Stage == step).Sum(g => g.Count);
        int Status(OrderStatus status) => open.Where(g => g.Status == status).Sum(g => g.Count);
    }

    private static Expression<Func<Order, bool>> Shown(OrderListRequest request)
    {
        var (now, tonight) = (request.Now, request.EndOfToday);
        return request.Filter switch
        {
            OrderFilter.Overdue => o => Statuses.Contains(o.Status) && o.StageDueAt > Beginning && o.StageDueAt <= now,
            OrderFilter.Today => o => Statuses.Contains(o.Status) && o.StageDueAt > Beginning && o.StageDueAt < tonight,
            OrderFilter.Unpaid => o => Statuses.Contains(o.Status) && o.StageDueAt > Beginning && o.Stage == NextStep.Payment,
            OrderFilter.ToConfirm => o => o.Status == OrderStatus.Placed && o.StageDueAt > Beginning && o.Stage == NextStep.OrderConfirmation,
            OrderFilter.Returning => o => Statuses.Contains(o.Status) && o.StageDueAt > Beginning && o.Stage == NextStep.ReturnArrival,
            OrderFilter.Refund => o => Statuses.Contains(o.Status) && o.StageDueAt > Beginning && o.Stage == NextStep.Refund,
            OrderFilter.Confirmed => o => o.Status == OrderStatus.Confirmed && o.StageDueAt > Beginning,
            OrderFilter.Preparing => o => o.Status == OrderStatus.Preparing && o.StageDueAt > Beginning,
            OrderFilter.Ready => o => o.Status == OrderStatus.Ready && o.StageDueAt > Beginning,
            OrderFilter.Shipped => o => o.Status == OrderStatus.Shipped && o.StageDueAt > Beginning,
            OrderFilter.Ended => o => o.StageDueAt == null,
            OrderFilter.All => o => true,
            _ => o => Statuses.Contains(o.Status) && o.StageDueAt > Beginning,
        };
    }

    private static IOrderedQueryable<Order> InOrder(IQueryable<Order> orders, OrderFilter filter) => filter is OrderFilter.Ended or OrderFilter.All
        ? orders.OrderByDescending(o => o.PlacedAt).ThenBy(o => o.Id)
        : orders.OrderBy(o => o.StageDueAt).ThenBy(o => o.Id);
}
