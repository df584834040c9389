using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class DueTicketsTests : CaseTest
{
    private Task<int> CloseSolvedAsync() => InAsync<CloseSolvedTickets, int>(sweep => sweep.RunAsync(NoCancel));

    private Task<int> EscalateAsync() => InAsync<EscalateOverdueTickets, int>(sweep => sweep.RunAsync(NoCancel));

    [Fact]
    public async Task What_was_solved_is_closed_when_its_days_are_over_and_not_before()
    {
        await SolveAsync();
        Clock.Now += Window - TimeSpan.FromSeconds(1);
        Assert.Equal(0, await CloseSolvedAsync());
        Clock.Now += TimeSpan.FromSeconds(1);

        Assert.Equal((1, 0), (await CloseSolvedAsync(), await CloseSolvedAsync()));

        var ticket = await CaseAsync();
        Assert.Equal(TicketStatus.Closed, ticket.Status);
        Assert.Equal(ActorKind.System, Assert.Single(ticket.Events, e => e.Kind == TicketEventKind.Closed).Actor);
        Assert.DoesNotContain(MailKind.CaseClosed, await MailsAsync());
    }

    [Fact]
    public async Task What_was_reopened_meanwhile_stays_open()
    {
        await SolveAsync();
        await ReplyAsync();
        Clock.Now += Window * 2;

        Assert.Equal(0, await CloseSolvedAsync());
        Assert.True((await CaseAsync()).IsUnresolved);
    }

    [Fact]
    public async Task What_passes_its_date_escalates_once_and_a_new_promise_takes_it_back()
    {
        Clock.Now += TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1);
        Assert.Equal(0, await EscalateAsync());
        Clock.Now += TimeSpan.FromSeconds(1);

        Assert.Equal((1, 0), (await EscalateAsync(), await EscalateAsync()));
        var escalated = await CaseAsync();
        await ChangeAsync(t => t.Promise(new Commitment(NextStep.Promise, "Visita", Clock.Now.AddDays(1)), Actor.System, Clock.Now));
        var promised = await CaseAsync();
        Clock.Now += TimeSpan.FromDays(1);

        Assert.Equal(Clock.Now.AddDays(-1), escalated.EscalatedAt);
        Assert.Null(promised.EscalatedAt);
        Assert.Equal(1, await EscalateAsync());
        Assert.Equal(2, (await CaseAsync()).Events.Count(e => e.Kind == TicketEventKind.Escalated));
    }

    [Fact]
    public async Task Sweeps_of_many_nodes_at_once_escalate_each_ticket_once()
    {
        for (var i = 0; i < 12; i++)
        {
            await OpenAsync($"cliente{i}@ensayo.example");
        }

        Clock.Now += TimeSpan.FromDays(1);

        var changed = await AtOnceAsync(4, _ => EscalateAsync());

        Assert.Equal(13, changed.Sum());
        Assert.Equal(13, await AskAsync(db => db.TicketEvents.CountAsync(e => e.Kind == TicketEventKind.Escalated)));
    }

    [Fact]
    public async Task A_backlog_longer_than_a_batch_is_worked_off()
    {
        await AskAsync(async db =>
        {
            var template = await db.Tickets.AsNoTracking().SingleAsync();
            for (var i = 0; i < 420; i++)
            {
                var request = new TicketRequest { SubmissionKey = Guid.NewGuid(), Queue = "help", Sla = "standard", Subject = $"{i}", Contact = new("Ana", null, null, null) };
                db.Tickets.Add(Ticket.Open(request, [], template.CustomerId, Clock.Now.AddHours(1), [], Clock.Now));
            }

            return await db.SaveChangesAsync();
        });
        Clock.Now += TimeSpan.FromDays(1);

        Assert.Equal(421, await EscalateAsync());
        Assert.Equal(0, await EscalateAsync());
    }

    [Fact]
    public async Task What_has_ended_never_escalates()
    {
        await SolveAsync();
        Clock.Now += TimeSpan.FromDays(30);

        Assert.Equal(0, await EscalateAsync());
    }
}
