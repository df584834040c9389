using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Catalog;
using SelfService.Core.Company;
using SelfService.Core.Journeys;
using SelfService.Core.Mail;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tests.Tickets;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

/// <summary>Orders that agents work on: placed as a customer would, changed as a page of the desk would.</summary>
public abstract class OrderDeskTest : TicketTest
{
    protected static readonly CompanyProfile House = Company(new Dictionary<IsoDayOfWeek, DayHours>());

    protected static readonly OrderRules Rules = OrderRules.Plain(House) with
    {
        Delivery = new DeliveryRule("Entrega", "", 9_900, FreeFrom: 500_000),
        Collection = new CollectionRule("Recoger", TimeSpan.FromHours(24), 7, [new Branch("roma", "Sucursal Roma", "Calle 1", "")]),
        Payment =
        [
            new PaymentWay("before", "Transferencia", PaymentWhen.Before, "", "", TimeSpan.FromHours(48), null),
            new PaymentWay("link", "Tarjeta", PaymentWhen.Link, "", "", TimeSpan.FromHours(48), null),
            new PaymentWay("door", "Efectivo", PaymentWhen.OnDelivery, "", "", TimeSpan.FromHours(24), null),
        ],
        Limits = new Dictionary<string, GrantLimit> { [Roles.Agent] = new(10, 50_000, 15), [Roles.Admin] = new(100, 10_000_000, 90) },
    };

    protected Guid Agent { get; private set; }

    /// <summary>Places an order of one customer.</summary>
    protected async Task<Guid> PlaceAsync(
        IReadOnlyList<(Variant Variant, int Quantity)> wanted, string payment = "door", Receiving receiving = Receiving.Delivery, Guid? personId = null, long credit = 0)
    {
        if (Agent == Guid.Empty)
        {
            Agent = await AgentAsync("mateo@ensayo.example", Roles.Agent);
        }

        await using var db = Database.Open();
        var goods = wanted.Sum(w => w.Variant.Price * w.Quantity);
        var open = new OpenTicket(db, Desk, Sla(), new Trails(db), new GatherCases(db), Clock);
        var placed = await new PlaceOrder(db, open, Rules, Desk, Sla(), House).RunAsync(
            new OrderRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Lines = [.. wanted.Select(w => new WantedLine(w.Variant.Id, w.Quantity, w.Variant.Price))],
                Receiving = receiving,
                Address = receiving == Receiving.Collection ? [] : [new AddressLine("street", "Calle Uno"), new AddressLine("city", "Puebla")],
                Branch = receiving == Receiving.Collection ? "roma" : null,
                Payment = payment,
                SeenCredit = credit,
                SeenTotal = goods + Rules.DeliveryPrice(receiving, goods),
                Contact = new Contact("Ana", $"{Guid.NewGuid():N}@ensayo.example", null, null),
                PersonId = personId,
            },
            NoCancel);
        Assert.Empty(placed.Obstacles);
        return placed.Ticket!.Id;
    }

    protected Task<Variant> ProductAsync(string slug = "filtro", long price = 10_000, int? stock = 10, ProductKind kind = ProductKind.Product) =>
        InAsync(db => db.AddProductAsync(slug, price, stock, kind, title: char.ToUpperInvariant(slug[0]) + slug[1..]));

    /// <summary>An account with a role.</summary>
    protected async Task<Guid> AgentAsync(string email, string role)
    {
        var id = await PersonAsync(email);
        await using var db = Database.Open();
        if (await db.Roles.SingleOrDefaultAsync(r => r.Name == role) is not { } known)
        {
            known = new IdentityRole<Guid> { Id = Guid.NewGuid(), Name = role, NormalizedName = role.ToUpperInvariant() };
            db.Roles.Add(known);
        }

        db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = id, RoleId = known.Id });
        await db.SaveChangesAsync(NoCancel);
        return id;
    }

    /// <summary>A step on what the agent has seen just now.</summary>
    protected async Task<StaffStep> StepAsync(Guid ticketId, Guid? agent = null) =>
        new(ticketId, agent ?? Agent, await InAsync(db => db.TicketEvents.CountAsync(e => e.TicketId == ticketId)));

    protected Task<StepOutcome> MoveAsync(Func<MoveOrder, Task<StepOutcome>> move) => InAsync(db => move(new MoveOrder(Change(db))));

    protected Task<StepOutcome> SettleAsync(Func<SettleOrder, Task<StepOutcome>> settle) => InAsync(db => settle(new SettleOrder(db, Change(db))));

    protected Task<StepOutcome> GrantAsync(StaffStep step, LedgerKind kind, long much, Guid? key = null, bool isPercent = false) => InAsync(db =>
        new GrantOnOrder(db, Change(db), Rules).RunAsync(step, new OrderGrant(key ?? Guid.NewGuid(), kind, much, "Llegó tarde", isPercent), NoCancel));

    protected Task<StepOutcome> CorrectAsync(Func<CorrectOrder, Task<StepOutcome>> correct) => InAsync(db => correct(new CorrectOrder(db, Change(db), Rules)));

    protected ChangeOrder Change(PortalDbContext db) => new(db, Rules, Desk, Sla(), House, Clock);

    /// <summary>The order as it is stored, after checking that its sums are those of its ledger and its lines.</summary>
    protected async Task<Order> OrderAsync(Guid ticketId)
    {
        var order = (await InAsync(db => db.OrderAsync(ticketId, NoCancel)))!;
        Assert.Equal(order.Total, order.Ledger.Where(e => !e.IsMoney).Sum(e => e.Amount));
        Assert.Equal(order.Paid, -order.Ledger.Where(e => e.IsMoney).Sum(e => e.Amount));
        Assert.Equal(order.Total, order.Lines.Sum(l => l.Net) + order.DeliveryPrice);
        Assert.Equal(Enumerable.Range(1, order.Ledger.Count), order.Ledger.Select(e => e.Position));
        return order;
    }

    /// <summary>What the history says happened to the order, oldest first.</summary>
    protected async Task<IEnumerable<(TicketEventKind Kind, string Detail)>> StepsAsync(Guid ticketId) =>
        (await TicketAsync(ticketId)).Events.InOrder().Where(e => TicketEvent.IsRecordStep(e.Kind)).Select(e => (e.Kind, e.Detail));

    /// <summary>Mails about steps of the order that wait to be sent.</summary>
    protected Task<int> MovedMailsAsync(Guid ticketId) => InAsync(async db =>
        (await db.Jobs.Where(j => j.Kind == MailRequest.JobKind && j.Payload != "").ToListAsync()).Select(j => j.Read<MailRequest>()).Count(m => m.Kind == MailKind.OrderMoved && m.TicketId == ticketId));

    protected Task<int?> StockAsync(Variant variant) => InAsync(db => db.Variants.Where(v => v.Id == variant.Id).Select(v => v.InStock).SingleAsync());
}
