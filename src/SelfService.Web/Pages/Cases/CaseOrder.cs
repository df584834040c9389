using Microsoft.EntityFrameworkCore;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;

namespace SelfService.Web.Pages.Cases;

/// <summary>The order of a case, as its customer sees it.</summary>
/// <param name="Order">With its lines, parcels and returns.</param>
/// <param name="OnSale">Slugs of its products that can still be looked at.</param>
/// <param name="Wanted">Names of the variants that are wanted in exchange.</param>
public sealed record CaseOrder(Order Order, IReadOnlySet<string> OnSale, IReadOnlyDictionary<Guid, string> Wanted)
{
    /// <summary>Reads it; null for a case that is no order. That she may see the ticket was asked before.</summary>
    public static async Task<CaseOrder?> LoadAsync(PortalDbContext db, Ticket ticket, CancellationToken cancel)
    {
        if (ticket.Kind != TicketKind.Order || await OrderAsync(db, ticket.Id, cancel) is not { } order)
        {
            return null;
        }

        var slugs = order.Lines.Select(l => l.Slug).Distinct().ToList();
        var onSale = await db.Products.Where(p => slugs.Contains(p.Slug) && p.IsOnSale).Select(p => p.Slug).ToListAsync(cancel);
        var ids = order.Returns.Select(r => r.WantedVariantId).OfType<Guid>().ToList();
        var wanted = ids.Count == 0 ? [] : await db.Variants.AsNoTracking().Include(v => v.Product).Where(v => ids.Contains(v.Id)).ToListAsync(cancel);
        return new CaseOrder(order, onSale.ToHashSet(), wanted.ToDictionary(v => v.Id, v => v.OptionsText(v.Product) is { Length: > 0 } options ? options : v.Product.Title));
    }

    /// <summary>The order of a ticket with everything that belongs to it, to read.</summary>
    public static Task<Order?> OrderAsync(PortalDbContext db, Guid ticketId, CancellationToken cancel) =>
        db.Orders.AsNoTracking().Include(o => o.Lines.OrderBy(l => l.Position)).Include(o => o.Parcels.OrderBy(p => p.Number))
            .Include(o => o.Returns.OrderBy(r => r.RequestedAt).ThenBy(r => r.Id)).AsSplitQuery().SingleOrDefaultAsync(o => o.TicketId == ticketId, cancel);
}
