using Microsoft.EntityFrameworkCore;
using SelfService.Core.Orders;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

public sealed class SettleOrderTests : OrderDeskTest
{
    [Fact]
    public async Task A_payment_is_entered_once_with_its_reference_and_what_is_next_follows()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)], payment: "before");
        Assert.Equal(NextStep.Payment, (await OrderAsync(id)).Stage);
        var key = Guid.NewGuid();

        Assert.Equal(StepResult.Done, (await PayAsync(id, 9_900, key)).Result);
        Assert.Equal(StepResult.DoneBefore, (await PayAsync(id, 9_900, key)).Result);
        Assert.Equal((9_900L, NextStep.Payment), ((await OrderAsync(id)).Paid, (await OrderAsync(id)).Stage));
        Assert.Equal(StepResult.Done, (await PayAsync(id, 10_000)).Result);

        var order = await OrderAsync(id);
        Assert.Equal((0L, NextStep.OrderConfirmation), (order.Balance, order.Stage));
        Assert.Equal("SPEI-1", order.Ledger[^1].Reference);
        Assert.Equal((TicketEventKind.OrderPaid, "$100.00"), (await StepsAsync(id)).Last());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(19_901)]
    public async Task What_is_not_owed_is_not_paid(long amount)
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)], payment: "before");

        Assert.Equal(StepResult.NotPossible, (await PayAsync(id, amount)).Result);
        Assert.Equal(0, (await OrderAsync(id)).Paid);
    }

    [Fact]
    public async Task A_key_of_another_orders_payment_pays_nothing()
    {
        var filter = await ProductAsync();
        var (one, other) = (await PlaceAsync([(filter, 1)], payment: "before"), await PlaceAsync([(filter, 1)], payment: "before"));
        var key = Guid.NewGuid();
        await PayAsync(one, 100, key);

        Assert.Equal(StepResult.NotPossible, (await PayAsync(other, 100, key)).Result);
        Assert.Equal(0, (await OrderAsync(other)).Paid);
    }

    [Fact]
    public async Task A_link_is_given_once_and_then_the_customer_is_waited_for()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)], payment: "link");
        Assert.Equal(NextStep.OrderConfirmation, (await OrderAsync(id)).Stage);

        Assert.Equal(StepResult.Done, (await OfferAsync(id)).Result);
        Assert.Equal(StepResult.DoneBefore, (await OfferAsync(id)).Result);

        var order = await OrderAsync(id);
        Assert.Equal(("https://pagos.example/a", NextStep.Payment), (order.PaymentLink, order.Stage));
        Assert.Equal(TicketStatus.Pending, (await TicketAsync(id)).Status);
        await PayAsync(id, order.Balance);
        Assert.Equal(StepResult.NotPossible, (await SettleAsync(async s => await s.OfferAsync(await StepAsync(id), "https://pagos.example/b", NoCancel))).Result);
    }

    [Theory]
    [InlineData("https://pagos.example/a?b=1", true)]
    [InlineData("http://pagos.example/a", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://banco.example@malo.example/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("pagos.example", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Customers_are_sent_to_safe_addresses_only(string? typed, bool isSafe) => Assert.Equal(isSafe, SafeLink.Read(typed, 100) is not null);

    [Fact]
    public async Task What_was_paid_and_is_not_wanted_goes_back_in_parts_and_no_more_than_that()
    {
        var lucia = await PersonAsync("lucia@ensayo.example");
        var id = await PlaceAsync([(await ProductAsync(), 1)], payment: "before", personId: lucia);
        await PayAsync(id, 19_900);
        await InAsync(db => new CancelOrder(Change(db), Rules).RunAsync(id, Actor.Customer(lucia), null, "", NoCancel));
        Assert.Equal(NextStep.Refund, (await OrderAsync(id)).Stage);
        var key = Guid.NewGuid();

        Assert.Equal(StepResult.Done, (await SettleAsync(async s => await s.RefundAsync(await StepAsync(id), key, 9_900, "DEV-1", NoCancel))).Result);
        Assert.Equal(StepResult.DoneBefore, (await SettleAsync(async s => await s.RefundAsync(await StepAsync(id), key, 9_900, "DEV-1", NoCancel))).Result);
        Assert.Equal(StepResult.NotPossible, (await SettleAsync(async s => await s.RefundAsync(await StepAsync(id), Guid.NewGuid(), 10_001, "DEV-2", NoCancel))).Result);
        Assert.Equal(StepResult.Done, (await SettleAsync(async s => await s.RefundToCreditAsync(await StepAsync(id), Guid.NewGuid(), 10_000, NoCancel))).Result);

        var order = await OrderAsync(id);
        Assert.Equal((0L, (NextStep?)null), (order.Balance, order.Stage));
        Assert.Equal(10_000, await InAsync(db => db.StoreCreditAsync(lucia, NoCancel)));
        Assert.Equal(10_000, await InAsync(db => db.CreditEntries.SumAsync(e => e.Amount)));
        Assert.Equal([(TicketEventKind.OrderRefunded, "$99.00"), (TicketEventKind.OrderCredited, "$100.00")], (await StepsAsync(id)).TakeLast(2));
        Assert.Equal(TicketStatus.Solved, (await TicketAsync(id)).Status);
    }

    [Fact]
    public async Task Who_has_no_account_gets_money_and_not_credit()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)], payment: "before");
        await PayAsync(id, 19_900);
        await InAsync(db => new CancelOrder(Change(db), Rules).RunAsync(id, Actor.Customer(null), null, "", NoCancel));

        Assert.Equal(StepResult.NotPossible, (await SettleAsync(async s => await s.RefundToCreditAsync(await StepAsync(id), Guid.NewGuid(), 100, NoCancel))).Result);
        Assert.Equal(-19_900, (await OrderAsync(id)).Balance);
    }

    private Task<StepOutcome> PayAsync(Guid id, long amount, Guid? key = null) =>
        SettleAsync(async s => await s.PayAsync(await StepAsync(id), key ?? Guid.NewGuid(), amount, "SPEI-1", NoCancel));

    private Task<StepOutcome> OfferAsync(Guid id) => SettleAsync(async s => await s.OfferAsync(await StepAsync(id), "https://pagos.example/a", NoCancel));
}
