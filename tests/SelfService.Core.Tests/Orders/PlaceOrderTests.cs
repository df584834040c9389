using Microsoft.EntityFrameworkCore;
using SelfService.Core.Catalog;
using SelfService.Core.Mail;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

public sealed class PlaceOrderTests : OrderTest
{
    [Fact]
    public async Task An_order_is_a_record_a_ticket_its_pieces_and_one_mail()
    {
        var filter = await InAsync(db => db.AddProductAsync("filtro", 54_900, 5));
        var order = await PlacedAsync(Wants((filter, 2)));

        Assert.Equal((OrderStatus.Placed, 109_800 + DeliveryPrice, NextStep.OrderConfirmation), (order.Status, order.Total, order.Stage));
        Assert.Equal((order.Number, TicketKind.Order, "2 × filtro"), (order.Ticket.Number, order.Ticket.Kind, order.Ticket.Subject));
        Assert.Equal((TicketStatus.New, NextStep.OrderConfirmation, order.StageDueAt), (order.Ticket.Status, order.Ticket.NextStep, order.Ticket.DueAt));
        Assert.Equal(3, await StockAsync(filter));
        var mails = await InAsync(db => db.Jobs.ToListAsync());
        Assert.Equal(MailKind.OrderPlaced, Assert.Single(mails).Read<MailRequest>().Kind);
        Adds(order);
    }

    [Fact]
    public async Task The_tax_inside_is_that_of_each_line_and_of_bringing_it()
    {
        var (taxed, free) = await InAsync(async db => (await db.AddProductAsync("filtro", 11_600), await db.AddProductAsync("libro", 10_000, taxRate: 0)));
        var order = await PlacedAsync(Wants((taxed, 1), (free, 1)));

        Assert.Equal(1_600 + Taxes.Inside(DeliveryPrice, 1600), order.Tax);
    }

    [Theory]
    [InlineData(116, 1600, 16)]
    [InlineData(100, 1600, 14)]
    [InlineData(0, 1600, 0)]
    [InlineData(1_000_000, 0, 0)]
    [InlineData(121, 2100, 21)]
    [InlineData(3, 1900, 0)]
    [InlineData(4, 1900, 1)]
    public void Tax_inside_is_rounded_half_up(long amount, int rate, long tax) => Assert.Equal(tax, Taxes.Inside(amount, rate));

