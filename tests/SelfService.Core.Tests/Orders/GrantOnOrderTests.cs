using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

public sealed class GrantOnOrderTests : OrderDeskTest
{
    [Fact]
    public async Task A_discount_is_given_once_with_its_reason_and_is_written_down()
    {
        var id = await PlaceAsync([(await ProductAsync(), 2), (await ProductAsync("manguera", price: 3_333), 1)]);
        var key = Guid.NewGuid();

        Assert.Equal(StepResult.Done, (await GrantAsync(await StepAsync(id), LedgerKind.Discount, 1_001, key)).Result);
        Assert.Equal(StepResult.DoneBefore, (await GrantAsync(await StepAsync(id), LedgerKind.Discount, 1_001, key)).Result);

        var order = await OrderAsync(id);
        Assert.Equal((23_333 + 9_900 - 1_001, 1_001), (order.Total, order.Granted));
        Assert.Equal((LedgerKind.Discount, "Llegó tarde", Agent), (order.Ledger[^1].Kind, order.Ledger[^1].Reason, order.Ledger[^1].ActorId!.Value));
        Assert.Equal((TicketEventKind.OrderDiscounted, "$10.01"), (await StepsAsync(id)).Last());
        var line = await InAsync(db => db.AuditEntries.SingleAsync(e => e.Kind == AuditKind.OrderGranted));
        Assert.Equal((Agent, $"Discount 1001 MXN {order.Number}"), (line.ActorId!.Value, line.Detail));
    }

    [Fact]
    public async Task A_percentage_is_of_the_goods_and_not_of_bringing_them()
    {
        var id = await PlaceAsync([(await ProductAsync(), 2)]);

        await GrantAsync(await StepAsync(id), LedgerKind.Discount, 10, isPercent: true);

        Assert.Equal(20_000 + 9_900 - 2_000, (await OrderAsync(id)).Total);
    }

    [Fact]
    public async Task Discounts_in_pieces_do_not_pass_the_limit_and_what_is_left_is_said()
    {
        var id = await PlaceAsync([(await ProductAsync(), 2)]);
        for (var i = 0; i < 4; i++)
        {
            await GrantAsync(await StepAsync(id), LedgerKind.Discount, 450);
        }

        var refused = await Assert.ThrowsAsync<GrantLimitException>(async () => await GrantAsync(await StepAsync(id), LedgerKind.Discount, 201));
        Assert.Equal(200, refused.Left);
        Assert.Equal(StepResult.Done, (await GrantAsync(await StepAsync(id), LedgerKind.Discount, 200)).Result);
        Assert.Equal(0, (await Assert.ThrowsAsync<GrantLimitException>(async () => await GrantAsync(await StepAsync(id), LedgerKind.Discount, 1))).Left);

        Assert.Equal(27_900, (await OrderAsync(id)).Total);
        Assert.Equal(5, await InAsync(db => db.AuditEntries.CountAsync(e => e.Kind == AuditKind.OrderGranted)));
    }

