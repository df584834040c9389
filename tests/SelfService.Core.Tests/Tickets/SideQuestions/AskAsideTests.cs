using Microsoft.EntityFrameworkCore;
using SelfService.Core.Company;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;
using SelfService.Core.Tickets.SideQuestions;

namespace SelfService.Core.Tests.Tickets.SideQuestions;

/// <summary>An expert is asked beside a ticket; her answer folds back into it.</summary>
public sealed class AskAsideTests : TicketTest
{
    [Fact]
    public async Task A_question_is_asked_once_and_changes_nothing_for_the_customer()
    {
        var (id, agent) = await StartAsync();
        var before = (await TicketAsync(id)).DueAt;
        var key = Guid.NewGuid();

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => AskAsync(id, agent, key))));

        Assert.Equal(1, results.Count(r => r == StepResult.Done));
        var ticket = await TicketAsync(id);
        Assert.Equal((before, 1), (ticket.DueAt, ticket.Events.Count(e => e.Kind == TicketEventKind.SideAsked)));
        Assert.Equal("experta@otra.example", Assert.Single(await MailsAsync(MailKind.SideQuestion)).To);
    }

    [Fact]
    public async Task The_answer_is_a_note_once_and_who_asked_is_told()
    {
        var (id, agent) = await StartAsync();
        await AskAsync(id, agent, Guid.NewGuid());
        var question = await InAsync(db => db.SideQuestions.AsNoTracking().SingleAsync());
        var key = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => AnswerAsync(question.Id, key, "Es la bomba"))));
        await AnswerAsync(question.Id, Guid.NewGuid(), "Y la manguera");

        var ticket = await TicketAsync(id);
        Assert.Equal(["Es la bomba", "Y la manguera"], ticket.Messages.Where(m => m.IsNote).OrderBy(m => m.WrittenAt).ThenBy(m => m.Id).Select(m => m.Body));
        Assert.All(ticket.Messages.Where(m => m.IsNote), m => Assert.Equal("Ing. Experta", m.AuthorName));
        Assert.Equal(2, (await MailsAsync(MailKind.DeskNotice)).Count(m => m.PersonId == agent));
        Assert.Equal((SideQuestionState.Answered, "Y la manguera"), await InAsync(db => db.SideQuestions.Select(q => new ValueTuple<SideQuestionState, string>(q.State, q.Answer)).SingleAsync()));
        Assert.Null(ticket.FirstRespondedAt);
    }

    [Fact]
    public async Task One_that_was_withdrawn_takes_no_answer_and_reminds_nobody()
    {
        var (id, agent) = await StartAsync();
        await AskAsync(id, agent, Guid.NewGuid());
        var question = await InAsync(db => db.SideQuestions.SingleAsync());

        await InAsync(async db =>
        {
            await Asides(db).WithdrawAsync(question.Id, agent, NoCancel);
            return true;
        });
        Clock.Now += TimeSpan.FromDays(3);

        Assert.Equal(StepResult.NotPossible, await AnswerAsync(question.Id, Guid.NewGuid(), "Tarde"));
        Assert.Equal(0, await InAsync(db => Asides(db).RemindAsync(NoCancel)));
        Assert.DoesNotContain((await TicketAsync(id)).Messages, m => m.IsNote);
    }

    [Fact]
    public async Task Whoever_is_late_is_reminded_once()
    {
        var (id, agent) = await StartAsync();
        await AskAsync(id, agent, Guid.NewGuid());
        Assert.Equal(0, await InAsync(db => Asides(db).RemindAsync(NoCancel)));
        Clock.Now += TimeSpan.FromDays(2);

        Assert.Equal((1, 0), (await InAsync(db => Asides(db).RemindAsync(NoCancel)), await InAsync(db => Asides(db).RemindAsync(NoCancel))));
        Assert.Equal(2, (await MailsAsync(MailKind.SideQuestion)).Count);
    }

    [Fact]
    public void Only_the_hash_of_a_link_is_kept_and_it_ends()
    {
        var question = Question(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

        var secret = question.IssueLink();

        Assert.Equal(TicketKey.HashOf(secret), question.KeyHash);
        Assert.True(question.IsOpenByLink(Clock.Now));
        Assert.False(question.IsOpenByLink(question.DueAt + SideQuestion.LinkLasts));
    }

    private SideQuestion Question(Guid ticket, Guid agent, Guid key) => new()
    {
        TicketId = ticket,
        AskerId = agent,
        AskerName = "Mateo",
        ExpertName = "Ing. Experta",
        ExpertEmail = "experta@otra.example",
        Question = "¿Qué pieza es?",
        AskedAt = Clock.Now,
        DueAt = Clock.Now.AddDays(1),
        SubmissionKey = key,
    };

    private AskAside Asides(Core.Persistence.PortalDbContext db) => new(db, CompanyProfile.Neutral, Clock);

    private Task<StepResult> AskAsync(Guid ticket, Guid agent, Guid key) => InAsync(db => Asides(db).AskAsync(Question(ticket, agent, key), NoCancel));

    private Task<StepResult> AnswerAsync(Guid question, Guid key, string text) => InAsync(db => Asides(db).AnswerAsync(question, key, text, NoCancel));

    private Task<List<MailRequest>> MailsAsync(MailKind kind) => InAsync(async db =>
        (await db.Jobs.Where(j => j.Kind == MailRequest.JobKind).OrderBy(j => j.Id).ToListAsync()).Select(j => j.Read<MailRequest>()).Where(m => m.Kind == kind).ToList());

    private async Task<(Guid Ticket, Guid Agent)> StartAsync() => ((await OpenAsync(Request())).Id, await PersonAsync($"{Guid.NewGuid():N}@ensayo.example"));
}
