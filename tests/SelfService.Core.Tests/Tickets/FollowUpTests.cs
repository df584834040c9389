using FsCheck;
using FsCheck.Fluent;
using SelfService.Core.Orders;
using SelfService.Core.People;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Promises;

namespace SelfService.Core.Tests.Tickets;

/// <summary>No ticket without follow-up: whatever is done to it in whatever order, an unresolved one has a queue, a next step and a date.</summary>
public sealed class FollowUpTests
{
    private static readonly DateTime Start = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Window = TimeSpan.FromDays(14);
    private static readonly Guid Agent = Guid.NewGuid();

    // Everything that can happen to a ticket, each with the moment it happens at.
    private static readonly Action<Ticket, DateTime>[] Steps =
    [
        (ticket, now) => ticket.CustomerCalled(Message(ticket), Actor.Staff(Agent), now.AddHours(8), now),
        (ticket, now) => ticket.RecordLeft(TicketEventKind.WaitingEnded, new Commitment(NextStep.Response, "", now.AddHours(8)), Actor.System, now),
        (ticket, now) => ticket.CustomerReplied(Message(ticket), Actor.Customer(null), now.AddHours(8), now),
        (ticket, now) => ticket.StaffReplied(Message(ticket), Actor.Staff(Agent), new Commitment(NextStep.CustomerAnswer, "", now.AddDays(3)), now),
        (ticket, now) => ticket.StaffReplied(Message(ticket), Actor.Staff(Agent), new Commitment(NextStep.Promise, "Llega la pieza", now.AddDays(2)), now),
        (ticket, now) => ticket.StaffSolved(Message(ticket), Actor.Staff(Agent), Window, now),
        (ticket, now) => ticket.Promise(new Commitment(NextStep.Promise, "Llamamos", now.AddHours(2)), Actor.Staff(Agent), now),
        (ticket, now) => ticket.Promise(new Commitment(NextStep.CustomerAnswer, "", now.AddHours(2)), Actor.Staff(Agent), now),
        (ticket, now) => ticket.Note(Message(ticket), Actor.Staff(Agent), now),
        (ticket, now) => ticket.Assign(Agent, "Mateo", Actor.Staff(Agent), now),
        (ticket, now) => ticket.Assign(null, "", Actor.Staff(Agent), now),
        (ticket, now) => ticket.MoveTo("redes", "Redes", Actor.Staff(Agent), now),
        (ticket, now) => ticket.Solve(Actor.Staff(Agent), Window, now),
        (ticket, now) => ticket.Close(Actor.Customer(null), Window, now),
        (ticket, now) => ticket.Close(Actor.System, Window, now),
        (ticket, now) => ticket.Reopen(Actor.Customer(null), now.AddHours(8), now),
        (ticket, now) => ticket.Reopen(Actor.Staff(Agent), now.AddHours(8), now),
        (ticket, now) => ticket.RecordMoved((TicketEventKind.OrderConfirmed, ""), new Commitment(NextStep.OrderPreparation, "", now.AddDays(1)), Actor.Staff(Agent), Window, now),
        (ticket, now) => ticket.RecordMoved((TicketEventKind.OrderReady, ""), new Commitment(NextStep.OrderCollection, "", now.AddHours(-1)), Actor.Staff(Agent), Window, now),
        (ticket, now) => ticket.RecordMoved((TicketEventKind.OrderDelivered, ""), null, Actor.Staff(Agent), Window, now),
        (ticket, now) => ticket.RecordMoved((TicketEventKind.ReturnRequested, ""), new Commitment(NextStep.ReturnArrival, "", now.AddDays(10)), Actor.Customer(null), Window, now),
        (ticket, now) => ticket.Escalate(now),
        (ticket, now) => ticket.Rate(4, "", Actor.Customer(null), now),
        (ticket, now) => ticket.Anonymize(now),
        (ticket, now) => ticket.RequestLink(now),
    ];

