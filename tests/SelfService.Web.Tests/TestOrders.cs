using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Core.Tests.Orders;
using SelfService.Core.Tickets;
using SelfService.Web.Pages.Cases;

namespace SelfService.Web.Tests;

/// <summary>Orders for tests, placed and moved as the portal does it.</summary>
public static class TestOrders
{
    private static int last;

    /// <summary>How a company of tests sells: a queue <c>ayuda</c>, delivery at a price, one branch, three ways to pay.</summary>
    public const string Rules = """
        queue: ayuda
        tax: { name: IVA, rate: 16 }
        delivery: { name: Entrega a domicilio, price: 199.00, free_from: 5000.00, line: De 2 a 4 días hábiles. }
        collection:
          name: Recoger en sucursal
          ready_in: 24h
          keep_days: 7
          places:
            - { key: roma, name: Sucursal Roma, address: "Álvaro Obregón 120, Roma Norte", hours: "Lunes a sábado, de 10:00 a 19:00" }
        payment:
          - { key: transferencia, name: Transferencia SPEI, when: before, within: 48h, line: Pague antes., instructions: "Transfiera {total} a la CLABE 012345 con la referencia {numero}." }
          - { key: enlace, name: Tarjeta con enlace, when: link, within: 48h, line: Le damos un enlace. }
          - { key: entrega, name: Pago al recibir, when: on_delivery, line: Pague en su puerta. }
        stages: { confirm: 4h, prepare: 12h, ready: 12h, ship: 12h, deliver: 48h }
        limits:
          agent: { discount_percent: 10, credit: 500.00, extension_days: 15 }
          admin: { discount_percent: 100, credit: 100000.00, extension_days: 90 }
        """;

    /// <summary>A product of its own, ten pieces at 100.00 unless said otherwise.</summary>
    public static Task<Variant> AddProductAsync(this PortalHost host, string? title = null, long price = 10_000, int? stock = 10, int returnDays = 30, ProductKind kind = ProductKind.Product) =>
        host.StoreAsync(db => db.AddProductAsync(NewSlug(), price, stock, kind, title, returnDays: returnDays));

    /// <summary>A product in two colours, ten pieces each.</summary>
    public static Task<IReadOnlyList<Variant>> AddColoursAsync(this PortalHost host, string? title = null, long price = 10_000, int? second = 10) =>
        host.StoreAsync(db => db.AddProductAsync(NewSlug(), [("blanco", "Blanco", price, 10), ("grafito", "Grafito", price, second)], title: title));

