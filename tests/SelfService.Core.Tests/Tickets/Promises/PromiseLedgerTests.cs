using Microsoft.EntityFrameworkCore;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Promises;

namespace SelfService.Core.Tests.Tickets.Promises;

/// <summary>What is promised to customers is kept, broken, moved or withdrawn, each once.</summary>
public sealed class PromiseLedgerTests : CaseTest
{
    private DateTime made;

    [Fact]
    public async Task An_answer_by_its_date_keeps_it()
    {
        await PromiseAsync();
        Clock.Now += TimeSpan.FromHours(5);
        await ChangeAsync(t => t.StaffReplied(Words(t), Actor.System, new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddDays(3)), Clock.Now));

        var kept = Assert.Single(await LedgerAsync());
        Assert.Equal((PromiseOutcome.Kept, "Le llamo", made, made.AddHours(24), Clock.Now), (kept.Outcome, kept.Text, kept.MadeAt, kept.DueAt, kept.SettledAt));
    }

    [Fact]
    public async Task Its_date_passing_breaks_it_and_what_is_done_later_does_not_mend_it()
    {
        await PromiseAsync();
        Clock.Now += TimeSpan.FromHours(24);
        await InAsync<EscalateOverdueTickets, int>(e => e.RunAsync(NoCancel));
        Clock.Now += TimeSpan.FromHours(1);
        await ChangeAsync(t => t.StaffSolved(Words(t), Actor.System, Window, Clock.Now));

        Assert.Equal([PromiseOutcome.Broken], (await LedgerAsync()).Select(p => p.Outcome));
    }

    [Fact]
    public async Task An_answer_after_its_date_broke_it_even_if_nothing_looked_meanwhile()
    {
        await PromiseAsync();
        Clock.Now += TimeSpan.FromHours(25);
        await ChangeAsync(t => t.StaffReplied(Words(t), Actor.System, new Commitment(NextStep.Promise, "Ahora sí", Clock.Now.AddHours(2)), Clock.Now));

        Assert.Equal([PromiseOutcome.Broken], (await LedgerAsync()).Select(p => p.Outcome));
        Assert.NotNull((await CaseAsync()).PromisedAt);
    }

    [Fact]
    public async Task Another_date_in_time_moves_it_and_the_customer_ending_it_withdraws_it()
    {
        await PromiseAsync();
        Clock.Now += TimeSpan.FromHours(1);
        await PromiseAsync();
        await ChangeAsync(t => t.Close(Ana, Window, Clock.Now));

        Assert.Equal([PromiseOutcome.Moved, PromiseOutcome.Withdrawn], (await LedgerAsync()).Select(p => p.Outcome));
    }

    [Fact]
    public async Task What_the_customer_writes_or_who_answers_for_it_changes_nothing_of_it()
    {
        await PromiseAsync();
        await ReplyAsync("¿Ya?");
        await ChangeAsync(t => t.Assign(null, "", Actor.System, Clock.Now));
        await ChangeAsync(t => t.MoveTo("redes", "Redes", Actor.System, Clock.Now));

        Assert.Empty(await LedgerAsync());
        Assert.NotNull((await CaseAsync()).PromisedAt);
    }

    [Fact]
    public async Task They_are_counted_by_queue_in_the_period_in_which_they_ended()
    {
        await PromiseAsync();
        var start = Clock.Now;
        await PromiseAsync();
        Clock.Now += TimeSpan.FromHours(30);
        await InAsync<EscalateOverdueTickets, int>(e => e.RunAsync(NoCancel));

        var all = await AskAsync(db => db.PromiseSumsAsync(start, Clock.Now.AddSeconds(1), NoCancel));
        var none = await AskAsync(db => db.PromiseSumsAsync(Clock.Now.AddSeconds(1), Clock.Now.AddDays(1), NoCancel));

        Assert.Equal(("help", new PromiseTally(0, 1, 1, 0)), (Assert.Single(all).Queue, all[0].Tally));
        Assert.Empty(none);
    }

    private async Task PromiseAsync()
    {
        made = Clock.Now;
        await ChangeAsync(t => t.Promise(new Commitment(NextStep.Promise, "Le llamo", Clock.Now.AddHours(24)), Actor.System, Clock.Now));
    }

    private Task<List<Promise>> LedgerAsync() => AskAsync(db => db.Promises.AsNoTracking().Where(p => p.TicketId == Id).OrderBy(p => p.SettledAt).ThenBy(p => p.Id).ToListAsync());

    private static Message Words(Ticket ticket) => new() { TicketId = ticket.Id, Author = ActorKind.Staff, Body = "Hola", WrittenAt = DateTime.UtcNow, SubmissionKey = Guid.NewGuid() };
}
