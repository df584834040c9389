using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Core.Tests.Orders;
using SelfService.Core.Tickets;
using SelfService.Web.Startup;

namespace SelfService.Web.Tests.Pages.Agent.Orders;

/// <summary>A portal that sells, and what tests of the desk do to its orders.</summary>
public sealed class DeskOrderPortal : IAsyncLifetime
{
    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        content.Write("site.yaml", "name: Ensayo\nlocale: es-MX\nlanguages: [es, en]\ntime_zone: America/Mexico_City\ncurrency: MXN\ncountry: MX\ncontact:\n  phone: \"800 555 0100\"\n")
            .Write("queues.yaml", "queues:\n  pedidos: { name: Pedidos, sla: estandar }\npolicies:\n  estandar: { first_response: 8h, next_response: 12h, hours: always }\ndefault_queue: pedidos\n")
            .Write("orders.yaml", Rules);
        Host = await PortalHost.StartAsync(content.Root);
        // Nothing happens by itself: jobs stay as the tests leave them.
        Host.Services.GetRequiredService<Readiness>().IsOpen = false;
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }

    /// <summary>A product that only this test sells.</summary>
    public Task<Variant> ProductAsync(string title = "Filtro", long price = 10_000, int? stock = 10, ProductKind kind = ProductKind.Product) =>
        AskAsync(db => db.AddProductAsync($"a{Guid.NewGuid():N}"[..12], price, stock, kind, title));

    /// <summary>Places an order as a customer would.</summary>
    public async Task<Order> PlaceAsync(
        IReadOnlyList<(Variant Variant, int Quantity)>? wanted = null, string payment = "puerta", Receiving receiving = Receiving.Delivery, string name = "Ana", Guid? personId = null, string notes = "")
    {
        wanted ??= [(await ProductAsync(), 2)];
        await using var scope = Host.Services.CreateAsyncScope();
        var rules = scope.ServiceProvider.GetRequiredService<OrderRules>();
        var goods = wanted.Sum(w => w.Variant.Price * w.Quantity);
        var placed = await scope.ServiceProvider.GetRequiredService<PlaceOrder>().RunAsync(
            new OrderRequest
            {
                SubmissionKey = Guid.NewGuid(),
                Lines = [.. wanted.Select(w => new WantedLine(w.Variant.Id, w.Quantity, w.Variant.Price))],
                Receiving = receiving,
                Address = receiving == Receiving.Collection ? [] : [new AddressLine("street", "Calle Uno"), new AddressLine("number", "5"), new AddressLine("city", "Puebla"), new AddressLine("state", "Puebla")],
                Branch = receiving == Receiving.Collection ? "roma" : null,
                Payment = payment,
                Notes = notes,
                SeenTotal = goods + rules.DeliveryPrice(receiving, goods),
                Contact = new Core.People.Contact(name, $"{Guid.NewGuid():N}@ensayo.example", null, null),
                PersonId = personId,
                Actor = Actor.Customer(personId),
            },
            CancellationToken.None);
        Assert.Empty(placed.Obstacles);
        return await OrderAsync(placed.Ticket!.Id);
    }

    public async Task<Order> OrderAsync(Guid ticketId) => (await AskAsync(db => db.OrderAsync(ticketId, CancellationToken.None)))!;

    public Task<Ticket> TicketAsync(Guid id) =>
        AskAsync(db => db.Tickets.AsNoTracking().Include(t => t.Messages).Include(t => t.Events).SingleAsync(t => t.Id == id));

    /// <summary>Takes an order as far as that, on behalf of the portal.</summary>
    public async Task<Order> WalkAsync(Order order, OrderStatus to)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var move = scope.ServiceProvider.GetRequiredService<MoveOrder>();
        var step = new StaffStep(order.TicketId, await PersonAsync(Steps.Agent), Seen: null);
        Func<Task<StepOutcome>>[] steps =
        [
            () => move.ConfirmAsync(step, evenUnpaid: true, CancellationToken.None), () => move.PrepareAsync(step, CancellationToken.None),
            () => move.DispatchAsync(step, new Shipment(Guid.NewGuid(), null), CancellationToken.None), () => move.HandOverAsync(step, null, new Collected(Guid.NewGuid(), null), CancellationToken.None),
        ];
        foreach (var next in steps.Take(to switch { OrderStatus.Confirmed => 1, OrderStatus.Preparing => 2, OrderStatus.Ready or OrderStatus.Shipped => 3, _ => 4 }))
        {
            Assert.Equal(StepResult.Done, (await next()).Result);
        }

        return await OrderAsync(order.TicketId);
    }

    public async Task<T> UseAsync<TStep, T>(Func<TStep, Task<T>> use)
        where TStep : notnull
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TStep>());
    }

    public Task<T> AskAsync<T>(Func<PortalDbContext, Task<T>> ask) => UseAsync(ask);

    public Task<Guid> PersonAsync(string email) => AskAsync(db => db.Users.Where(u => u.Email == email).Select(u => u.Id).SingleAsync());

    public Task<int?> StockAsync(Variant variant) => AskAsync(db => db.Variants.Where(v => v.Id == variant.Id).Select(v => v.InStock).SingleAsync());

    public static string Address(Order order, string step = "") => $"/agente/casos/{order.Number}{(step.Length > 0 ? "/pedido/" + step : "")}";

    private const string Rules = """
        queue: pedidos
        tax: { name: IVA, rate: 16 }
        delivery: { name: Entrega, price: 99.00, free_from: 5000.00 }
        collection:
          name: Recoger
          ready_in: 24h
          keep_days: 7
          places:
            - { key: roma, name: Sucursal Roma, address: "Calle 1" }
            - { key: norte, name: Sucursal Norte, address: "Calle 2" }
        payment:
          - { key: antes, name: Transferencia, when: before, within: 48h }
          - { key: enlace, name: Tarjeta, when: link, within: 48h }
          - { key: puerta, name: Efectivo al recibir, when: on_delivery }
        limits:
          agent: { discount_percent: 10, credit: 500.00, extension_days: 15 }
          admin: { discount_percent: 100, credit: 100000.00, extension_days: 90 }
        """;
}

[CollectionDefinition(Name)]
public sealed class DeskOrderPortalCollection : ICollectionFixture<DeskOrderPortal>
{
    public const string Name = "desk order portal";
}
