using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class AnswerTicketTests : TicketTest
{
    private Commitment Tomorrow => new(NextStep.Promise, "Le llama un técnico", Clock.Now.AddDays(1));

    [Fact]
    public async Task An_answer_is_stored_with_its_next_step_its_history_and_its_mail()
    {
        var (ticketId, agent) = await StartAsync();

        var outcome = await AnswerAsync(ticketId, agent, seen: 1, "Vamos el martes", Tomorrow);

        var ticket = await TicketAsync(ticketId);
        Assert.Equal(StepResult.Done, outcome.Result);
        Assert.Equal(TicketStatus.Open, ticket.Status);
        Assert.Equal(Tomorrow, ticket.Commitment);
        Assert.Equal(agent, ticket.OwnerId);
        Assert.Equal(Clock.Now, ticket.FirstRespondedAt);
        var message = Assert.Single(ticket.Messages, m => m.Author == ActorKind.Staff);
        Assert.Equal((agent, "Mateo", "Vamos el martes", false), (message.AuthorId, message.AuthorName, message.Body, message.IsNote));
        Assert.Equal([TicketEventKind.Opened, TicketEventKind.StaffReplied], ticket.Events.InOrder().Select(e => e.Kind));
        var mail = Assert.Single(await MailsAsync(), m => m.Kind == MailKind.CaseAnswered);
        Assert.Equal((ticketId, message.Id), (mail.TicketId, mail.MessageId));
    }

    [Fact]
    public async Task An_answer_that_solves_owes_nothing_more_and_says_so_in_one_mail()
    {
        var (ticketId, agent) = await StartAsync();

        await AnswerAsync(ticketId, agent, seen: 1, "Quedó listo", next: null);

        var ticket = await TicketAsync(ticketId);
        Assert.Equal((TicketStatus.Solved, (DateTime?)null, (Commitment?)null), (ticket.Status, ticket.DueAt, ticket.Commitment));
        Assert.Equal(Clock.Now + Desk.ReopenWindow, ticket.ReopenUntil);
        var mail = Assert.Single(await MailsAsync(), m => m.Kind != MailKind.CaseOpened);
        Assert.Equal(MailKind.CaseSolved, mail.Kind);
        Assert.Equal(Assert.Single(ticket.Messages, m => m.Author == ActorKind.Staff).Id, mail.MessageId);
    }

    [Fact]
    public async Task An_answer_to_what_was_solved_brings_it_back_with_its_date()
    {
        var (ticketId, agent) = await StartAsync();
        await AnswerAsync(ticketId, agent, seen: 1, "Quedó listo", next: null);
        Clock.Now += TimeSpan.FromDays(60);

        var outcome = await AnswerAsync(ticketId, agent, seen: 3, "Aún falta algo", Tomorrow);

        var ticket = await TicketAsync(ticketId);
        Assert.Equal(StepResult.Done, outcome.Result);
        Assert.Equal((TicketStatus.Open, Tomorrow.DueAt, (DateTime?)null), (ticket.Status, ticket.DueAt, ticket.EndedAt));
    }

    [Fact]
    public async Task The_same_form_sent_again_is_one_answer_and_one_mail()
    {
        var (ticketId, agent) = await StartAsync();
        var key = Guid.NewGuid();

        await AnswerAsync(ticketId, agent, seen: 1, "Una vez", Tomorrow, key);
        var again = await AnswerAsync(ticketId, agent, seen: 1, "Una vez", Tomorrow, key);

        Assert.Equal(StepResult.DoneBefore, again.Result);
        Assert.Single((await TicketAsync(ticketId)).Messages, m => m.Author == ActorKind.Staff);
        Assert.Single(await MailsAsync(), m => m.Kind == MailKind.CaseAnswered);
    }

    [Fact]
    public async Task A_key_sent_with_other_words_stores_none_of_them()
    {
        var (ticketId, agent) = await StartAsync();
        var key = Guid.NewGuid();

        await AnswerAsync(ticketId, agent, seen: 1, "Una cosa", Tomorrow, key);
        var other = await AnswerAsync(ticketId, agent, seen: 99, "Otra cosa", Tomorrow, key);

        Assert.Equal(StepResult.Overtaken, other.Result);
        Assert.DoesNotContain((await TicketAsync(ticketId)).Messages, m => m.Body == "Otra cosa");
    }

    [Fact]
    public async Task A_key_of_another_ticket_stores_nothing()
    {
        var (ticketId, agent) = await StartAsync();
        var (otherId, _) = await StartAsync("otra@ensayo.example");
        var key = Guid.NewGuid();

        await AnswerAsync(ticketId, agent, seen: 1, "Hola", Tomorrow, key);
        var other = await AnswerAsync(otherId, agent, seen: 1, "Hola", Tomorrow, key);

        Assert.Equal(StepResult.Overtaken, other.Result);
        Assert.DoesNotContain((await TicketAsync(otherId)).Messages, m => m.Author == ActorKind.Staff);
    }

    [Fact]
    public async Task Of_agents_who_answer_at_once_one_is_stored_and_the_others_are_told()
    {
        var (ticketId, _) = await StartAsync();
        var agents = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => PersonAsync($"agente{n}@ensayo.example")));

        var outcomes = await Task.WhenAll(agents.Select((agent, n) => Task.Run(() =>
            AnswerAsync(ticketId, agent, seen: 1, $"Respuesta {n}", new Commitment(NextStep.Promise, $"Promesa {n}", Clock.Now.AddDays(n + 1))))));

        var ticket = await TicketAsync(ticketId);
        var winner = Assert.Single(Enumerable.Range(0, 8), n => outcomes[n].Result == StepResult.Done);
        Assert.All(outcomes.Where(o => o.Result != StepResult.Done), o =>
        {
            Assert.Equal(StepResult.Overtaken, o.Result);
            Assert.Contains(o.News, e => e.Kind == TicketEventKind.StaffReplied && e.ActorId == agents[winner]);
        });
        Assert.Equal($"Respuesta {winner}", Assert.Single(ticket.Messages, m => m.Author == ActorKind.Staff).Body);
        Assert.Equal($"Promesa {winner}", ticket.NextStepText);
        Assert.Single(await MailsAsync(), m => m.Kind == MailKind.CaseAnswered);
    }

    [Fact]
    public async Task One_form_sent_many_times_at_once_is_one_answer()
    {
        var (ticketId, agent) = await StartAsync();
        var key = Guid.NewGuid();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AnswerAsync(ticketId, agent, seen: 1, "Una vez", Tomorrow, key))));

        Assert.Single(outcomes, o => o.Result == StepResult.Done);
        Assert.All(outcomes, o => Assert.Contains(o.Result, new[] { StepResult.Done, StepResult.DoneBefore }));
        Assert.Single((await TicketAsync(ticketId)).Messages, m => m.Author == ActorKind.Staff);
        Assert.Single(await MailsAsync(), m => m.Kind == MailKind.CaseAnswered);
    }

    [Fact]
    public async Task What_the_customer_wrote_meanwhile_is_told_before_an_answer_counts()
    {
        var (ticketId, agent) = await StartAsync();
        await ReplyAsCustomerAsync(ticketId, "Ya no hace falta, gracias");

        var outcome = await AnswerAsync(ticketId, agent, seen: 1, "Vamos el martes", Tomorrow);
        var once = await TicketAsync(ticketId);
        var again = await AnswerAsync(ticketId, agent, seen: 2, "Nos alegra", next: null);

        Assert.Equal(StepResult.Overtaken, outcome.Result);
        Assert.Equal(TicketEventKind.CustomerReplied, Assert.Single(outcome.News).Kind);
        Assert.Equal((TicketStatus.New, NextStep.FirstResponse), (once.Status, once.NextStep));
        Assert.DoesNotContain(once.Messages, m => m.Author == ActorKind.Staff);
        Assert.Equal(StepResult.Done, again.Result);
    }

    [Fact]
    public async Task A_customer_and_an_agent_who_write_at_once_lose_nothing_of_what_the_customer_wrote()
    {
        for (var round = 0; round < 5; round++)
        {
            var (ticketId, agent) = await StartAsync($"ronda{round}@ensayo.example");

            var customer = Task.Run(() => ReplyAsCustomerAsync(ticketId, "Otro dato"));
            var staff = Task.Run(() => AnswerAsync(ticketId, agent, seen: 1, "Esperamos su dato", new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddDays(2))));
            await Task.WhenAll(customer, staff);

            var ticket = await TicketAsync(ticketId);
            Assert.Contains(ticket.Messages, m => m.Body == "Otro dato");
            // Either she answered first and the customer's words turned it back, or she was told; it never waits for what was said.
            Assert.NotEqual(TicketStatus.Pending, ticket.Status);
            Assert.Equal((await staff).Result == StepResult.Done, ticket.Messages.Any(m => m.Author == ActorKind.Staff));
        }
    }

    [Fact]
    public async Task A_date_that_passes_while_she_writes_is_no_news_to_her()
    {
        var (ticketId, agent) = await StartAsync();
        Clock.Now += TimeSpan.FromDays(30);
        await ChangeAsync(ticketId, t => t.Escalate(Clock.Now));

        var outcome = await AnswerAsync(ticketId, agent, seen: 1, "Perdone la espera", Tomorrow);

        Assert.Equal(StepResult.Done, outcome.Result);
        Assert.Null((await TicketAsync(ticketId)).EscalatedAt);
    }

    [Fact]
    public async Task A_note_of_a_colleague_is_told_and_her_own_is_not()
    {
        var (ticketId, agent) = await StartAsync();
        var colleague = await PersonAsync("colega@ensayo.example");
        await NoteAsync(ticketId, agent, "Mía");

        Assert.Equal(StepResult.Done, (await AnswerAsync(ticketId, agent, seen: 1, "Primera", Tomorrow)).Result);
        await NoteAsync(ticketId, colleague, "No responder: lo ve Legal");
        var outcome = await AnswerAsync(ticketId, agent, seen: 3, "Segunda", Tomorrow);

        Assert.Equal(StepResult.Overtaken, outcome.Result);
        Assert.Equal(colleague, Assert.Single(outcome.News).ActorId);
    }

    [Fact]
    public async Task A_note_changes_nothing_for_the_customer_and_is_mailed_to_nobody()
    {
        var (ticketId, agent) = await StartAsync();
        var before = await TicketAsync(ticketId);
        Clock.Now += TimeSpan.FromHours(1);

        var outcome = await NoteAsync(ticketId, agent, "Tercer piso sin elevador");

        var ticket = await TicketAsync(ticketId);
        Assert.Equal(StepResult.Done, outcome.Result);
        Assert.Equal((before.Status, before.DueAt, before.UpdatedAt, before.FirstRespondedAt), (ticket.Status, ticket.DueAt, ticket.UpdatedAt, ticket.FirstRespondedAt));
        Assert.DoesNotContain("elevador", ticket.SearchText, StringComparison.Ordinal);
        Assert.True(Assert.Single(ticket.Messages, m => m.Author == ActorKind.Staff).IsNote);
        Assert.Single(await MailsAsync());
    }

    [Fact]
    public async Task Files_go_with_the_answer_they_were_sent_with()
    {
        var (ticketId, agent) = await StartAsync();
        var (key, hers, others) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await InAsync(async db =>
        {
            db.Attachments.Add(new Attachment { Id = hers, SubmissionKey = key, Name = "guia.pdf", ContentType = "application/pdf", Size = 1, StoredAt = Clock.Now });
            db.Attachments.Add(new Attachment { Id = others, SubmissionKey = Guid.NewGuid(), Name = "ajeno.pdf", ContentType = "application/pdf", Size = 1, StoredAt = Clock.Now });
            return await db.SaveChangesAsync();
        });

        await AnswerAsync(ticketId, agent, seen: 1, "Va la guía", Tomorrow, key, [hers, others]);

        var message = Assert.Single((await TicketAsync(ticketId)).Messages, m => m.Author == ActorKind.Staff);
        Assert.Equal(hers, Assert.Single(message.Attachments).Id);
    }

    private async Task<(Guid Ticket, Guid Agent)> StartAsync(string email = "ana@ensayo.example") =>
        ((await OpenAsync(Request(email: email))).Id, await PersonAsync($"{Guid.NewGuid():N}@ensayo.example"));

    private async Task<StepOutcome> AnswerAsync(Guid ticketId, Guid agent, int seen, string body, Commitment? next, Guid? key = null, IReadOnlyList<Guid>? files = null)
    {
        await using var db = Database.Open();
        return await new AnswerTicket(db, Desk, Clock).AnswerAsync(new StaffStep(ticketId, agent, seen), new StaffText(key ?? Guid.NewGuid(), "Mateo", body, files ?? []), next, NoCancel);
    }

    private async Task<StepOutcome> NoteAsync(Guid ticketId, Guid agent, string body)
    {
        await using var db = Database.Open();
        return await new AnswerTicket(db, Desk, Clock).NoteAsync(new StaffStep(ticketId, agent, null), new StaffText(Guid.NewGuid(), "Mateo", body, []), NoCancel);
    }

    private async Task ReplyAsCustomerAsync(Guid ticketId, string body)
    {
        await using var db = Database.Open();
        await db.ChangeTicketAsync(
            ticketId,
            ticket =>
            {
                var message = new Message { TicketId = ticketId, Author = ActorKind.Customer, AuthorName = "Ana", Body = body, WrittenAt = Clock.Now, SubmissionKey = Guid.NewGuid() };
                ticket.CustomerReplied(message, Actor.Customer(null), Clock.Now.AddHours(8), Clock.Now);
                return true;
            },
            NoCancel);
    }

    private Task<List<MailRequest>> MailsAsync() => InAsync(async db =>
        (await db.Jobs.AsNoTracking().Where(j => j.Kind == MailRequest.JobKind).ToListAsync()).Select(j => j.Read<MailRequest>()).ToList());
}
