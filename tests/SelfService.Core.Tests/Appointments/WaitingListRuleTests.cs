using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

/// <summary>Who is offered what, and when not.</summary>
public sealed class WaitingListRuleTests : WaitingListTest
{
    [Fact]
    public async Task Days_that_pass_without_an_hour_leave_somebody_who_owes_her_an_answer()
    {
        var agenda = With(Listed, Someone("luz"));
        await FillAsync(agenda);
        var entry = await JoinedAsync(agenda, Waits(Day(1), Day(1)));

        Clock.Now += TimeSpan.FromDays(2);
        await OfferAsync(agenda);

        var ended = await EntryAsync(entry);
        Assert.Equal((WaitingStatus.Ended, TicketStatus.Open, NextStep.Response, false), (ended.Status, ended.Ticket.Status, ended.Ticket.NextStep, ended.Ticket.HasOpenRecord));
        Assert.True(ended.Ticket.DueAt > Clock.Now);
    }

    [Fact]
    public async Task Only_hours_she_wants_are_offered()
    {
        var agenda = With(Listed, Someone("luz", hours: Daily("09:00", "13:00")));
        var booked = await FillAsync(agenda, days: 2);
        var late = await JoinedAsync(agenda, Waits(Day(2), Day(2)) with { Part = DayPart.Afternoon });
        Clock.Now += TimeSpan.FromMinutes(1);
        var early = await JoinedAsync(agenda, Waits(Day(2), Day(2)) with { Part = DayPart.Morning });

        await CancelAsync(agenda, booked[0]);
        Assert.Equal(0, await OfferAsync(agenda));
        await CancelAsync(agenda, booked[5]);
        Assert.Equal(1, await OfferAsync(agenda));

        Assert.Equal((WaitingStatus.Waiting, WaitingStatus.Offered), ((await EntryAsync(late)).Status, (await EntryAsync(early)).Status));
        await CancelAsync(agenda, booked[7]);
        Assert.Equal(1, await OfferAsync(agenda));
        Assert.Equal(new LocalTime(12, 0), (await EntryAsync(late)).Offer!.Start.TimeOfDay);
    }

    [Fact]
    public async Task Seats_of_a_session_are_kept_like_any_hour()
    {
        var agenda = With(Listed with { Seats = 3, SeatsEach = 2 }, Someone("luz", hours: Daily("09:00", "10:00")));
        var full = await BookedAsync(agenda, Wants(Tomorrow(9), seats: 2));
        var other = await BookedAsync(agenda, Wants(Tomorrow(9), seats: 1));
        var two = await JoinedAsync(agenda, Waits(Day(1), Day(1)) with { Seats = 2 });
        Clock.Now += TimeSpan.FromMinutes(1);
        var one = await JoinedAsync(agenda, Waits(Day(1), Day(1)));

        await CancelAsync(agenda, other);
        Assert.Equal(1, await OfferAsync(agenda));
        Assert.Equal((WaitingStatus.Waiting, WaitingStatus.Offered), ((await EntryAsync(two)).Status, (await EntryAsync(one)).Status));
        await AddsAsync();
        await CancelAsync(agenda, full);
        Assert.Equal(1, await OfferAsync(agenda));
        await StepAsync(agenda, (change, cancel) => change.TakeAsync(two.TicketId, Guest, cancel));
        await StepAsync(agenda, (change, cancel) => change.PassAsync(one.TicketId, Guest, cancel));

        var appointment = await AppointmentAsync(two.TicketId);
        Assert.Equal((2, full.SessionId), (appointment.Seats, appointment.SessionId));
        await AddsAsync();
    }

