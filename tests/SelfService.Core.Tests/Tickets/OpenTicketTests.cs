using System.Text;
using Microsoft.EntityFrameworkCore;
using SelfService.Core.Journeys;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Tickets;

public sealed class OpenTicketTests : TicketTest
{
    [Fact]
    public async Task A_ticket_is_new_has_a_date_a_first_message_history_and_a_mail()
    {
        var opened = await OpenAsync(Request());

        var ticket = await TicketAsync(opened.Id);
        Assert.Equal((TicketStatus.New, NextStep.FirstResponse, Clock.Now.AddHours(8)), (ticket.Status, ticket.Commitment!.Step, ticket.Commitment.DueAt));
        Assert.Equal("No enciende", Assert.Single(ticket.Messages).Body);
        Assert.Equal(TicketEventKind.Opened, Assert.Single(ticket.Events).Kind);
        Assert.Equal("BR123", Assert.Single(ticket.Answers).Value);
        var job = await InAsync(db => db.Jobs.SingleAsync());
        Assert.Equal((MailRequest.JobKind, MailKind.CaseOpened, ticket.Id), (job.Kind, job.Read<MailRequest>().Kind, job.Read<MailRequest>().TicketId));
    }

    [Fact]
    public async Task The_same_key_gives_the_same_ticket_and_one_mail()
    {
        var request = Request();
        var first = await OpenAsync(request);

        var second = await OpenAsync(request);

        Assert.Equal((first.Id, first.Number, false, true), (second.Id, second.Number, second.IsNew, second.IsSame));
        Assert.True(first.IsNew);
        Assert.Equal((1, 1, 1), (await InAsync(db => db.Tickets.CountAsync()), await InAsync(db => db.Messages.CountAsync()), await InAsync(db => db.Jobs.CountAsync())));
    }

    [Fact]
    public async Task The_same_key_with_other_words_stores_nothing_and_says_so()
    {
        var key = Guid.NewGuid();
        var first = await OpenAsync(Request(key));

        var second = await OpenAsync(Request(key, message: "Otra cosa"));

        Assert.Equal((first.Number, false, false), (second.Number, second.IsNew, second.IsSame));
        Assert.Equal("No enciende", (await InAsync(db => db.Messages.SingleAsync())).Body);
    }

