using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.Rules;

namespace SelfService.Core.Tests.Tickets.Rules;

/// <summary>When something happens and conditions hold, then something is done: once, in order, and never for ever.</summary>
public sealed class RunRulesTests : TicketTest
{
    private static readonly CannedReplies Replies = new([new CannedReply("acuse", "Acuse", "", "Hola, {nombre}: recibimos **su caso** {numero}."), new CannedReply("parte", "Parte", "", "Va el **[día]**")]);

    [Fact]
    public async Task A_rule_acts_once_at_an_event_however_many_run_and_its_deeds_are_written_down()
    {
        await RuleAsync("Fugas", [TicketEventKind.Opened], [new(RuleField.Words, false, "fugas de agua")], [new(RuleActionKind.Prioritise, "urgent"), new(RuleActionKind.Tag, "fuga, agua")]);
        var id = (await OpenAsync(Request(message: "Hay una fuga, sale AGUA por todas partes"))).Id;
        var other = (await OpenAsync(Request(email: "otra@ensayo.example", message: "Quiero mi factura"))).Id;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(RunAsync)));
        await RunAsync();

        var ticket = await TicketAsync(id);
        Assert.Equal((TicketPriority.Urgent, 2), (ticket.Priority, ticket.Tags.Count));
        Assert.Single(ticket.Events, e => e.Kind == TicketEventKind.RuleApplied && e.Detail == "Fugas");
        Assert.Single(ticket.Events, e => e.Kind == TicketEventKind.PriorityChanged);
        Assert.Equal(TicketPriority.Normal, (await TicketAsync(other)).Priority);
        Assert.Equal([RuleResult.Applied], (await RunsAsync()).Select(r => r.Result));
        Assert.Equal(0, await InAsync(db => db.TicketEvents.CountAsync(e => e.RulesRunAt == null)));
    }

    [Fact]
    public async Task Rules_that_set_off_each_other_end()
    {
        await RuleAsync("Va", [TicketEventKind.Opened, TicketEventKind.PriorityChanged], [], [new(RuleActionKind.Move, "otra")]);
        await RuleAsync("Viene", [TicketEventKind.Moved], [], [new(RuleActionKind.Prioritise, "high"), new(RuleActionKind.Move, "help")]);
        var id = (await OpenAsync(Request())).Id;

        for (var n = 0; n < 20; n++)
        {
            await RunAsync();
        }

        var runs = await RunsAsync();
        Assert.Equal((1, 1), (runs.Count(r => r.RuleName == "Va" && r.Result == RuleResult.Applied), runs.Count(r => r.RuleName == "Viene" && r.Result == RuleResult.Applied)));
        Assert.Contains(runs, r => r.Result == RuleResult.Cut);
        Assert.True((await TicketAsync(id)).Events.Count < 12);
        Assert.Equal(0, await InAsync(db => db.TicketEvents.CountAsync(e => e.RulesRunAt == null)));
    }

    [Fact]
    public async Task A_rule_answers_a_ticket_once_and_what_happens_next_stays()
    {
        await RuleAsync("Acuse", [TicketEventKind.Opened, TicketEventKind.CustomerReplied], [], [new(RuleActionKind.Reply, "acuse")]);
        var id = (await OpenAsync(Request())).Id;
        await RunAsync();
        var due = (await TicketAsync(id)).DueAt;
        await ChangeAsync(id, t => t.CustomerReplied(new Message { TicketId = id, Author = ActorKind.Customer, Body = "¿Hola?", WrittenAt = Clock.Now, SubmissionKey = Guid.NewGuid() }, Actor.Customer(null), Clock.Now.AddHours(8), Clock.Now));
        await RunAsync();

        var ticket = await TicketAsync(id);
        var answer = Assert.Single(ticket.Messages, m => m.Author == ActorKind.System);
        Assert.Equal($"Hola, Ana: recibimos **su caso** {ticket.Number}.", answer.Body);
        Assert.Equal((due, null, NextStep.FirstResponse), (ticket.DueAt, ticket.FirstRespondedAt, ticket.NextStep!.Value));
        Assert.Equal(1, await InAsync(async db => (await db.Jobs.Where(j => j.Kind == MailRequest.JobKind).ToListAsync()).Count(j => j.Read<MailRequest>().Kind == MailKind.CaseAnswered)));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_keeps_nothing_else_back()
    {
        await RuleAsync("Mala", [TicketEventKind.Opened], [], [new(RuleActionKind.Assign, "nadie@ensayo.example"), new(RuleActionKind.Move, "ninguna"), new(RuleActionKind.Reply, "parte")]);
        await RuleAsync("Buena", [TicketEventKind.Opened], [], [new(RuleActionKind.Note, "Revisar **hoy**")]);
        var id = (await OpenAsync(Request())).Id;

        await RunAsync();

        var runs = await RunsAsync();
        Assert.Equal([RuleResult.Failed, RuleResult.Applied], runs.Select(r => r.Result));
        Assert.Contains("✗ Move: ninguna", runs[0].Detail, StringComparison.Ordinal);
        Assert.Single((await TicketAsync(id)).Messages, m => m.IsNote && m.AuthorName == "Buena");
    }

    [Fact]
    public async Task A_rule_that_only_watches_or_is_off_changes_nothing()
    {
        await RuleAsync("Mira", [TicketEventKind.Opened], [], [new(RuleActionKind.Prioritise, "urgent")], RuleState.Watching);
        await RuleAsync("Apagada", [TicketEventKind.Opened], [], [new(RuleActionKind.Prioritise, "low")], RuleState.Off);
        var id = (await OpenAsync(Request())).Id;

        await RunAsync();

        Assert.Equal(TicketPriority.Normal, (await TicketAsync(id)).Priority);
        Assert.Equal([RuleResult.Watched], (await RunsAsync()).Select(r => r.Result));
    }

    [Theory]
    [InlineData(RuleField.Queue, "HELP", true)]
    [InlineData(RuleField.Queue, "otra, help", true)]
    [InlineData(RuleField.Kind, "order", false)]
    [InlineData(RuleField.Channel, "portal", true)]
    [InlineData(RuleField.Domain, "ensayo.example", true)]
    [InlineData(RuleField.Domain, "sayo.example", false)]
    [InlineData(RuleField.Words, "enciende", true)]
    [InlineData(RuleField.Words, "encender lavadoras", true)]
    [InlineData(RuleField.Words, "no existe", false)]
    [InlineData(RuleField.Owned, "no", true)]
    [InlineData(RuleField.Owned, "sí", false)]
    [InlineData(RuleField.Form, "falla", true)]
    [InlineData(RuleField.RatingAtMost, "5", false)]
    [InlineData(RuleField.RatingAtMost, "x", false)]
    public async Task Conditions_hold_as_they_read_and_not_where_they_are_turned_round(RuleField field, string value, bool holds)
    {
        var id = (await OpenAsync(Request())).Id;
        var facts = RuleFacts.Of(await TicketAsync(id), "No enciende", Clock.Now, CompanyProfile.Neutral);

        Assert.Equal(holds, facts.Fulfil(new Rule { Conditions = [new RuleCondition(field, false, value)] }));
        Assert.Equal(!holds, facts.Fulfil(new Rule { Conditions = [new RuleCondition(field, true, value)] }));
    }

    [Fact]
    public async Task The_preview_changes_nothing_and_says_what_running_does()
    {
        for (var n = 0; n < 12; n++)
        {
            await OpenAsync(Request(email: $"c{n}@ensayo.example", message: n % 3 == 0 ? "Hay fugas" : "Otra cosa"));
        }

        var rule = new Rule { Events = [TicketEventKind.Opened], Conditions = [new RuleCondition(RuleField.Words, false, "fuga")], Actions = [new RuleAction(RuleActionKind.Tag, "fuga")] };
        var preview = await InAsync(db => new PreviewRule(db, CompanyProfile.Neutral, Clock).RunAsync(rule, NoCancel));
        Assert.Equal((4, 4, 12), (preview.Total, preview.Tickets, preview.Events));
        Assert.Equal(0, await InAsync(db => db.Tickets.CountAsync(t => t.TagText != "")));

        await RuleAsync("Fuga", rule.Events, rule.Conditions, rule.Actions);
        await RunAsync();
        Assert.Equal(preview.Matches.Select(m => m.Number).Order(), await InAsync(db => db.Tickets.Where(t => t.TagText != "").Select(t => t.Number).OrderBy(n => n).ToListAsync()));
    }

    private async Task RuleAsync(string name, IReadOnlyList<TicketEventKind> events, IReadOnlyList<RuleCondition> conditions, IReadOnlyList<RuleAction> actions, RuleState state = RuleState.On) => await InAsync(async db =>
    {
        db.Rules.Add(new Rule { Name = name, Position = await db.Rules.CountAsync(), State = state, Events = events, Conditions = conditions, Actions = actions, ChangedAt = Clock.Now });
        return await db.SaveChangesAsync();
    });

    private Task<int> RunAsync() => InAsync(db => new RunRules(db, new RuleActions(db, TwoQueues, Replies, CompanyProfile.Neutral), CompanyProfile.Neutral, Clock).RunAsync(NoCancel));

    private Task<List<RuleRun>> RunsAsync() => InAsync(db => db.RuleRuns.AsNoTracking().OrderBy(r => r.At).ThenBy(r => r.Id).ToListAsync());

    private static ServiceDesk TwoQueues => new([.. Desk.Queues, new Queue("otra", "Otra", Desk.DefaultQueue.Sla)], Desk.Policies, "help", TimeSpan.FromDays(14));
}
