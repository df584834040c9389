using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;
using SelfService.Web.Tests.Pages.Account;
using SelfService.Web.Tests.Pages.Agent;
using SelfService.Web.Tests.Pages.Cases;

namespace SelfService.Web.Tests.Pages.Orders;

/// <summary>
/// Every address of the catalogue, the cart, orders and their desk, for everybody: who may gets through, anybody else gets the 404
/// of what is not there (the desk's are asked to sign in), and nothing changes. A page that is not listed here fails.
/// </summary>
[Collection(PlacedOrderPortalCollection.Name)]
public sealed class WhoMayTests(PlacedOrderPortal portal)
{
    private static readonly string[] ForAll = ["catalogo", "catalogo/{slug}", "carrito", "carrito/agregar", "pedido"];

    private static readonly string[] OfTheCustomer =
    [
        "casos/{number}/cancelar", "casos/{number}/devolver", "casos/{number}/devolver/{id:guid}/retirar", "casos/{number}/comprobante", "casos/{number}/repetir", "pedido/recibido/{number}",
    ];

    // What she can print or keep; the desk has no use for her forms, and its own pages for what they do.
    private static readonly string[] ReadByTheDesk = ["casos/{number}/comprobante", "pedido/recibido/{number}"];

    private static readonly string[] OfTheDesk =
    [
        "agente/pedidos", "agente/pedidos/avanzar", .. Agent.Orders.StepTests.Pages.Select(p => "agente/casos/{number}/pedido/" + p), "agente/casos/{number}/pedido/devolucion/{id:guid}",
    ];

    // Whatever any of the forms asks for.
    private static readonly (string, string)[] Everything =
    [
        ("Key", Guid.NewGuid().ToString()), ("Seen", "99"), ("que", "todo"), ("What", "todo"), ("Quantity", "1"), ("Instead", "dinero"), ("Reason", "x"), ("Move", "Confirm"), ("Amount", "1"), ("Reference", "x"),
        ("PaymentLink", "https://pagos.example/a"), ("Kind", "descuento"), ("Much", "1"), ("Decision", "recibir"), ("Note", "x"), ("Way", "credito"), ("Parts[street]", "x"), ("Parts[city]", "x"), ("tabla", "pedidos"),
    ];

    private PortalHost Host => portal.Host;

    [Fact]
    public void Everywhere_EveryPageIsInTheMatrix()
    {
        string[] folders = ["/Catalog/", "/Orders/", "/Cases/Orders/", "/Agent/Orders/"];

        var pages = Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is { } page && folders.Any(f => page.ViewEnginePath.StartsWith(f, StringComparison.Ordinal)))
            .Select(e => e.RoutePattern.RawText!.TrimStart('/')).ToHashSet();