    [Fact]
    public async Task Sixty_four_at_once_with_eight_keys_give_eight_tickets()
    {
        var keys = Enumerable.Range(0, 8).Select(_ => Guid.NewGuid()).ToList();

        await using var services = Database.Services();
        var opened = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => OpenAsync(Request(keys[i % 8])))));

        Assert.Equal(8, opened.Select(o => o.Id).Distinct().Count());
        Assert.Equal(8, opened.Count(o => o.IsNew));
        Assert.Equal((8, 8, 1), (await InAsync(db => db.Tickets.CountAsync()), await InAsync(db => db.Jobs.CountAsync()), await InAsync(db => db.Customers.CountAsync())));
    }

    [Fact]
    public async Task One_address_is_one_customer_and_a_telephone_alone_is_another()
    {
        await OpenAsync(Request(email: "ana@ensayo.example", phone: "+525512345678"));
        await OpenAsync(Request(email: "ana@ensayo.example"));
        await OpenAsync(Request(email: null, phone: "+525512345678"));
        await OpenAsync(Request(email: null, phone: "+525512345678"));

        Assert.Equal(2, await InAsync(db => db.Customers.CountAsync()));
        Assert.Equal(2, await InAsync(db => db.Tickets.CountAsync(t => t.Customer.Email == null)));
    }

    [Fact]
    public async Task A_strangers_claim_changes_nothing_of_a_customer_and_joins_no_account()
    {
        var personId = await PersonAsync("ana@ensayo.example");
        await OpenAsync(Request() with { PersonId = personId });

        await OpenAsync(Request() with { Contact = new Core.People.Contact("Mallory", "ana@ensayo.example", "+525599999999", "+525599999999") });

        var customer = await InAsync(db => db.Customers.SingleAsync());
        Assert.Equal(("Ana", personId, (string?)null), (customer.Name, customer.PersonId, customer.Phone));
    }

    [Fact]
    public async Task Files_of_the_same_form_are_claimed_and_those_of_others_are_not()
    {
        var (mine, other) = (Guid.NewGuid(), Guid.NewGuid());
        using var folder = new TestFolder();
        await using var db = Database.Open();
        var files = new AttachmentFolder(db, new AttachmentRoot(folder.Root), Clock);
        var own = (await files.StoreAsync(Text("uno"), "uno.txt", mine, NoCancel)).Attachment!;
        var foreign = (await files.StoreAsync(Text("dos"), "dos.txt", other, NoCancel)).Attachment!;

        var opened = await OpenAsync(Request(mine) with { Attachments = [own.Id, foreign.Id] });

        Assert.Equal("uno.txt", Assert.Single(Assert.Single((await TicketAsync(opened.Id)).Messages).Attachments).Name);
        Assert.Null((await InAsync(d => d.Attachments.SingleAsync(a => a.Id == foreign.Id))).MessageId);
    }

    [Fact]
    public async Task A_form_that_stored_its_file_twice_is_the_same_and_one_with_another_file_is_not()
    {
        var key = Guid.NewGuid();
        using var folder = new TestFolder();
        await using var db = Database.Open();
        var files = new AttachmentFolder(db, new AttachmentRoot(folder.Root), Clock);
        var first = (await files.StoreAsync(Text("uno"), "uno.txt", key, NoCancel)).Attachment!;
        var again = (await files.StoreAsync(Text("uno"), "uno.txt", key, NoCancel)).Attachment!;
        var other = (await files.StoreAsync(Text("otro"), "otro.txt", key, NoCancel)).Attachment!;

        var opened = await OpenAsync(Request(key) with { Attachments = [first.Id] });

        Assert.True((await OpenAsync(Request(key) with { Attachments = [again.Id] })).IsSame);
        Assert.False((await OpenAsync(Request(key) with { Attachments = [other.Id] })).IsSame);
        Assert.False((await OpenAsync(Request(key))).IsSame);
        Assert.Equal(first.Id, Assert.Single(Assert.Single((await TicketAsync(opened.Id)).Messages).Attachments).Id);
    }

    [Fact]
    public async Task Who_asked_before_she_had_an_account_is_the_same_customer_after()
    {
        var before = await OpenAsync(Request());
        var personId = await PersonAsync("ana@ensayo.example");

        var after = await OpenAsync(Request() with { PersonId = personId });

        Assert.Equal((await TicketAsync(before.Id)).CustomerId, (await TicketAsync(after.Id)).CustomerId);
        Assert.Equal(personId, (await InAsync(db => db.Customers.SingleAsync())).PersonId);
    }

    [Fact]
    public async Task An_address_that_was_another_accounts_neither_fails_nor_gives_its_cases_away()
    {
        var earlier = await PersonAsync("antes@ensayo.example");
        await OpenAsync(Request() with { PersonId = earlier });
        var personId = await PersonAsync("ana@ensayo.example");

        var opened = await OpenAsync(Request() with { PersonId = personId });

        Assert.Equal(personId, (await TicketAsync(opened.Id)).Customer.PersonId);
        Assert.Equal(personId, (await InAsync(db => db.Customers.SingleAsync(c => c.Email == "ana@ensayo.example"))).PersonId);
        Assert.Equal(1, await InAsync(db => db.Tickets.CountAsync(t => t.Customer.PersonId == earlier)));
    }

    [Fact]
    public async Task A_ticket_carries_what_the_visitor_did_and_nobody_elses()
    {
        var visitor = Guid.NewGuid();
        await InAsync(async db =>
        {
            db.VisitSteps.AddRange(
                new VisitStep { VisitorId = visitor, Kind = VisitStepKind.Searched, Subject = "no prende", At = Clock.Now.AddMinutes(-5) },
                new VisitStep { VisitorId = visitor, Kind = VisitStepKind.Read, Subject = "lavadora-no-enciende", At = Clock.Now.AddMinutes(-4) },
                new VisitStep { VisitorId = visitor, Kind = VisitStepKind.Searched, Subject = "no prende", At = Clock.Now.AddMinutes(-3) },
                new VisitStep { VisitorId = visitor, Kind = VisitStepKind.Searched, Subject = "de anteayer", At = Clock.Now.AddDays(-2) },
                new VisitStep { VisitorId = Guid.NewGuid(), Kind = VisitStepKind.Searched, Subject = "de otra", At = Clock.Now.AddMinutes(-1) });
            return await db.SaveChangesAsync(NoCancel);
        });

        var opened = await OpenAsync(Request() with { VisitorId = visitor });

        Assert.Equal(["lavadora-no-enciende", "no prende"], (await TicketAsync(opened.Id)).Trail.Select(s => s.Text));
    }

    [Fact]
    public async Task A_request_that_names_no_queue_leaves_neither_ticket_nor_mail_nor_customer()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(Request() with { Queue = "" }));

        Assert.Equal((0, 0, 0), (await InAsync(d => d.Tickets.CountAsync()), await InAsync(d => d.Jobs.CountAsync()), await InAsync(d => d.Customers.CountAsync())));
    }

    [Fact]
    public async Task The_database_itself_refuses_an_unresolved_ticket_without_a_date_or_a_queue()
    {
        var opened = await OpenAsync(Request());

        await Assert.ThrowsAnyAsync<Exception>(() => InAsync(db => db.Tickets.Where(t => t.Id == opened.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, (DateTime?)null))));
        await Assert.ThrowsAnyAsync<Exception>(() => InAsync(db => db.Tickets.Where(t => t.Id == opened.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Queue, ""))));

        Assert.NotNull((await TicketAsync(opened.Id)).Commitment);
        await ChangeAsync(opened.Id, t => t.Solve(Actor.System, Desk.ReopenWindow, Clock.Now));
        Assert.Null((await TicketAsync(opened.Id)).DueAt);
    }

    private static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));
}