    [Fact]
    public void No_order_of_events_leaves_an_unresolved_ticket_without_queue_next_step_and_date()
    {
        var walks = Gen.Choose(0, Steps.Length - 1).Zip(Gen.Choose(0, 30 * 24)).ListOf();

        Prop.ForAll(walks.ToArbitrary(), walk =>
        {
            var ticket = New();
            var now = Start;
            foreach (var (step, hours) in walk)
            {
                now = now.AddHours(hours);
                try
                {
                    Steps[step](ticket, now);
                }
                catch (TicketStateException)
                {
                    // Refused, and so nothing may have changed.
                }

                Holds(ticket, now);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Theory]
    [InlineData(6, 0, 6, 0, 6, 0, 12, 0)]
    [InlineData(4, 0, 4, 0, 7, 0, 4, 0)]
    [InlineData(6, 2, 21, 0, 12, 0)]
    [InlineData(6, 2, 12, 0, 16, 0)]
    [InlineData(4, 48, 21, 1, 21, 0)]
    public void Nor_do_events_of_one_moment_or_at_the_very_date(params int[] stepsAndHours)
    {
        var ticket = New();
        var now = Start;
        foreach (var pair in stepsAndHours.Chunk(2))
        {
            Steps[pair[0]](ticket, now);
            Holds(ticket, now);
            now = now.AddHours(pair[1]);
        }
    }

    [Fact]
    public void Every_state_can_be_reached_by_that_walk()
    {
        var seen = new HashSet<TicketStatus>();
        foreach (var first in Steps)
        {
            foreach (var second in Steps)
            {
                var ticket = New();
                foreach (var step in new[] { first, second })
                {
                    try
                    {
                        step(ticket, Start.AddHours(1));
                    }
                    catch (TicketStateException)
                    {
                        // Not from here.
                    }
                }

                seen.Add(ticket.Status);
            }
        }

        Assert.Equal(Enum.GetValues<TicketStatus>().Order(), seen.Order());
    }

    private static void Holds(Ticket ticket, DateTime now)
    {
        Assert.NotEqual("", ticket.Queue);
        Assert.Equal(ticket.IsUnresolved, ticket.Commitment is not null);
        Assert.Equal(ticket.IsUnresolved, ticket.EndedAt is null);
        Assert.Equal(ticket.IsUnresolved, ticket.ReopenUntil is null);
        Assert.Equal(ticket.Status == TicketStatus.Pending, ticket.NextStep is { } step && Order.IsCustomersTurn(step));
        Assert.True(ticket.IsUnresolved || !ticket.HasOpenRecord);
        Assert.True(ticket.EscalatedAt is null || ticket.IsOverdue(now));
        Assert.True(ticket.PromisedAt is null || (ticket.NextStep == NextStep.Promise && ticket.EscalatedAt is null));
        Assert.Equal(ticket.Promises.Count, ticket.Promises.DistinctBy(p => (p.MadeAt, p.DueAt, p.Text)).Count());
        Assert.All(ticket.Promises, p => Assert.Equal(p.SettledAt > p.DueAt, p.Outcome == PromiseOutcome.Broken));
        var made = ticket.Events.Count(e => e.Kind is TicketEventKind.Promised or TicketEventKind.StaffReplied);
        Assert.InRange(ticket.Promises.Count + (ticket.PromisedAt is null ? 0 : 1), 0, made);
        Assert.All(ticket.Events, e => Assert.Equal(ticket.Id, e.TicketId));
        Assert.Equal(ticket.Events.Select(e => e.At), ticket.Events.Select(e => e.At).Order());
    }

    private static Ticket New() => Ticket.Open(
        new TicketRequest { SubmissionKey = Guid.NewGuid(), Queue = "help", Sla = "standard", Subject = "Lavadora", Contact = new Contact("Ana", "ana@ensayo.example", null, null) },
        [], Guid.NewGuid(), Start.AddHours(8), [], Start);

    private static Message Message(Ticket ticket) => new() { TicketId = ticket.Id, Body = "Hola", WrittenAt = Start, SubmissionKey = Guid.NewGuid() };
}
