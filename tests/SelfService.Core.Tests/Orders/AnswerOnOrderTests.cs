using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Orders;

public sealed class AnswerOnOrderTests : OrderDeskTest
{
    [Fact]
    public async Task An_answer_after_which_the_order_goes_on_leaves_its_step_and_its_date()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)]);
        var order = await OrderAsync(id);
        await ChangeAsync(id, t => t.Promise(new Commitment(NextStep.Promise, "Le llamamos", Clock.Now.AddHours(1)), Actor.Staff(Agent), Clock.Now));

        Assert.Equal(StepResult.Done, (await GoOnAsync(id)).Result);

        var ticket = await TicketAsync(id);
        Assert.Equal((order.Next, TicketStatus.Open), (ticket.Commitment, ticket.Status));
        Assert.Single(ticket.Messages);
    }

    [Fact]
    public async Task Where_the_customer_has_to_pay_it_waits_for_her_after_the_answer_too()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)], payment: "before");

        await GoOnAsync(id);

        Assert.Equal((NextStep.Payment, TicketStatus.Pending), ((await TicketAsync(id)).NextStep, (await TicketAsync(id)).Status));
    }

    [Fact]
    public async Task A_date_that_has_passed_is_not_promised_again()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)]);
        Clock.Now += TimeSpan.FromDays(30);

        Assert.Equal(StepResult.NotPossible, (await GoOnAsync(id)).Result);
        Assert.Empty((await TicketAsync(id)).Messages);
    }

    [Fact]
    public async Task An_answer_does_not_solve_what_the_order_still_owes()
    {
        var id = await PlaceAsync([(await ProductAsync(), 1)]);

        var outcome = await InAsync(async db => await new AnswerTicket(db, Desk, Clock).AnswerAsync(await StepAsync(id), Text(), next: null, NoCancel));

        Assert.Equal(StepResult.NotPossible, outcome.Result);
        var ticket = await TicketAsync(id);
        Assert.True(ticket.IsUnresolved);
        Assert.Empty(ticket.Messages);
    }

    private Task<StepOutcome> GoOnAsync(Guid id) => InAsync(async db => await new AnswerTicket(db, Desk, Clock).AnswerOnRecordAsync(await StepAsync(id), Text(), NoCancel));

    private static StaffText Text() => new(Guid.NewGuid(), "Mateo", "Va en camino", []);
}