    [Fact]
    public async Task Lists_that_are_gone_through_by_several_at_once_offer_each_hour_once()
    {
        var agenda = With(Listed, Someone("luz"), Someone("leo"));
        var booked = await FillAsync(agenda);
        var entries = new List<WaitingEntry>();
        for (var i = 0; i < 6; i++)
        {
            Clock.Now += TimeSpan.FromSeconds(1);
            entries.Add(await JoinedAsync(agenda, Waits(Day(1), Day(1))));
        }

        foreach (var appointment in booked.Take(4))
        {
            await CancelAsync(agenda, appointment);
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => OfferAsync(agenda))));
        await OfferAsync(agenda);

        var now = new List<WaitingEntry>();
        foreach (var entry in entries)
        {
            now.Add(await EntryAsync(entry));
        }

        Assert.Equal([WaitingStatus.Offered, WaitingStatus.Offered, WaitingStatus.Offered, WaitingStatus.Offered, WaitingStatus.Waiting, WaitingStatus.Waiting], now.Select(e => e.Status));
        await AddsAsync();
    }

    [Theory]
    [InlineData("2026-03-02T10:00", "2026-03-03T10:00", "2026-03-02T12:00")]
    [InlineData("2026-03-02T20:00", "2026-03-03T12:00", "2026-03-03T09:00")]
    [InlineData("2026-03-02T23:30", "2026-03-03T12:00", "2026-03-03T10:00")]
    [InlineData("2026-03-02T05:00", "2026-03-02T12:00", "2026-03-02T10:00")]
    [InlineData("2026-03-02T23:30", "2026-03-03T07:00", null)]
    [InlineData("2026-03-02T20:30", "2026-03-03T07:00", "2026-03-03T07:00")]
    [InlineData("2026-03-02T10:00", "2026-03-02T10:29", null)]
    public void An_offer_stands_in_hours_in_which_people_are_awake(string now, string latest, string? until)
    {
        Instant At(string local) => Mexico.AtLeniently(NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value).ToInstant();

        Assert.Equal(until is null ? null : At(until), OfferTime.Until(At(now), TimeSpan.FromHours(2), At(latest), Mexico));
    }

    [Fact]
    public async Task A_service_whose_file_is_broken_for_a_while_ends_nobodys_wait()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var entry = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        await CancelAsync(agenda, booked[0]);

        Assert.Equal(0, await OfferAsync(new Agenda([], [], [])));
        Assert.Equal(WaitingStatus.Waiting, (await EntryAsync(entry)).Status);
        Assert.Equal(1, await OfferAsync(agenda));
    }

    [Fact]
    public async Task What_is_kept_is_not_given_by_who_is_away_meanwhile()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var entry = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        await CancelAsync(agenda, booked[0]);
        await OfferAsync(agenda);
        var from = Day(1) + new LocalTime(9, 0);
        await using (var db = Database.Open())
        {
            await new BlockTime(db, agenda, Clock).RunAsync(new BlockRequest(Guid.NewGuid(), BlockKind.Absence, "luz", Mexico, from, from.PlusHours(4), "", Agent.PersonId!.Value), NoCancel);
        }

        Assert.Equal(StepResult.NotPossible, await StepAsync(agenda, (change, cancel) => change.TakeAsync(entry.TicketId, Guest, cancel)));
        Assert.Equal(0, await OfferAsync(agenda));

        var waiting = await EntryAsync(entry);
        Assert.Equal((WaitingStatus.Waiting, 0), (waiting.Status, waiting.Lapses));
        Assert.False(await InAsync(db => db.Holds.AnyAsync(h => h.Reason == HoldReason.Offer)));
    }

    [Fact]
    public async Task One_customer_is_kept_one_hour_at_a_time_and_stands_on_few_lists()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var request = Waits(Day(1), Day(1));
        var entries = new List<WaitingEntry>();
        for (var i = 0; i < JoinWaitingList.MaxEntries; i++)
        {
            entries.Add(await JoinedAsync(agenda, request with { SubmissionKey = Guid.NewGuid() }));
        }

        Assert.True((await JoinAsync(agenda, request with { SubmissionKey = Guid.NewGuid() })).IsTooMany);
        // Whose account the address is, is counted by the account.
        var owner = await PersonAsync(request.Contact.Email!);
        Assert.NotNull((await JoinAsync(agenda, request with { SubmissionKey = Guid.NewGuid(), PersonId = owner, Actor = Actor.Customer(owner) })).Ticket);
        await CancelAsync(agenda, booked[0]);
        await CancelAsync(agenda, booked[1]);

        Assert.Equal(1, await OfferAsync(agenda));
        Assert.Single(await InAsync(db => db.WaitingEntries.Where(w => w.Status == WaitingStatus.Offered).ToListAsync()));
        Assert.Single(await SlotsAsync(agenda, Day(1), Day(1)));
    }

    [Fact]
    public async Task A_question_of_hers_stays_owed_while_hours_come_and_go()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var entry = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        var due = Clock.Now.AddHours(8);
        await ChangeAsync(entry.TicketId, ticket => ticket.CustomerReplied(new Message { TicketId = ticket.Id, Author = ActorKind.Customer, Body = "¿Puedo llevar a mi hijo?", WrittenAt = Clock.Now, SubmissionKey = Guid.NewGuid() }, Guest, due, Clock.Now));
        await CancelAsync(agenda, booked[0]);
        await OfferAsync(agenda);

        var offered = await EntryAsync(entry);
        Assert.Equal((WaitingStatus.Offered, TicketStatus.New, NextStep.Response, due), (offered.Status, offered.Ticket.Status, offered.Ticket.NextStep, offered.Ticket.DueAt));
        Assert.Equal(StepResult.Done, await StepAsync(agenda, (change, cancel) => change.TakeAsync(entry.TicketId, Guest, cancel)));
        Assert.Equal(NextStep.Response, (await EntryAsync(entry)).Ticket.NextStep);
    }

    [Fact]
    public async Task A_form_sent_again_is_the_ticket_it_was_whatever_is_free_by_now()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var request = Waits(Day(1), Day(1));
        var entry = await JoinedAsync(agenda, request);
        await CancelAsync(agenda, booked[0]);

        Assert.Equal(entry.TicketId, (await JoinAsync(agenda, request)).Ticket!.Id);
    }
}
