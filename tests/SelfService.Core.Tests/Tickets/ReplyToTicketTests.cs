using Microsoft.EntityFrameworkCore;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class ReplyToTicketTests : CaseTest
{
    [Fact]
    public async Task A_reply_is_in_the_thread_and_in_the_history_and_mailed_to_nobody()
    {
        var outcome = await ReplyAsync("Sigue igual");

        var ticket = await CaseAsync();
        Assert.Equal(ReplyOutcome.Stored, outcome);
        Assert.Equal(["No enciende", "Sigue igual"], ticket.Messages.OrderBy(m => m.Id).Select(m => m.Body));
        Assert.Equal([TicketEventKind.Opened, TicketEventKind.CustomerReplied], ticket.Events.OrderBy(e => e.Id).Select(e => e.Kind));
        Assert.Equal([MailKind.CaseOpened], await MailsAsync());
    }

    [Fact]
    public async Task A_form_sent_by_twenty_clicks_at_once_is_one_message()
    {
        var key = Guid.NewGuid();

        var outcomes = await AtOnceAsync(20, _ => ReplyAsync("Sigue igual", key));

        var ticket = await CaseAsync();
        Assert.Single(outcomes, ReplyOutcome.Stored);
        Assert.Equal(19, outcomes.Count(o => o == ReplyOutcome.StoredBefore));
        Assert.Equal(2, ticket.Messages.Count);
        Assert.Single(ticket.Events, e => e.Kind == TicketEventKind.CustomerReplied);
    }

    [Fact]
    public async Task Replies_of_different_forms_at_once_are_all_stored()
    {
        var outcomes = await AtOnceAsync(16, i => ReplyAsync($"Mensaje {i}"));

        var ticket = await CaseAsync();
        Assert.All(outcomes, o => Assert.Equal(ReplyOutcome.Stored, o));
        Assert.Equal(17, ticket.Messages.Count);
        Assert.All(Enumerable.Range(0, 16), i => Assert.Contains($"mensaje {i}", ticket.SearchText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Customer_and_staff_at_once_lose_nothing()
    {
        await AtOnceAsync(12, async i =>
        {
            if (i % 2 == 0)
            {
                return await ReplyAsync($"Cliente {i}") == ReplyOutcome.Stored;
            }

            return await ChangeAsync(t => t.StaffReplied(
                new Message { TicketId = t.Id, Author = ActorKind.Staff, Body = $"Equipo {i}", WrittenAt = Clock.Now, SubmissionKey = Guid.NewGuid() },
                Actor.System, new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddDays(1)), Clock.Now));
        });

        var ticket = await CaseAsync();
        Assert.Equal(13, ticket.Messages.Count);
        Assert.Equal(6, ticket.Events.Count(e => e.Kind == TicketEventKind.CustomerReplied));
        Assert.Equal(6, ticket.Events.Count(e => e.Kind == TicketEventKind.StaffReplied));
        Assert.NotNull(ticket.Commitment);
    }

    [Fact]
    public async Task A_writer_who_does_not_wait_for_the_row_makes_the_reply_be_tried_again()
    {
        var tries = 0;

        await AskAsync(db => db.ChangeTicketAsync(
            Id,
            ticket =>
            {
                // What another node would have done between reading and writing.
                tries++;
                db.Entry(ticket).Property(t => t.Version).OriginalValue = tries == 1 ? 99 : ticket.Version;
                ticket.Solve(Actor.System, Window, Clock.Now);
                return true;
            },
            NoCancel));

        Assert.Equal(2, tries);
        Assert.Equal(TicketStatus.Solved, (await CaseAsync()).Status);
        Assert.Single((await CaseAsync()).Events, e => e.Kind == TicketEventKind.Solved);
    }

    [Fact]
    public async Task The_key_of_a_form_sent_again_with_other_words_stores_nothing_and_says_so()
    {
        var key = Guid.NewGuid();
        await ReplyAsync("Primero", key);

        Assert.Equal(ReplyOutcome.KeyUsed, await ReplyAsync("Segundo", key));
        Assert.DoesNotContain((await CaseAsync()).Messages, m => m.Body == "Segundo");
    }

    [Fact]
    public async Task The_key_of_another_ticket_stores_nothing()
    {
        var other = await OpenAsync("luis@ensayo.example");
        var key = Guid.NewGuid();
        await ReplyAsync("Primero", key);

        Assert.Equal(ReplyOutcome.KeyUsed, await ReplyAsync("Primero", key, other));
        Assert.Single((await CaseAsync(other)).Messages);
    }

    [Fact]
    public async Task One_key_for_two_tickets_at_once_is_one_message()
    {
        var other = await OpenAsync("luis@ensayo.example");
        var key = Guid.NewGuid();

        var outcomes = await AtOnceAsync(8, i => ReplyAsync("Hola", key, i % 2 == 0 ? Id : other));

        Assert.Single(outcomes, ReplyOutcome.Stored);
        Assert.Equal(1, await AskAsync(db => db.Messages.CountAsync(m => m.SubmissionKey == key)));
    }

    [Fact]
    public async Task A_reply_takes_its_own_files_and_nobody_elses()
    {
        var (key, otherKey) = (Guid.NewGuid(), Guid.NewGuid());
        var own = new Attachment { SubmissionKey = key, Name = "placa.png", ContentType = "image/png", Size = 3, StoredAt = Clock.Now };
        var foreign = new Attachment { SubmissionKey = otherKey, Name = "ajena.png", ContentType = "image/png", Size = 3, StoredAt = Clock.Now };
        await AskAsync(async db =>
        {
            db.Attachments.AddRange(own, foreign);
            return await db.SaveChangesAsync();
        });

        await ReplyAsync("Con foto", key, files: [own.Id, foreign.Id]);

        var message = (await CaseAsync()).Messages.Single(m => m.Body == "Con foto");
        Assert.Equal("placa.png", Assert.Single(message.Attachments).Name);
        Assert.Null(await AskAsync(db => db.Attachments.Where(a => a.Id == foreign.Id).Select(a => a.MessageId).SingleAsync()));
    }

    [Fact]
    public async Task A_reply_gives_the_turn_back_to_the_company_with_a_date()
    {
        var question = new Message { TicketId = Id, Author = ActorKind.Staff, Body = "¿De qué modelo es?", WrittenAt = Clock.Now, SubmissionKey = Guid.NewGuid() };
        await ChangeAsync(t => t.StaffReplied(question, Actor.System, new Commitment(NextStep.CustomerAnswer, "", Clock.Now.AddDays(3)), Clock.Now));

        await ReplyAsync();

        var ticket = await CaseAsync();
        Assert.Equal((TicketStatus.Open, NextStep.Response), (ticket.Status, ticket.NextStep));
        Assert.Equal(Clock.Now.AddHours(8), ticket.DueAt);
    }

    [Fact]
    public async Task A_reply_to_what_was_solved_opens_it_again_and_mails_the_new_date()
    {
        await SolveAsync();
        Clock.Now += Window - TimeSpan.FromSeconds(1);

        Assert.Equal(ReplyOutcome.Stored, await ReplyAsync());

        var ticket = await CaseAsync();
        Assert.Equal(TicketStatus.Open, ticket.Status);
        Assert.Equal(Clock.Now.AddHours(8), ticket.DueAt);
        Assert.Contains(MailKind.CaseReopened, await MailsAsync());
    }

    [Fact]
    public async Task A_reply_after_the_window_is_refused_and_changes_nothing()
    {
        await SolveAsync();
        var before = await CaseAsync();
        Clock.Now += Window;

        Assert.Equal(ReplyOutcome.TooLate, await ReplyAsync());

        var after = await CaseAsync();
        Assert.Equal((before.Version, before.Messages.Count, before.Events.Count), (after.Version, after.Messages.Count, after.Events.Count));
    }
}