    [Fact]
    public async Task Sixteen_who_grant_at_once_do_not_pass_the_limit_together()
    {
        var id = await PlaceAsync([(await ProductAsync(), 2)]);
        var step = new StaffStep(id, Agent, Seen: null);

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            try
            {
                return (await GrantAsync(step, LedgerKind.Discount, 450)).Result == StepResult.Done;
            }
            catch (GrantLimitException)
            {
                return false;
            }
        })));

        // 10 % of 200.00 is 20.00: four times 4.50, and no fifth.
        Assert.Equal(4, results.Count(done => done));
        var order = await OrderAsync(id);
        Assert.Equal((4, 29_900 - 1_800), (order.Ledger.Count(e => e.Kind == LedgerKind.Discount), order.Total));
    }

    [Fact]
    public async Task What_one_role_may_not_another_may_and_who_has_none_may_nothing()
    {
        var id = await PlaceAsync([(await ProductAsync(), 2)]);
        var admin = await AgentAsync("julian@ensayo.example", Roles.Admin);
        var editor = await AgentAsync("elena@ensayo.example", Roles.Editor);

        Assert.Equal(2_000, (await Assert.ThrowsAsync<GrantLimitException>(async () => await GrantAsync(await StepAsync(id), LedgerKind.Discount, 5_000))).Left);
        Assert.Equal(0, (await Assert.ThrowsAsync<GrantLimitException>(async () => await GrantAsync(await StepAsync(id, editor), LedgerKind.Discount, 1))).Left);
        Assert.Equal(StepResult.Done, (await GrantAsync(await StepAsync(id, admin), LedgerKind.Discount, 5_000)).Result);

        // What the administrator gave counts for the agent as well.
        Assert.Equal(0, (await Assert.ThrowsAsync<GrantLimitException>(async () => await GrantAsync(await StepAsync(id), LedgerKind.Discount, 1))).Left);
        Assert.Equal(24_900, (await OrderAsync(id)).Total);
    }

    [Fact]
    public async Task Credit_notes_and_days_have_limits_of_their_own()
    {
        var id = await PlaceAsync([(await ProductAsync(price: 100_000), 1)]);

        Assert.Equal(StepResult.Done, (await GrantAsync(await StepAsync(id), LedgerKind.CreditNote, 50_000)).Result);
        Assert.Equal(0, (await Assert.ThrowsAsync<GrantLimitException>(async () => await GrantAsync(await StepAsync(id), LedgerKind.CreditNote, 1))).Left);
        Assert.Equal(StepResult.Done, (await GrantAsync(await StepAsync(id), LedgerKind.Extension, 10)).Result);
        Assert.Equal(5, (await Assert.ThrowsAsync<GrantLimitException>(async () => await GrantAsync(await StepAsync(id), LedgerKind.Extension, 6))).Left);
        Assert.Equal(StepResult.Done, (await GrantAsync(await StepAsync(id), LedgerKind.Discount, 10_000)).Result);

        var order = await OrderAsync(id);
        Assert.Equal((49_900, 10), (order.Total, order.ExtensionDays));
        Assert.Contains((TicketEventKind.OrderExtended, "10"), await StepsAsync(id));
    }

    [Fact]
    public async Task A_discount_of_what_was_cancelled_is_not_given_and_what_it_costs_never_falls_below_nothing()
    {
        var admin = await AgentAsync("julian@ensayo.example", Roles.Admin);
        var id = await PlaceAsync([(await ProductAsync(), 2)]);
        await InAsync(async db => await new CancelOrder(Change(db), Rules).RunAsync(id, Actor.Customer(null), new CancelledPieces((await OrderAsync(id)).Lines[0].Id, 1), "", NoCancel));

        Assert.Equal(10_000, (await Assert.ThrowsAsync<GrantLimitException>(async () => await GrantAsync(await StepAsync(id, admin), LedgerKind.CreditNote, 10_001))).Left);
        await GrantAsync(await StepAsync(id, admin), LedgerKind.CreditNote, 10_000);

        Assert.Equal(9_900, (await OrderAsync(id)).Total);
    }

    [Fact]
    public async Task Nothing_is_granted_on_a_cancelled_order_and_nothing_without_a_reason()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)]);
        await InAsync(db => new CancelOrder(Change(db), Rules).RunAsync(id, Actor.Customer(null), null, "", NoCancel));

        Assert.Equal(StepResult.NotPossible, (await GrantAsync(await StepAsync(id), LedgerKind.CreditNote, 100)).Result);
        await Assert.ThrowsAsync<ArgumentException>(() => InAsync(db =>
            new GrantOnOrder(db, Change(db), Rules).RunAsync(new StaffStep(id, Agent, null), new OrderGrant(Guid.NewGuid(), LedgerKind.CreditNote, 1, " "), NoCancel)));
    }
}
