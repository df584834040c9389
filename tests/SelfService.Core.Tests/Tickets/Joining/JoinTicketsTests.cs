using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Journeys;
using SelfService.Core.People;
using SelfService.Core.Persistence;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Joining;

namespace SelfService.Core.Tests.Tickets.Joining;

/// <summary>Tickets are linked, merged and split, and nothing that was written is lost or shown to somebody else.</summary>
public sealed class JoinTicketsTests : TicketTest
{
    [Fact]
    public async Task What_was_written_goes_on_in_the_other_ticket_and_the_first_ends()
    {
        var agent = await PersonAsync("mateo@ensayo.example");
        var (first, second) = ((await OpenAsync(Request(message: "Primera"))).Id, (await OpenAsync(Request(message: "Segunda"))).Id);
        await ChangeAsync(second, t => t.Promise(new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddDays(3)), Actor.Staff(agent), Clock.Now));

        Assert.Equal(JoinResult.Done, await MergeAsync(first, second, agent));
        Assert.Equal(JoinResult.DoneBefore, await MergeAsync(first, second, agent));

        var (ended, goesOn) = (await TicketAsync(first), await TicketAsync(second));
        Assert.Equal((TicketStatus.Closed, second, false), (ended.Status, ended.MergedIntoId!.Value, ended.CanReopen(Clock.Now)));
        Assert.Equal(["Primera", "Segunda"], goesOn.Messages.Select(m => m.Body).Order());
        Assert.Empty(ended.Messages);
        Assert.All(goesOn.Messages, m => Assert.False(m.IsNote));
        Assert.Equal((TicketStatus.Open, NextStep.Response), (goesOn.Status, goesOn.NextStep!.Value));
        Assert.Contains("primera", goesOn.SearchText, StringComparison.Ordinal);
        Assert.Single(goesOn.Events, e => e.Kind == TicketEventKind.MergedFrom && e.Detail == ended.Number);
    }

    [Fact]
    public async Task What_another_person_wrote_is_only_for_staff_and_has_to_be_meant()
    {
        var agent = await PersonAsync("mateo@ensayo.example");
        var (first, second) = ((await OpenAsync(Request(message: "De Ana"))).Id, (await OpenAsync(Request(email: "beto@ensayo.example", message: "De Beto"))).Id);

        Assert.Equal(JoinResult.OtherCustomer, await MergeAsync(first, second, agent));
        Assert.True((await TicketAsync(first)).IsUnresolved);
        Assert.Equal(JoinResult.Done, await MergeAsync(first, second, agent, meant: true));

        Assert.True((await TicketAsync(second)).Messages.Single(m => m.Body == "De Ana").IsNote);
        Assert.False((await TicketAsync(second)).Messages.Single(m => m.Body == "De Beto").IsNote);
    }

    [Fact]
    public async Task Merged_into_each_other_at_once_one_of_them_goes_on()
    {
        var agent = await PersonAsync("mateo@ensayo.example");
        for (var round = 0; round < 5; round++)
        {
            var (first, second) = ((await OpenAsync(Request())).Id, (await OpenAsync(Request())).Id);

            var results = await Task.WhenAll(Task.Run(() => MergeAsync(first, second, agent)), Task.Run(() => MergeAsync(second, first, agent)));

            Assert.Single(results, r => r == JoinResult.Done);
            Assert.Equal(1, new[] { await TicketAsync(first), await TicketAsync(second) }.Count(t => t.IsUnresolved));
            Assert.Equal(2, await InAsync(db => db.Messages.CountAsync(m => m.TicketId == first || m.TicketId == second)));
        }
    }

    [Fact]
    public async Task What_has_an_order_or_has_ended_is_not_merged()
    {
        var agent = await PersonAsync("mateo@ensayo.example");
        var (order, ended, open) = ((await OpenAsync(Request() with { Kind = TicketKind.Order })).Id, (await OpenAsync(Request())).Id, (await OpenAsync(Request())).Id);
        await ChangeAsync(ended, t => t.Solve(Actor.System, Desk.ReopenWindow, Clock.Now));

        Assert.Equal(JoinResult.NotPossible, await MergeAsync(order, open, agent));
        Assert.Equal(JoinResult.NotPossible, await MergeAsync(open, ended, agent));
        Assert.Equal(JoinResult.NotPossible, await MergeAsync(open, open, agent));
        Assert.Equal(JoinResult.Done, await MergeAsync(ended, open, agent));
    }

    [Fact]
    public async Task A_part_is_split_off_once_and_both_know_of_each_other()
    {
        var agent = await PersonAsync("mateo@ensayo.example");
        var id = (await OpenAsync(Request(message: "Dos cosas: la fuga y la factura"))).Id;
        var message = (await TicketAsync(id)).Messages.Single().Id;
        var key = Guid.NewGuid();

        var split = await SplitAsync(id, key, [message], agent);
        var again = await SplitAsync(id, key, [message], agent);
        var nothing = await SplitAsync(id, Guid.NewGuid(), [Guid.NewGuid()], agent);

        Assert.Equal((split!.Id, null), (again!.Id, nothing));
        var ticket = await TicketAsync(split.Id);
        Assert.Equal(("Factura", "help", "Dos cosas: la fuga y la factura"), (ticket.Subject, ticket.Queue, ticket.Messages.Single().Body));
        Assert.Equal((await TicketAsync(id)).CustomerId, ticket.CustomerId);
        Assert.NotNull(ticket.Commitment);
        Assert.Equal([id], (await InAsync(db => db.LinkedAsync(db.Tickets, split.Id, NoCancel))).Select(r => r.Id));
        Assert.Single((await TicketAsync(id)).Events, e => e.Kind == TicketEventKind.SplitInto);
    }

    [Fact]
    public async Task Two_tickets_are_linked_once_from_either_side_and_can_be_parted()
    {
        var agent = await PersonAsync("mateo@ensayo.example");
        var (one, two) = ((await OpenAsync(Request())).Id, (await OpenAsync(Request(email: "b@ensayo.example"))).Id);
        Task<JoinResult> LinkAsync(Guid a, Guid b, bool on) => InAsync(db => Join(db).LinkAsync(a, b, on, agent, NoCancel));

        Assert.Equal((JoinResult.Done, JoinResult.DoneBefore, JoinResult.NotPossible), (await LinkAsync(one, two, true), await LinkAsync(two, one, true), await LinkAsync(one, one, true)));
        Assert.Equal([two], (await InAsync(db => db.LinkedAsync(db.Tickets, one, NoCancel))).Select(r => r.Id));
        Assert.Equal((JoinResult.Done, JoinResult.DoneBefore), (await LinkAsync(two, one, false), await LinkAsync(two, one, false)));
        Assert.Empty(await InAsync(db => db.LinkedAsync(db.Tickets, one, NoCancel)));
    }

    private Task<JoinResult> MergeAsync(Guid from, Guid into, Guid agent, bool meant = false) => InAsync(db => Join(db).MergeAsync(from, into, meant, agent, NoCancel));

    private Task<OpenedTicket?> SplitAsync(Guid id, Guid key, IReadOnlyCollection<Guid> parts, Guid agent) => InAsync(db => Join(db).SplitAsync(id, key, "Factura", "help", parts, agent, "Mateo", NoCancel));

    private JoinTickets Join(PortalDbContext db) => new(db, Desk, Sla(), new OpenTicket(db, Desk, Sla(), new Trails(db), new GatherCases(db), Clock), CompanyProfile.Neutral, Clock);
}