    [Fact]
    public async Task The_same_form_sent_twenty_times_at_once_gives_one_order()
    {
        var filter = await InAsync(db => db.AddProductAsync("filtro", 54_900, 50));
        var request = Wants((filter, 1));

        var placed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => PlaceAsync(request))));

        Assert.All(placed, p => Assert.True(p.Ticket!.IsSame));
        Assert.Single(placed.Select(p => p.Ticket!.Number).Distinct());
        Assert.Equal((1, 1), await InAsync(async db => (await db.Orders.CountAsync(), await db.Jobs.CountAsync())));
        Assert.Equal(49, await StockAsync(filter));
    }

    [Fact]
    public async Task The_same_key_with_another_wish_is_told_and_changes_nothing()
    {
        var filter = await InAsync(db => db.AddProductAsync("filtro", 54_900, 50));
        var request = Wants((filter, 1));
        await PlacedAsync(request);

        var again = await PlaceAsync(Wants((filter, 2)) with { SubmissionKey = request.SubmissionKey });

        Assert.False(again.Ticket!.IsSame);
        Assert.Equal(49, await StockAsync(filter));
    }

    [Fact]
    public async Task Of_many_who_want_the_last_piece_at_once_one_gets_it_and_the_others_are_told()
    {
        var last = await InAsync(db => db.AddProductAsync("ultima", 54_900, 1));

        var placed = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => PlaceAsync(Wants((last, 1))))));

        Assert.Single(placed, p => p.Ticket is not null);
        Assert.All(placed.Where(p => p.Ticket is null), p => Assert.Equal(new OrderObstacle(OrderObstacleKind.Short, last.Id), Assert.Single(p.Obstacles)));
        Assert.Equal((1, 1), await InAsync(async db => (await db.Orders.CountAsync(), await db.Tickets.CountAsync())));
        Assert.Equal(0, await StockAsync(last));
    }

    [Fact]
    public async Task One_line_that_cannot_be_had_leaves_the_pieces_of_the_others_where_they_are()
    {
        var (there, gone) = await InAsync(async db => (await db.AddProductAsync("hay", 1_000, 5), await db.AddProductAsync("falta", 1_000, 1)));

        var placed = await PlaceAsync(Wants((there, 2), (gone, 2)));

        Assert.Equal(new OrderObstacle(OrderObstacleKind.Short, gone.Id, 1), Assert.Single(placed.Obstacles));
        Assert.Equal(5, await StockAsync(there));
        Assert.Equal((0, 2), await InAsync(async db => (await db.Tickets.CountAsync(), await db.StockMovements.CountAsync())));
    }

    [Fact]
    public async Task A_price_that_changed_meanwhile_is_asked_about_and_not_charged()
    {
        var filter = await InAsync(db => db.AddProductAsync("filtro", 54_900, 5));
        var request = Wants((filter, 1));
        await InAsync(db => db.Variants.ExecuteUpdateAsync(set => set.SetProperty(v => v.Price, 59_900)));

        var placed = await PlaceAsync(request);

        Assert.Equal(new OrderObstacle(OrderObstacleKind.PriceChanged, filter.Id, Price: 59_900), Assert.Single(placed.Obstacles));
    }

    [Fact]
    public async Task A_total_other_than_the_one_shown_is_asked_about()
    {
        var filter = await InAsync(db => db.AddProductAsync("filtro", 54_900, 5));

        var placed = await PlaceAsync(Wants((filter, 1)) with { SeenTotal = 54_900 });

        Assert.Equal(new OrderObstacle(OrderObstacleKind.TotalChanged, Price: 54_900 + DeliveryPrice), Assert.Single(placed.Obstacles));
    }

    [Fact]
    public async Task What_is_not_offered_is_refused()
    {
        var (filter, work) = await InAsync(async db => (await db.AddProductAsync("filtro", 54_900, 5), await db.AddProductAsync("visita", 40_000, null, ProductKind.Service)));

        OrderRequest[] requests =
        [
            Wants((filter, 1)) with { Payment = "tarjeta" },
            Wants((filter, 1)) with { Receiving = Receiving.Collection, Branch = "luna", SeenTotal = 54_900 },
            Wants((filter, 1)) with { Receiving = Receiving.AtHome, SeenTotal = 54_900 },
            Wants((work, 1)),
            Wants((filter, 1)) with { Lines = [new WantedLine(filter.Id, 1, 54_900), new WantedLine(work.Id, 24, 40_000)], SeenTotal = 1_014_900 },
        ];
        foreach (var request in requests)
        {
            var placed = await PlaceAsync(request);
            Assert.Contains(placed.Obstacles, o => o.Kind == OrderObstacleKind.NotOffered);
        }
    }

    [Fact]
    public async Task What_is_not_on_sale_any_more_is_told()
    {
        var filter = await InAsync(db => db.AddProductAsync("filtro", 54_900, 5));
        await InAsync(db => db.Products.ExecuteUpdateAsync(set => set.SetProperty(p => p.IsOnSale, false)));

        Assert.Equal(OrderObstacleKind.Gone, Assert.Single((await PlaceAsync(Wants((filter, 1)))).Obstacles).Kind);
        Assert.Equal(OrderObstacleKind.Gone, Assert.Single((await PlaceAsync(Wants((filter, 1)) with { Lines = [new WantedLine(Guid.NewGuid(), 1, 1)] })).Obstacles).Kind);
    }

    [Fact]
    public async Task Store_credit_pays_what_it_can_and_never_twice()
    {
        var filter = await InAsync(db => db.AddProductAsync("filtro", 500_000, 50));
        var ana = await PersonAsync("ana@ensayo.example");
        var first = await PlacedAsync(Wants((filter, 1)) with { PersonId = ana, Payment = "transferencia" });
        await StepAsync(first, Agent, hand =>
        {
            hand.Order.Pay(500_000, "SPEI 1", Guid.NewGuid(), hand.Actor, hand.Now);
            hand.Order.Cancel("", hand.Actor, hand.Now);
            hand.Order.RefundToCredit(500_000, Guid.NewGuid(), hand.Actor, hand.Now);
            return [new OrderStep(TicketEventKind.OrderCancelled)];
        });

        var placed = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PlaceAsync(Wants((filter, 1)) with { PersonId = ana, SeenCredit = 500_000 }))));

        var order = await OrderAsync(Assert.Single(placed, p => p.Ticket is not null).Ticket!.Id);
        Assert.Equal(500_000, order.Paid);
        Assert.All(placed.Where(p => p.Ticket is null), p => Assert.Equal(OrderObstacleKind.CreditChanged, Assert.Single(p.Obstacles).Kind));
        Assert.Equal(0, await InAsync(db => db.StoreCreditAsync(ana, NoCancel)));
        Assert.Equal(0, await InAsync(db => db.CreditEntries.SumAsync(e => e.Amount)));
        Adds(order);
    }
}
