using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.Persistence;
using SelfService.Core.Sla;
using SelfService.Core.Tickets;

namespace SelfService.Core.Orders;

/// <summary>Places an order: the record, its ticket, its pieces and the mail, all in one transaction, once for each key.</summary>
public sealed class PlaceOrder(PortalDbContext db, OpenTicket open, OrderRules rules, ServiceDesk desk, SlaClock sla, CompanyProfile company)
{
    /// <summary>
    /// Takes the pieces and stores the order as the customer saw it. What changed meanwhile is told instead, and nothing is stored.
    /// </summary>
    public async Task<PlacedOrder> RunAsync(OrderRequest request, CancellationToken cancel)
    {
        var ids = request.Lines.Select(l => l.VariantId).ToList();
        var titles = await db.Variants.Where(v => ids.Contains(v.Id)).Select(v => new { v.Id, v.Product.Title }).ToDictionaryAsync(v => v.Id, v => v.Title, cancel);
        if (request.Lines.Where(l => !titles.ContainsKey(l.VariantId)).Select(l => new OrderObstacle(OrderObstacleKind.Gone, l.VariantId)).ToList() is { Count: > 0 } unknown)
        {
            return new PlacedOrder(null, unknown);
        }

        var subject = string.Join(", ", request.Lines.Select(l => l.Quantity == 1 ? titles[l.VariantId] : $"{l.Quantity} × {titles[l.VariantId]}"));
        try
        {
            return new PlacedOrder(await open.RunAsync(TicketOf(request, subject), cancel, (ticket, now) => StoreAsync(ticket, request, now, cancel)), []);
        }
        catch (ObstaclesException exception)
        {
            db.ChangeTracker.Clear();
            return new PlacedOrder(null, exception.Obstacles);
        }
    }

    private TicketRequest TicketOf(OrderRequest request, string subject)
    {
        var queue = desk.Queue(rules.Queue);
        return new TicketRequest
        {
            SubmissionKey = request.SubmissionKey,
            Kind = TicketKind.Order,
            Channel = request.Channel,
            Queue = queue.Key,
            Sla = queue.SlaOf(TicketKind.Order).Key,
            Subject = subject.Length <= Ticket.SubjectMaxLength ? subject : subject[..(Ticket.SubjectMaxLength - 1)] + "…",
            Contact = request.Contact,
            PersonId = request.PersonId,
            VisitorId = request.VisitorId,
            Language = request.Language,
            Actor = request.Actor,
            StaffName = request.StaffName,
            Fingerprint = JsonSerializer.Serialize(
                new { Lines = request.Lines.OrderBy(l => l.VariantId), request.Receiving, request.Address, request.Branch, request.CollectOn, request.Invoice, request.Notes, request.Payment, request.SeenCredit },
                JsonColumns.Options),
        };
    }

    private async Task StoreAsync(Ticket ticket, OrderRequest request, DateTime now, CancellationToken cancel)
    {
        var ids = request.Lines.Select(l => l.VariantId).ToList();
        var variants = await db.Variants.AsNoTracking().Include(v => v.Product).Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancel);
        var goods = request.Lines.Sum(l => variants[l.VariantId].Price * l.Quantity);
        var delivery = rules.DeliveryPrice(request.Receiving, goods);
        var terms = Offered(request, variants.Values, goods + delivery);
        var obstacles = request.Lines.Select(l => Look(l, variants[l.VariantId])).OfType<OrderObstacle>().ToList();
        if (terms is null)
        {
            obstacles.Add(new OrderObstacle(OrderObstacleKind.NotOffered));
        }

        if (obstacles.Count == 0 && goods + delivery != request.SeenTotal)
        {
            obstacles.Add(new OrderObstacle(OrderObstacleKind.TotalChanged, Price: goods + delivery));
        }

        Stop(obstacles);
        var credit = request.PersonId is null ? 0 : Math.Min(goods + delivery, request.SeenCredit);
        var order = Order.Place(
            ticket, terms! with { DeliveryPrice = delivery }, [.. request.Lines.Select(l => (variants[l.VariantId], l.Quantity))], credit, request.Actor, now);
        if (await db.MoveAsync(order, ticket.CustomerId, request.Actor, now, cancel) is { } variantId)
        {
            // Somebody took the piece after it was looked at. What is left is read anew, for the customer to decide.
            var left = await db.Variants.Where(v => v.Id == variantId).Select(v => v.InStock).SingleOrDefaultAsync(cancel);
            Stop([variantId == Guid.Empty ? new OrderObstacle(OrderObstacleKind.CreditChanged) : new OrderObstacle(OrderObstacleKind.Short, variantId, left ?? 0)]);
        }

        order.Follow(rules, sla, now);
        ticket.RecordMoved(null, order.Next, request.Actor, desk.ReopenWindow, now);
        db.Orders.Add(order);
        if (request.CartId is { } cartId)
        {
            // What was put in meanwhile, or cannot be had now, stays in the cart.
            await db.CartLines.Where(l => l.CartId == cartId && ids.Contains(l.VariantId)).ExecuteDeleteAsync(cancel);
        }
    }

    private static OrderObstacle? Look(WantedLine line, Variant variant) =>
        !variant.IsOnSale || !variant.Product.IsOnSale ? new OrderObstacle(OrderObstacleKind.Gone, line.VariantId)
        : !variant.Has(line.Quantity) ? new OrderObstacle(OrderObstacleKind.Short, line.VariantId, variant.InStock ?? 0)
        : variant.Price != line.SeenPrice ? new OrderObstacle(OrderObstacleKind.PriceChanged, line.VariantId, Price: variant.Price)
        : null;

    private OrderTerms? Offered(OrderRequest request, IReadOnlyCollection<Variant> variants, long total)
    {
        var isWork = variants.All(v => v.Product.Kind == ProductKind.Service);
        var branch = rules.Branch(request.Branch);
        var isReceivable = request.Receiving switch
        {
            Receiving.AtHome => isWork,
            Receiving.Collection => !isWork && branch is not null,
            _ => !isWork && rules.Delivery is not null,
        };
        return !isReceivable || rules.Way(request.Payment) is not { } way || way.Most < total ? null : new OrderTerms
        {
            Currency = company.Currency,
            Receiving = request.Receiving,
            Address = request.Receiving == Receiving.Collection ? [] : request.Address,
            Branch = request.Receiving == Receiving.Collection ? branch : null,
            CollectOn = request.Receiving == Receiving.Collection ? request.CollectOn : null,
            Invoice = request.Invoice,
            Notes = request.Notes,
            Payment = way,
            DeliveryPrice = 0,
            TaxRate = rules.TaxRate,
        };
    }

    private static void Stop(IReadOnlyList<OrderObstacle> obstacles)
    {
        if (obstacles.Count > 0)
        {
            throw new ObstaclesException(obstacles);
        }
    }

    private sealed class ObstaclesException(IReadOnlyList<OrderObstacle> obstacles) : Exception
    {
        public IReadOnlyList<OrderObstacle> Obstacles { get; } = obstacles;
    }
}