        Assert.Equal(pages.Order(StringComparer.Ordinal), ForAll.Concat(OfTheCustomer).Concat(OfTheDesk).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_WhatIsForAll_IsThereForAll()
    {
        var variant = await Host.AddProductAsync();
        foreach (var (_, browser) in await PeopleAsync(await AskedBackAsync()))
        {
            using (browser)
            {
                foreach (var (page, status) in new[] { ("catalogo", 200), ($"catalogo/{variant.Product.Slug}", 200), ("carrito", 200), ("carrito/agregar", 302) })
                {
                    using var answer = await browser.GetAsync("/" + page);
                    Assert.Equal(status, (int)answer.StatusCode);
                }

                var token = await browser.TokenAsync();
                using var untrusted = await browser.SendFormAsync("/carrito/agregar", [("Sku", variant.Sku)]);
                using var added = await browser.SendFormAsync("/carrito/agregar", [("Sku", variant.Sku), token]);
                Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Found), (untrusted.StatusCode, added.StatusCode));
                await browser.PageAsync("/pedido");
            }
        }
    }

    [Fact]
    public async Task Get_PagesOfAnOrder_AreThereForItsCustomerOnlyAndTheDeskReadsThem()
    {
        var order = await AskedBackAsync();
        foreach (var (who, browser) in await PeopleAsync(order))
        {
            using (browser)
            {
                var isDesk = who is "agent" or "admin";
                await ExpectAsync(who, browser, ReadByTheDesk, order, who is "customer" || isDesk ? HttpStatusCode.OK : HttpStatusCode.NotFound);
                await ExpectAsync(who, browser, OfTheCustomer.Except(ReadByTheDesk), order, who is "customer" ? HttpStatusCode.OK : HttpStatusCode.NotFound);
            }
        }
    }

    [Fact]
    public async Task Get_PagesOfTheDesk_AreThereForAgentsAndAdministratorsOnly()
    {
        var order = await AskedBackAsync();
        foreach (var (who, browser) in await PeopleAsync(order))
        {
            using (browser)
            {
                // The address of the button that moves many has no page of its own.
                await ExpectAsync(
                    who, browser, OfTheDesk.Where(p => p != "agente/pedidos/avanzar"), order,
                    who is "agent" or "admin" ? HttpStatusCode.OK : who is "anonymous" or "guest" ? HttpStatusCode.Found : HttpStatusCode.NotFound);
            }
        }
    }

    [Fact]
    public async Task Post_EveryForm_DoesNothingForAnybodyElse()
    {
        var order = await AskedBackAsync();
        var before = await TraceAsync(order);
        foreach (var (who, browser) in await PeopleAsync(order))
        {
            using (browser)
            {
                var token = await browser.TokenAsync();
                var mine = who switch { "customer" => OfTheCustomer, "agent" or "admin" => OfTheDesk, _ => [] };
                foreach (var page in OfTheCustomer.Except(ReadByTheDesk).Concat(OfTheDesk).Except(mine))
                {
                    using var answer = await browser.SendFormAsync(Address(page, order), [.. Everything, ("renglon", order.Lines[0].Id.ToString()), ("Number", order.Number), token]);
                    var expected = who is "anonymous" or "guest" && page.StartsWith("agente", StringComparison.Ordinal) ? HttpStatusCode.Found : HttpStatusCode.NotFound;
                    Assert.True(answer.StatusCode == expected, $"{who} posts {page}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.Equal(before, await TraceAsync(order));
    }

    [Fact]
    public async Task Post_AFormOfAnOrderByItsCustomer_IsTaken()
    {
        var order = await AskedBackAsync();
        var before = await TraceAsync(order);
        using var customer = await Host.OpenAsync(order);

        using var answer = await customer.FillAsync(Address("casos/{number}/devolver/{id:guid}/retirar", order), "main form[method=post]");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.NotEqual(before, await TraceAsync(order));
    }

    private static async Task ExpectAsync(string who, HttpClient browser, IEnumerable<string> pages, Order order, HttpStatusCode expected)
    {
        foreach (var page in pages)
        {
            using var answer = await browser.GetAsync(Address(page, order));
            Assert.True(answer.StatusCode == expected, $"{who} gets {page}: {(int)answer.StatusCode}");
            Assert.True(expected != HttpStatusCode.Found || answer.Headers.Location!.OriginalString.Contains("/cuenta/entrar", StringComparison.Ordinal), page);
            if (expected != HttpStatusCode.OK)
            {
                Assert.DoesNotContain(order.Lines[0].Title, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    private static string Address(string page, Order order) =>
        "/" + page.Replace("{number}", order.Number, StringComparison.Ordinal).Replace("{id:guid}", order.Returns[0].Id.ToString(), StringComparison.Ordinal);

    // An order in which every page has something to say: delivered, a piece of it on its way back.
    private async Task<Order> AskedBackAsync()
    {
        var address = AccountSteps.NewAddress();
        using var customer = await Host.RegisterAsync(address);
        var order = await Host.WalkAsync(await Host.PlaceAsync(quantity: 3, address, (await Host.FindPersonAsync(address))!.Id), OrderStatus.Delivered);
        return await Host.MoveAsync(order, TicketEventKind.ReturnRequested, h => h.Order.RequestReturn(order.Lines[0].Id, 1, ReturnKind.Return, null, "No cabe", Guid.NewGuid(), h.Now));
    }

    // Everybody there is, besides staff without a second factor, who is nobody yet.
    private async Task<IReadOnlyList<(string Who, HttpClient Browser)>> PeopleAsync(Order order)
    {
        var people = new List<(string, HttpClient)>
        {
            ("anonymous", Host.Browser(followRedirects: false)), ("guest", await Host.GuestOfAsync((await Host.PlaceAsync()).Ticket, followRedirects: false)),
        };
        foreach (var (who, email, password) in new[]
        {
            ("customer", order.Ticket.ContactEmail!, AccountSteps.HerPassword), ("other customer", Steps.Customer, Steps.Password), ("agent", Steps.Agent, Steps.Password),
            ("editor", DeskPortal.Editor, Steps.Password), ("admin", DeskPortal.Admin, Steps.Password),
        })
        {
            var browser = Host.Browser(followRedirects: false);
            Assert.True(await browser.TrySignInAsync(email, password), who);
            people.Add((who, browser));
        }

        return people;
    }

    // Everything that any of the forms could have changed.
    private Task<string> TraceAsync(Order order) => Host.StoreAsync(async db =>
    {
        var now = await db.Orders.AsNoTracking().Include(o => o.Ticket).SingleAsync(o => o.Id == order.Id);
        var returns = await db.OrderReturns.Where(r => r.OrderId == order.Id).OrderBy(r => r.Id).Select(r => $"{r.Id} {r.Status}").ToListAsync();
        return string.Join(
            '\n',
            [
                .. returns, $"{now.Version} {now.Ticket.Version} {now.Status}", $"{await db.TicketEvents.CountAsync(e => e.TicketId == order.TicketId)} events",
                $"{await db.LedgerEntries.CountAsync(e => e.OrderId == order.Id)} entries", $"{await db.Messages.CountAsync(m => m.TicketId == order.TicketId)} messages",
                $"{await db.Variants.Where(v => v.Id == order.Lines[0].VariantId).Select(v => v.InStock).SingleAsync()} pieces",
            ]);
    });
}
