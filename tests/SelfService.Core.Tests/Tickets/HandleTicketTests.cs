using Microsoft.EntityFrameworkCore;
using SelfService.Core.Audit;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class HandleTicketTests : TicketTest
{
    [Fact]
    public async Task A_promise_has_a_date_and_is_mailed()
    {
        var (ticketId, agent) = await StartAsync();
        var promise = new Commitment(NextStep.Promise, "Le llamamos", Clock.Now.AddDays(2));

        var outcome = await RunAsync(new StaffStep(ticketId, agent, 1), (t, now) => t.Promise(promise, Actor.Staff(agent), now), MailKind.CasePromised);

        Assert.Equal(StepResult.Done, outcome.Result);
        Assert.Equal(promise, (await TicketAsync(ticketId)).Commitment);
        Assert.Equal([MailKind.CaseOpened, MailKind.CasePromised], await MailsAsync());
    }

    [Fact]
    public async Task What_is_so_already_mails_nobody()
    {
        var (ticketId, agent) = await StartAsync();
        Task<StepOutcome> SolveAsync(int seen) => RunAsync(new StaffStep(ticketId, agent, seen), (t, now) => t.Solve(Actor.Staff(agent), Desk.ReopenWindow, now), MailKind.CaseSolved);

        var first = await SolveAsync(1);
        var second = await SolveAsync(2);

        Assert.Equal((StepResult.Done, StepResult.DoneBefore), (first.Result, second.Result));
        Assert.Equal([MailKind.CaseOpened, MailKind.CaseSolved], await MailsAsync());
    }

    [Fact]
    public async Task A_warning_a_tag_or_a_priority_that_came_meanwhile_does_not_hold_her_up_and_an_answer_does()
    {
        var (ticketId, agent) = await StartAsync();
        await ChangeAsync(ticketId, t =>
        {
            t.Tag(["fuga"], Actor.System, Clock.Now);
            t.ChangePriority(TicketPriority.High, Actor.System, Clock.Now);
            t.RuleActed("Fugas", Clock.Now);
        });
        Task<StepOutcome> TakeAsync() => RunAsync(new StaffStep(ticketId, agent, 1), (t, now) => t.Assign(agent, "Mateo", Actor.Staff(agent), now), mail: null);
        Assert.Equal(StepResult.Done, (await TakeAsync()).Result);

        await ChangeAsync(ticketId, t => t.AutoReplied(new Message { TicketId = t.Id, Author = ActorKind.System, Body = "Recibido", WrittenAt = Clock.Now, SubmissionKey = Guid.NewGuid() }, Clock.Now));
        Assert.Equal(StepResult.Overtaken, (await TakeAsync()).Result);
    }

    [Fact]
    public async Task A_promise_on_what_has_ended_is_not_possible()
    {
        var (ticketId, agent) = await StartAsync();
        await ChangeAsync(ticketId, t => t.Solve(Actor.Staff(agent), Desk.ReopenWindow, Clock.Now));

        var outcome = await RunAsync(new StaffStep(ticketId, agent, 2), (t, now) => t.Promise(new Commitment(NextStep.Promise, "x", now.AddDays(1)), Actor.Staff(agent), now), MailKind.CasePromised);

        Assert.Equal(StepResult.NotPossible, outcome.Result);
        Assert.Equal([MailKind.CaseOpened], await MailsAsync());
    }

    [Fact]
    public async Task Of_agents_who_take_it_at_once_one_has_it_and_the_others_know_who()
    {
        var (ticketId, _) = await StartAsync();
        var agents = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => PersonAsync($"agente{n}@ensayo.example")));

        var outcomes = await Task.WhenAll(agents.Select(agent => Task.Run(() =>
            RunAsync(new StaffStep(ticketId, agent, 1), (t, now) => t.Assign(agent, agent.ToString(), Actor.Staff(agent), now), mail: null))));

        var owner = (await TicketAsync(ticketId)).OwnerId;
        Assert.Equal(owner, agents[Assert.Single(Enumerable.Range(0, 6), n => outcomes[n].Result == StepResult.Done)]);
        Assert.All(outcomes.Where(o => o.Result != StepResult.Done), o => Assert.Contains(o.News, e => e.Kind == TicketEventKind.Assigned && e.ActorId == owner));
    }

    [Fact]
    public async Task Revoked_links_stay_revoked_and_the_audit_log_tells_who_did_it_once()
    {
        var (ticketId, agent) = await StartAsync();
        var (otherId, _) = await StartAsync("otra@ensayo.example");
        await InAsync(async db =>
        {
            db.TicketKeys.AddRange(TicketKey.Issue(ticketId, Clock.Now).Key, TicketKey.Issue(ticketId, Clock.Now).Key, TicketKey.Issue(otherId, Clock.Now).Key);
            return await db.SaveChangesAsync();
        });

        var revoked = await InAsync(db => new RevokeLinks(db, Clock).RunAsync(ticketId, agent, NoCancel));
        var again = await InAsync(db => new RevokeLinks(db, Clock).RunAsync(ticketId, agent, NoCancel));

        Assert.Equal((2, 0), (revoked, again));
        Assert.Equal(otherId, (await InAsync(db => db.TicketKeys.SingleAsync(k => k.RevokedAt == null))).TicketId);
        var entry = await InAsync(db => db.AuditEntries.SingleAsync(e => e.Kind == AuditKind.KeysRevoked));
        Assert.Equal((agent, (await TicketAsync(ticketId)).Number), (entry.ActorId, entry.Detail));
    }

    [Fact]
    public async Task A_link_is_sent_once_for_each_form_and_never_without_an_address()
    {
        var (ticketId, _) = await StartAsync();
        var withoutAddress = (await OpenAsync(Request(email: null, phone: "+525512345678"))).Id;
        var key = Guid.NewGuid();

        var sent = new List<bool>();
        foreach (var id in new[] { ticketId, ticketId, withoutAddress })
        {
            sent.Add(await InAsync(db => new SendLink(db, Clock).RunAsync(id, key, NoCancel)));
        }

        Assert.Equal([true, true, false], sent);
        Assert.Single(await MailsAsync(), MailKind.CaseLink);
    }

    private async Task<(Guid Ticket, Guid Agent)> StartAsync(string email = "ana@ensayo.example") =>
        ((await OpenAsync(Request(email: email))).Id, await PersonAsync($"{Guid.NewGuid():N}@ensayo.example"));

    private async Task<StepOutcome> RunAsync(StaffStep step, Action<Ticket, DateTime> change, MailKind? mail)
    {
        await using var db = Database.Open();
        return await new HandleTicket(db, Clock).RunAsync(step, change, mail, NoCancel);
    }

    private Task<List<MailKind>> MailsAsync() => InAsync(async db =>
        (await db.Jobs.AsNoTracking().Where(j => j.Kind == MailRequest.JobKind).ToListAsync()).Select(j => j.Read<MailRequest>().Kind).Order().ToList());
}
