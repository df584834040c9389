using Microsoft.EntityFrameworkCore;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Requests;
using SelfService.Web.Pages.Requests;
using SelfService.Web.Startup;

namespace SelfService.Web.Pages.Orders;

/// <summary>A checkout that is filled in rightly becomes an order, and the browser may see it; within the limits that hold for forms too.</summary>
public sealed class SendOrder(PortalDbContext db, PlaceOrder place, GuestCases guests, NetworkLimit network, SelfServiceOptions options, TimeProvider clock)
{
    /// <summary>How long to wait before this person or this network may order again; null when it need not.</summary>
    public async Task<TimeSpan?> WaitAsync(HttpContext context, OrderRequest request, CancellationToken cancel) =>
        await ContactLimit.WaitAsync(db, request.SubmissionKey, request.Contact, request.PersonId, clock.GetUtcNow().UtcDateTime, cancel) ?? await network.CountAsync(context);

    /// <summary>Whether this key has placed an order already, or opened anything else.</summary>
    public Task<bool> IsUsedAsync(Guid key, CancellationToken cancel) => db.Tickets.AnyAsync(t => t.SubmissionKey == key, cancel);

    /// <summary>Places the order, or tells what has changed.</summary>
    /// <param name="cartId">The cart that what is ordered leaves.</param>
    public async Task<PlacedOrder> RunAsync(HttpContext context, OrderRequest request, Guid? cartId, CancellationToken cancel)
    {
        var placed = await place.RunAsync(request with { CartId = cartId, VisitorId = Visitor.Known(context.Request, options.IsHttps) }, cancel);
        if (placed.Ticket is { IsSame: true } opened)
        {
            await guests.LetInAsync(context, [opened.Id], cancel);
        }

        return placed;
    }
}
