using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Catalog;
using SelfService.Core.Orders;
using SelfService.Core.Persistence;
using SelfService.Core.Tests;
using SelfService.Core.Tests.Orders;

namespace SelfService.Web.Tests;

/// <summary>A portal that sells, with rules made for tests and a clock that can be put forward.</summary>
public sealed class OrderPortal : IAsyncLifetime
{
    public const string Shop = "/carrito";
    public const string Checkout = "/pedido";

    private readonly TestFolder content = new();

    public PortalHost Host { get; private set; } = null!;

    public AdvancingClock Clock { get; } = new();

    public async Task InitializeAsync()
    {
        Fill(content);
        Host = await RequestPortal.StartAsync(content, Clock);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        content.Dispose();
    }

    /// <summary>Writes the company, its desk and how it sells.</summary>
    public static void Fill(TestFolder folder, string? rules = null)
    {
        RequestPortal.Fill(folder);
        folder.Write("orders.yaml", rules ?? Rules);
    }

    public async Task<T> InAsync<T>(Func<PortalDbContext, Task<T>> ask)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<PortalDbContext>());
    }

    /// <summary>A product of its own for one test.</summary>
    public Task<Variant> SellAsync(long price = 10_000, int? stock = 10, ProductKind kind = ProductKind.Product, string? title = null, int? leadDays = null) =>
        InAsync(db => db.AddProductAsync($"p-{Guid.NewGuid():N}", price, stock, kind, title, leadDays: leadDays));

    /// <summary>Changes the price, or whether it is sold.</summary>
    public Task ChangeAsync(Variant variant, long? price = null, bool onSale = true) => InAsync(async db =>
    {
        await db.InTransactionAsync(() => db.Variants.Where(v => v.Id == variant.Id).ExecuteUpdateAsync(set => set.SetProperty(v => v.Price, v => price ?? v.Price).SetProperty(v => v.IsOnSale, onSale)));
        return true;
    });

    /// <summary>Pieces leave, or come back.</summary>
    public Task MoveAsync(Variant variant, int delta) => InAsync(async db =>
    {
        await db.InTransactionAsync(async () => Assert.True(await db.MoveStockAsync(new StockMovement { VariantId = variant.Id, Delta = delta, Reason = StockReason.Adjusted, At = DateTime.UtcNow }, CancellationToken.None)));
        return true;
    });

    public Task<int?> StockAsync(Variant variant) => InAsync(db => db.Variants.Where(v => v.Id == variant.Id).Select(v => v.InStock).SingleAsync());

    public Task<Order> OrderAsync(string number) => InAsync(db => db.Orders.AsNoTracking().Include(o => o.Ticket).ThenInclude(t => t.Customer).Include(o => o.Lines).Include(o => o.Ledger).SingleAsync(o => o.Number == number));

    public Task<int> OrdersAsync(Variant variant) => InAsync(db => db.OrderLines.CountAsync(l => l.VariantId == variant.Id));

    /// <summary>Presses «Agregar» as a product page would send it.</summary>
    public async Task<IHtmlDocument> AddAsync(HttpClient browser, Variant variant, int quantity = 1)
    {
        using var answer = await browser.SendFormAsync("/carrito/agregar", [("Sku", variant.Sku), ("Quantity", $"{quantity}"), await TokenAsync(browser)]);
        Assert.Equal(200, (int)answer.StatusCode);
        Clock.Advance(TimeSpan.FromSeconds(10));
        return await answer.PageAsync();
    }

    /// <summary>The field that shows a form comes from a page of this portal.</summary>
    public static async Task<(string Name, string Value)> TokenAsync(HttpClient browser) =>
        ("__RequestVerificationToken", (await browser.PageAsync("/solicitudes/simple")).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value);

    /// <summary>Opens the checkout and lets a person's time pass.</summary>
    public async Task<SentForm> CheckoutAsync(HttpClient browser)
    {
        var page = await browser.PageAsync(Checkout);
        Clock.Advance(TimeSpan.FromSeconds(30));
        return SentForm.Of(page);
    }

    /// <summary>What a guest fills in whom it is brought to.</summary>
    public static SentForm Filled(SentForm sent, string email, string payment = "transferencia") => sent.With(
        ("contact-name", "Ana Pérez"), ("contact-email", email), ("address.street", "Juárez"), ("address.number", "12"), ("address.neighbourhood", "Centro"), ("address.postcode", "72000"), ("address.city", "Puebla"), ("address.state", "Puebla"), ("payment", payment));

    /// <summary>Sends it and reads the number of the order from the confirmation.</summary>
    public static async Task<string> PlacedAsync(SentForm sent, HttpClient browser)
    {
        using var answer = await sent.SendAsync(browser);
        var match = Regex.Match(answer.RequestMessage!.RequestUri!.AbsolutePath, "^/pedido/recibido/(C-.{9})$");
        Assert.True(match.Success, $"{(int)answer.StatusCode} " + (await answer.PageAsync()).QuerySelector(".error-summary, .request-notice").Words());
        Assert.Equal(200, (int)answer.StatusCode);
        return match.Groups[1].Value;
    }

    /// <summary>From an empty cart to the number of an order, of somebody without an account.</summary>
    public async Task<string> OrderAsync(HttpClient browser, Variant variant, int quantity = 1, string? email = null)
    {
        await AddAsync(browser, variant, quantity);
        return await PlacedAsync(Filled(await CheckoutAsync(browser), email ?? RequestPortal.NewEmail()), browser);
    }

    private const string Rules = """
        queue: ayuda
        tax: { name: IVA, rate: 16 }
        delivery: { name: Entrega a domicilio, price: 199.00, free_from: 5000.00, line: De 2 a 4 días hábiles. }
        collection:
          name: Recoger en sucursal
          ready_in: 9h
          keep_days: 7
          places:
            - { key: roma, name: Sucursal Roma, address: "Calle 1, Roma", hours: "Lunes a viernes, de 9:00 a 18:00" }
            - { key: centro, name: Sucursal Centro, address: "Calle 2, Centro" }
        payment:
          - { key: transferencia, name: Transferencia, when: before, within: 9h, line: Le mostramos la CLABE., instructions: "Transfiera {total} con la referencia {numero}." }
          - { key: enlace, name: Tarjeta, when: link, within: 9h, line: Le enviamos un enlace. }
          - { key: entrega, name: Efectivo al recibir, when: on_delivery, max: 1000.00, line: Paga al repartidor. }
        """;
}

[CollectionDefinition(Name)]
public sealed class OrderPortalCollection : ICollectionFixture<OrderPortal>
{
    public const string Name = "order portal";
}
