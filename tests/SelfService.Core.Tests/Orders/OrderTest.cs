using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.Journeys;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Tests.Tickets;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

/// <summary>A shop with a database of its own for each test, and what people do with orders.</summary>
public abstract class OrderTest : TicketTest
{
    protected const long DeliveryPrice = 19_900;

    protected static readonly CompanyProfile Shop = Company(new Dictionary<IsoDayOfWeek, DayHours>());

    protected static readonly OrderRules Rules = new()
    {
        TaxRate = 1600,
        Delivery = new DeliveryRule("Entrega a domicilio", "", DeliveryPrice, 500_000),
        Collection = new CollectionRule("Recoger", TimeSpan.FromHours(24), 7, [new Branch("roma", "Sucursal Roma", "Calle 1", "")]),
        Payment =
        [
            new PaymentWay("transferencia", "Transferencia", PaymentWhen.Before, "", "", TimeSpan.FromHours(48), null),
            new PaymentWay("enlace", "Enlace", PaymentWhen.Link, "", "", TimeSpan.FromHours(48), null),
            new PaymentWay("entrega", "Al recibir", PaymentWhen.OnDelivery, "", "", TimeSpan.FromHours(48), 1_000_000),
        ],
        Limits = new Dictionary<string, GrantLimit> { [Roles.Agent] = new(10, 5_000, 15), [Roles.Admin] = new(100, 1_000_000, 90) },
    };

    protected static readonly Actor Guest = Actor.Customer(null);

    /// <summary>The agent of the test; an account that exists in no table.</summary>
    protected static readonly Actor Agent = Actor.Staff(Guid.Parse("00000000-0000-7000-8000-0000000000a1"));

    protected static OrderRequest Wants(params (Variant Variant, int Quantity)[] lines)
    {
        var goods = lines.Sum(l => l.Variant.Price * l.Quantity);
        return new OrderRequest
        {
            SubmissionKey = Guid.NewGuid(),
            Lines = [.. lines.Select(l => new WantedLine(l.Variant.Id, l.Quantity, l.Variant.Price))],
            Receiving = Receiving.Delivery,
            Address = [new AddressLine("street", "Calle 2"), new AddressLine("city", "México")],
            Payment = "entrega",
            SeenTotal = goods + Rules.DeliveryPrice(Receiving.Delivery, goods),
            Contact = new Contact("Ana", "ana@ensayo.example", null, null),
        };
    }

    protected async Task<PlacedOrder> PlaceAsync(OrderRequest request)
    {
        await using var db = Database.Open();
        var open = new OpenTicket(db, Desk, Sla(), new Trails(db), new GatherCases(db), Clock);
        return await new PlaceOrder(db, open, Rules, Desk, Sla(), Shop).RunAsync(request, NoCancel);
    }

    protected async Task<Order> PlacedAsync(OrderRequest request)
    {
        var placed = await PlaceAsync(request);
        Assert.Empty(placed.Obstacles);
        return await OrderAsync(placed.Ticket!.Id);
    }

    /// <summary>Changes a stored order and says what happened with a step of any kind.</summary>
    protected Task<StepOutcome> ChangeAsync(Order order, Actor actor, Action<OrderInHand> change) => StepAsync(order, actor, hand =>
    {
        change(hand);
        return [new OrderStep(TicketEventKind.OrderConfirmed)];
    });

    protected async Task<StepOutcome> StepAsync(Order order, Actor actor, Func<OrderInHand, IReadOnlyList<OrderStep>> change)
    {
        await using var db = Database.Open();
        return await new ChangeOrder(db, Rules, Desk, Sla(), Shop, Clock).RunAsync(order.TicketId, actor, hand => Task.FromResult(change(hand)), NoCancel);
    }

    protected Task<Order> OrderAsync(Guid ticketId) => InAsync(db => db.Orders.AsNoTracking().Include(o => o.Ticket).ThenInclude(t => t.Events)
        .Include(o => o.Lines.OrderBy(l => l.Position)).Include(o => o.Ledger.OrderBy(e => e.Position)).Include(o => o.Parcels).Include(o => o.Returns)
        .AsSplitQuery().SingleAsync(o => o.TicketId == ticketId));

    protected Task<int?> StockAsync(Variant variant) => InAsync(db => db.Variants.Where(v => v.Id == variant.Id).Select(v => v.InStock).SingleAsync());

    /// <summary>What must be true of every order at any time.</summary>
    protected static void Adds(Order order)
    {
        Assert.Equal(order.Total, order.Ledger.Where(e => !e.IsMoney).Sum(e => e.Amount));
        Assert.Equal(order.Paid, -order.Ledger.Where(e => e.IsMoney).Sum(e => e.Amount));
        Assert.Equal(order.Total, order.Lines.Sum(l => l.Net) + order.DeliveryPrice);
        Assert.True(order.Stage is not null || order.Status is OrderStatus.Delivered or OrderStatus.Cancelled);
        Assert.Equal(order.Stage is not null, order.StageDueAt is not null);
        Assert.Equal(order.Stage is not null, order.Ticket.HasOpenRecord);
        Assert.Equal(order.Stage is not null, order.Ticket.IsUnresolved);
    }
}
