using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

/// <summary>What people do to a ticket, stored and read again.</summary>
public sealed class TicketChangesTests : TicketTest
{
    [Fact]
    public async Task When_the_customer_answers_a_question_it_is_the_companys_turn_again()
    {
        var id = (await OpenAsync(Request())).Id;
        var agent = await PersonAsync("mateo@ensayo.example");
        await ChangeAsync(id, t => t.StaffReplied(Written(t, "¿Qué modelo es?"), Actor.Staff(agent), new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddDays(3)), Clock.Now));
        Assert.Equal((TicketStatus.Pending, agent), ((await TicketAsync(id)).Status, (await TicketAsync(id)).OwnerId!.Value));

        await ChangeAsync(id, t => t.CustomerReplied(Written(t, "Marea 18"), Actor.Customer(null), Clock.Now.AddHours(8), Clock.Now));

        var ticket = await TicketAsync(id);
        Assert.Equal((TicketStatus.Open, NextStep.Response, Clock.Now.AddHours(8)), (ticket.Status, ticket.NextStep, ticket.DueAt));
        Assert.Equal(3, ticket.Messages.Count);
        Assert.Contains("marea 18", ticket.SearchText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_customer_writes_does_not_push_a_promise_away()
    {
        var id = (await OpenAsync(Request())).Id;
        await ChangeAsync(id, t => t.Promise(new Commitment(NextStep.Promise, "Va el técnico", Clock.Now.AddHours(1)), Actor.Staff(Guid.NewGuid()), Clock.Now));

        await ChangeAsync(id, t => t.CustomerReplied(Written(t, "Gracias"), Actor.Customer(null), Clock.Now.AddHours(8), Clock.Now));

        Assert.Equal(("Va el técnico", Clock.Now.AddHours(1)), ((await TicketAsync(id)).NextStepText, (await TicketAsync(id)).DueAt));
    }

    [Fact]
    public async Task A_solved_ticket_can_be_reopened_for_fourteen_days_and_not_a_second_longer()
    {
        var (early, late) = ((await OpenAsync(Request())).Id, (await OpenAsync(Request())).Id);
        var solved = Clock.Now;
        foreach (var id in new[] { early, late })
        {
            await ChangeAsync(id, t => t.Solve(Actor.System, Desk.ReopenWindow, solved));
        }

        await ChangeAsync(early, t => t.Reopen(Actor.Customer(null), solved.AddDays(20), solved.AddDays(14).AddSeconds(-1)));
        await Assert.ThrowsAsync<TicketStateException>(() => ChangeAsync(late, t => t.Reopen(Actor.Customer(null), solved.AddDays(20), solved.AddDays(14))));

        Assert.Equal((TicketStatus.Open, TicketStatus.Solved), ((await TicketAsync(early)).Status, (await TicketAsync(late)).Status));
    }

    [Fact]
    public async Task An_overdue_ticket_escalates_once_and_a_new_promise_takes_it_back()
    {
        var id = (await OpenAsync(Request())).Id;
        await ChangeAsync(id, t => t.Escalate(Clock.Now));
        Assert.Null((await TicketAsync(id)).EscalatedAt);

        Clock.Now = Clock.Now.AddHours(9);
        await ChangeAsync(id, t => t.Escalate(Clock.Now));
        await ChangeAsync(id, t => t.Escalate(Clock.Now.AddHours(1)));

        var ticket = await TicketAsync(id);
        Assert.Equal((Clock.Now, 1), (ticket.EscalatedAt, ticket.Events.Count(e => e.Kind == TicketEventKind.Escalated)));
        await ChangeAsync(id, t => t.Promise(new Commitment(NextStep.Promise, "Hoy mismo", Clock.Now.AddHours(2)), Actor.Staff(Guid.NewGuid()), Clock.Now));
        Assert.Null((await TicketAsync(id)).EscalatedAt);
    }

    [Fact]
    public async Task A_promise_for_the_past_is_refused()
    {
        var id = (await OpenAsync(Request())).Id;

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ChangeAsync(id, t => t.Promise(new Commitment(NextStep.Promise, "Ayer", Clock.Now), Actor.Staff(Guid.NewGuid()), Clock.Now)));
    }

    [Fact]
    public async Task It_is_rated_once_and_only_after_it_ended()
    {
        var id = (await OpenAsync(Request())).Id;
        await Assert.ThrowsAsync<TicketStateException>(() => ChangeAsync(id, t => t.Rate(5, "", Actor.Customer(null), Clock.Now)));
        await ChangeAsync(id, t => t.Close(Actor.Customer(null), Desk.ReopenWindow, Clock.Now));

        await ChangeAsync(id, t => t.Rate(4, "Bien", Actor.Customer(null), Clock.Now));
        await ChangeAsync(id, t => t.Rate(1, "Mal", Actor.Customer(null), Clock.Now));

        Assert.Equal((4, "Bien"), ((await TicketAsync(id)).Rating, (await TicketAsync(id)).RatingComment));
    }

    [Fact]
    public async Task Forgetting_the_requester_leaves_the_ticket_without_her()
    {
        var id = (await OpenAsync(Request(phone: "+525512345678"))).Id;

        await ChangeAsync(id, t => t.Anonymize(Clock.Now));

        var ticket = await TicketAsync(id);
        Assert.Equal(("", null, null, 0), (ticket.ContactName, ticket.ContactEmail, ticket.ContactPhone, ticket.Answers.Count));
        Assert.Equal("Lavadora", ticket.Subject);
    }

    [Fact]
    public async Task Of_two_who_change_the_same_ticket_the_second_is_told()
    {
        var id = (await OpenAsync(Request())).Id;
        await using var one = Database.Open();
        await using var other = Database.Open();
        var (mine, theirs) = (await one.Tickets.SingleAsync(t => t.Id == id), await other.Tickets.SingleAsync(t => t.Id == id));

        mine.MoveTo("redes", "Redes", Actor.Staff(Guid.NewGuid()), Clock.Now);
        await one.SaveChangesAsync(NoCancel);
        theirs.MoveTo("facturas", "Facturas", Actor.Staff(Guid.NewGuid()), Clock.Now);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => other.SaveChangesAsync(NoCancel));
        Assert.Equal("redes", (await TicketAsync(id)).Queue);
    }

    private Message Written(Ticket ticket, string body) => new() { TicketId = ticket.Id, Body = body, WrittenAt = Clock.Now, SubmissionKey = Guid.NewGuid() };
}
