using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments;
using SelfService.Core.Appointments.Waiting;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

public sealed class WaitingListTests : WaitingListTest
{
    [Fact]
    public async Task Who_joins_has_a_ticket_whose_next_step_is_the_list_and_whose_date_is_the_end_of_her_days()
    {
        var agenda = With(Listed, Someone("luz"));
        await FillAsync(agenda, days: 3);

        var entry = await JoinedAsync(agenda, Waits(Day(1), Day(3)));

        Assert.Equal((TicketKind.Appointment, TicketStatus.New, NextStep.WaitingList), (entry.Ticket.Kind, entry.Ticket.Status, entry.Ticket.NextStep));
        Assert.Equal(Mexico.AtLeniently(Day(3) + OfferTime.Sleeps).ToDateTimeUtc(), entry.Ticket.DueAt);
        Assert.True(entry.Ticket.HasOpenRecord);
        Assert.Contains(MailKind.WaitingJoined, await MailsAsync(entry.TicketId));
    }

    [Fact]
    public async Task Who_could_book_at_once_is_told_the_hour_and_stands_on_no_list()
    {
        var agenda = With(Listed, Someone("luz"));

        var joined = await JoinAsync(agenda, Waits(Day(1), Day(3)) with { Part = DayPart.Morning });

        Assert.Null(joined.Ticket);
        Assert.Equal(Tomorrow(9), joined.Free!.Start.ToInstant());
        Assert.Equal(0, await InAsync(db => db.Tickets.CountAsync()));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(-5, -1)]
    [InlineData(61, 62)]
    [InlineData(1, 94)]
    public async Task Days_that_cannot_be_waited_for_are_refused(int first, int last)
    {
        var joined = await JoinAsync(With(Listed, Someone("luz")), Waits(Day(first), Day(last)));

        Assert.Null(joined.Ticket);
        Assert.Null(joined.Free);
    }