    /// <summary>Places an order and gives it with its lines and its ticket.</summary>
    /// <param name="email">Address of the guest; her own for an account.</param>
    public static async Task<Order> PlaceAsync(
        this PortalHost host, IReadOnlyList<(Variant Variant, int Quantity)> wanted, string? email = null, Guid? personId = null,
        Receiving receiving = Receiving.Delivery, string payment = "entrega", string notes = "", IReadOnlyList<TicketAnswer>? invoice = null, string language = "es")
    {
        await using var scope = host.Services.CreateAsyncScope();
        var rules = scope.ServiceProvider.GetRequiredService<OrderRules>();
        var goods = wanted.Sum(w => w.Variant.Price * w.Quantity);
        var placed = await scope.ServiceProvider.GetRequiredService<PlaceOrder>().RunAsync(
            new OrderRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Lines = [.. wanted.Select(w => new WantedLine(w.Variant.Id, w.Quantity, w.Variant.Price))],
                Receiving = receiving,
                Address = receiving == Receiving.Collection ? [] : [new AddressLine("street", "Calle de la Prueba 5"), new AddressLine("city", "Ciudad de México")],
                Branch = receiving == Receiving.Collection ? "roma" : null,
                Payment = payment,
                Notes = notes,
                Invoice = invoice ?? [],
                SeenTotal = goods + rules.DeliveryPrice(receiving, goods),
                Contact = new Core.People.Contact("Ana Pérez", email ?? NewEmail(), null, null),
                PersonId = personId,
                Actor = Actor.Customer(personId),
                Language = language,
            },
            CancellationToken.None);
        Assert.Empty(placed.Obstacles);
        return await host.OrderAsync(placed.Ticket!.Number);
    }

    /// <summary>Places an order for one product that nobody else orders.</summary>
    public static async Task<Order> PlaceAsync(this PortalHost host, int quantity = 1, string? email = null, Guid? personId = null, Receiving receiving = Receiving.Delivery, string payment = "entrega") =>
        await host.PlaceAsync([(await host.AddProductAsync(), quantity)], email, personId, receiving, payment);

    /// <summary>The order as it stands, with its lines, ledger, parcels, returns and ticket.</summary>
    public static Task<Order> OrderAsync(this PortalHost host, string number) => host.StoreAsync(db => db.Orders.AsNoTracking().Include(o => o.Ticket).ThenInclude(t => t.Events)
        .Include(o => o.Lines.OrderBy(l => l.Position)).Include(o => o.Ledger.OrderBy(e => e.Position)).Include(o => o.Parcels.OrderBy(p => p.Number)).Include(o => o.Returns)
        .AsSplitQuery().SingleAsync(o => o.Number == number));

    /// <summary>Pieces of a variant that can be sold.</summary>
    public static Task<int?> StockAsync(this PortalHost host, Guid variantId) => host.StoreAsync(db => db.Variants.Where(v => v.Id == variantId).Select(v => v.InStock).SingleAsync());

    /// <summary>Changes an order as the desk does, and tells what happened.</summary>
    public static async Task<Order> MoveAsync(this PortalHost host, Order order, TicketEventKind kind, Action<OrderInHand> change, string detail = "")
    {
        await using var scope = host.Services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<ChangeOrder>().RunAsync(
            order.TicketId,
            Actor.Staff(Guid.NewGuid()),
            inHand =>
            {
                change(inHand);
                return Task.FromResult<IReadOnlyList<OrderStep>>([new OrderStep(kind, detail)]);
            },
            CancellationToken.None);
        Assert.Equal(StepResult.Done, outcome.Result);
        return await host.OrderAsync(order.Number);
    }

    /// <summary>Walks an order, step by step, until it stands there: from placed as far as delivered.</summary>
    public static async Task<Order> WalkAsync(this PortalHost host, Order order, OrderStatus to)
    {
        while (order.Status != to)
        {
            order = order.Status switch
            {
                OrderStatus.Placed => await host.MoveAsync(order, TicketEventKind.OrderConfirmed, h => h.Order.Confirm(h.Now)),
                OrderStatus.Confirmed => await host.MoveAsync(order, TicketEventKind.OrderPreparing, h => h.Order.Prepare(h.Now)),
                OrderStatus.Preparing => await host.MoveAsync(
                    order, order.Receiving == Receiving.Collection ? TicketEventKind.OrderReady : TicketEventKind.OrderShipped,
                    h => h.Order.Dispatch(null, "Envíos del Valle", "EV123", "https://envios.example/EV123", h.Now),
                    string.Join(", ", order.Lines.Where(l => l.ToDispatch > 0).Select(l => l.Pieces(l.ToDispatch)))),
                _ => await host.MoveAsync(order, TicketEventKind.OrderDelivered, h => h.Order.HandOver(h.Order.Parcels.First(p => p.DeliveredAt is null).Id, h.Now)),
            };
        }

        return order;
    }

    /// <summary>Everything that is owed has been paid.</summary>
    public static Task<Order> PayAsync(this PortalHost host, Order order) =>
        host.MoveAsync(order, TicketEventKind.OrderPaid, h => h.Order.Pay(h.Order.Balance, "folio 1", Guid.NewGuid(), h.Actor, h.Now), "$1.00");

    /// <summary>Address of the order's page.</summary>
    public static string Address(this Order order) => CaseAddress.Of(order.Number);

    /// <summary>A browser that opened the order with the key of its mail.</summary>
    public static async Task<HttpClient> OpenAsync(this PortalHost host, Order order, string language = "es")
    {
        var (key, secret) = TicketKey.Issue(order.TicketId, host.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        await host.StoreAsync(db =>
        {
            db.TicketKeys.Add(key);
            return Task.FromResult(0);
        });
        var browser = host.Browser(language: language);
        using var opened = await browser.GetAsync($"{order.Address()}?clave={secret}");
        opened.EnsureSuccessStatusCode();
        return browser;
    }

    /// <summary>What a form of the portal has besides what is typed, so that a test can send one that no page shows.</summary>
    public static async Task<(string Name, string Value)> TokenAsync(this HttpClient browser)
    {
        var field = (await browser.PageAsync("/casos/buscar")).QuerySelector("form [name=__RequestVerificationToken]")!;
        return ("__RequestVerificationToken", field.GetAttribute("value")!);
    }

    /// <summary>Asks the database, or changes something in it.</summary>
    public static async Task<T> StoreAsync<T>(this PortalHost host, Func<PortalDbContext, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDbContext>();
        var result = await work(db);
        await db.SaveChangesAsync();
        return result;
    }

    /// <summary>An address nobody else in the tests has.</summary>
    public static string NewEmail() => $"ana-{Guid.NewGuid():N}@pedidos.example";

    private static string NewSlug() => string.Create(CultureInfo.InvariantCulture, $"articulo-{Interlocked.Increment(ref last)}-{Guid.NewGuid().ToString("N")[..6]}");
}

/// <summary>A portal that sells by <see cref="TestOrders.Rules"/>, with a clock that can be put forward.</summary>
public sealed class PlacedOrderPortal : IAsyncLifetime
{
    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public AdvancingClock Clock { get; } = new();

    public async Task InitializeAsync()
    {
        RequestPortal.Fill(content);
        content.Write("orders.yaml", TestOrders.Rules);
        Host = await RequestPortal.StartAsync(content, Clock);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class PlacedOrderPortalCollection : ICollectionFixture<PlacedOrderPortal>
{
    public const string Name = "placed order portal";
}