    [Fact]
    public async Task The_same_form_sent_at_once_joins_once()
    {
        var agenda = With(Listed, Someone("luz"));
        await FillAsync(agenda);
        var request = Waits(Day(1), Day(1));

        var joined = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => JoinAsync(agenda, request))));

        Assert.Single(joined.Select(j => j.Ticket!.Id).Distinct());
        Assert.Equal(1, await InAsync(db => db.WaitingEntries.CountAsync()));
    }

    [Fact]
    public async Task A_freed_hour_is_kept_for_who_waited_longest_and_nobody_else_can_book_it()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var first = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        Clock.Now += TimeSpan.FromMinutes(1);
        var second = await JoinedAsync(agenda, Waits(Day(1), Day(1)));

        await CancelAsync(agenda, booked[1]);
        Assert.Equal(1, await OfferAsync(agenda));

        var (offered, waiting) = (await EntryAsync(first), await EntryAsync(second));
        Assert.Equal((WaitingStatus.Offered, booked[1].StartsAt, WaitingStatus.Waiting), (offered.Status, offered.OfferStart, waiting.Status));
        Assert.Equal((TicketStatus.Pending, NextStep.WaitingOffer, offered.OfferUntil), (offered.Ticket.Status, offered.Ticket.NextStep, offered.Ticket.DueAt));
        Assert.Contains(MailKind.WaitingMoved, await MailsAsync(first.TicketId));
        Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(Tomorrow(10)))).Obstacle);
        Assert.Empty(await SlotsAsync(agenda, Day(1), Day(1)));
        await AddsAsync();
    }

    [Fact]
    public async Task What_is_taken_becomes_the_appointment_of_the_same_ticket_once()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var entry = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        await CancelAsync(agenda, booked[2]);
        await OfferAsync(agenda);

        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => StepAsync(agenda, (change, cancel) => change.TakeAsync(entry.TicketId, Guest, cancel)))));

        Assert.Single(taken, StepResult.Done);
        Assert.Equal(5, taken.Count(t => t == StepResult.DoneBefore));
        var appointment = await AppointmentAsync(entry.TicketId);
        Assert.Equal((booked[2].StartsAt, "luz", AppointmentStatus.Booked), (appointment.StartsAt, appointment.Person!.Key, appointment.Status));
        Assert.Equal((NextStep.Appointment, booked[2].StartsAt), (appointment.Ticket.NextStep, appointment.Ticket.DueAt));
        Assert.Equal(WaitingStatus.Served, (await EntryAsync(entry)).Status);
        Assert.Contains(MailKind.AppointmentBooked, await MailsAsync(entry.TicketId));
        await AddsAsync();
    }

    [Fact]
    public async Task An_offer_without_an_answer_goes_to_the_next_and_is_not_made_to_her_again()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var first = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        Clock.Now += TimeSpan.FromMinutes(1);
        var second = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        await CancelAsync(agenda, booked[3]);
        await OfferAsync(agenda);

        Clock.Now += TimeSpan.FromHours(2);
        await OfferAsync(agenda);

        var (lapsed, offered) = (await EntryAsync(first), await EntryAsync(second));
        Assert.Equal((WaitingStatus.Waiting, 1, NextStep.WaitingList), (lapsed.Status, lapsed.Lapses, lapsed.Ticket.NextStep));
        Assert.Equal((WaitingStatus.Offered, booked[3].StartsAt), (offered.Status, offered.OfferStart));
        Assert.Equal(StepResult.NotPossible, await StepAsync(agenda, (change, cancel) => change.TakeAsync(first.TicketId, Guest, cancel)));

        Clock.Now += TimeSpan.FromHours(2);
        await OfferAsync(agenda);
        Assert.Equal(WaitingStatus.Waiting, (await EntryAsync(first)).Status);
        Assert.Single(await SlotsAsync(agenda, Day(1), Day(1)));
        await AddsAsync();
    }

    [Fact]
    public async Task Who_does_not_want_it_waits_on_and_the_next_is_asked()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var first = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        Clock.Now += TimeSpan.FromMinutes(1);
        var second = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        await CancelAsync(agenda, booked[0]);
        await OfferAsync(agenda);

        Assert.Equal(StepResult.Done, await StepAsync(agenda, (change, cancel) => change.PassAsync(first.TicketId, Guest, cancel)));
        await OfferAsync(agenda);

        Assert.Equal((WaitingStatus.Waiting, 0), ((await EntryAsync(first)).Status, (await EntryAsync(first)).Lapses));
        Assert.Equal(WaitingStatus.Offered, (await EntryAsync(second)).Status);
        await AddsAsync();
    }

    [Fact]
    public async Task Who_never_answers_keeps_nobody_waiting_for_ever()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda, days: 4);
        var entry = await JoinedAsync(agenda, Waits(Day(1), Day(4)));
        foreach (var appointment in booked.Skip(12))
        {
            await CancelAsync(agenda, appointment);
        }

        for (var i = 0; i < WaitingEntry.MaxLapses; i++)
        {
            Assert.Equal(1, await OfferAsync(agenda));
            Clock.Now += TimeSpan.FromHours(2);
        }

        Assert.Equal(0, await OfferAsync(agenda));
        var left = await EntryAsync(entry);
        Assert.Equal((WaitingStatus.Left, TicketStatus.Solved), (left.Status, left.Ticket.Status));
        await AddsAsync();
    }

    [Fact]
    public async Task Who_leaves_gives_back_what_was_kept_for_her()
    {
        var agenda = With(Listed, Someone("luz"));
        var booked = await FillAsync(agenda);
        var entry = await JoinedAsync(agenda, Waits(Day(1), Day(1)));
        await CancelAsync(agenda, booked[0]);
        await OfferAsync(agenda);

        Assert.Equal(StepResult.Done, await StepAsync(agenda, (change, cancel) => change.LeaveAsync(entry.TicketId, Guest, cancel)));

        Assert.Equal((WaitingStatus.Left, TicketStatus.Solved), ((await EntryAsync(entry)).Status, (await EntryAsync(entry)).Ticket.Status));
        Assert.Single(await SlotsAsync(agenda, Day(1), Day(1)));
        Assert.Equal(StepResult.DoneBefore, await StepAsync(agenda, (change, cancel) => change.LeaveAsync(entry.TicketId, Guest, cancel)));
        await AddsAsync();
    }
}
