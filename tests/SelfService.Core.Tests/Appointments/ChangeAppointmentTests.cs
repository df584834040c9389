using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

public sealed class ChangeAppointmentTests : AppointmentTest
{
    [Fact]
    public async Task A_move_takes_the_new_time_and_gives_back_the_old()
    {
        var agenda = With(Visit(), Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));

        Assert.Equal(StepResult.Done, (await MoveAsync(agenda, booked, Tomorrow(11))).Step.Result);

        var moved = await AppointmentAsync(booked.TicketId);
        Assert.Equal((Tomorrow(11).ToDateTimeUtc(), 1), (moved.StartsAt, moved.Sequence));
        Assert.Equal(moved.StartsAt, moved.Ticket.DueAt);
        Assert.Equal(new LocalTime(11, 0), AgreedTime.Read(Assert.Single(moved.Ticket.Events, e => e.Kind == TicketEventKind.AppointmentMoved).Detail)!.Start.TimeOfDay);
        Assert.Contains(await SlotsAsync(agenda, Day(1), Day(1)), s => s.Start.Hour == 10);
        await AddsAsync();
    }

    [Fact]
    public async Task A_move_to_what_is_taken_leaves_everything_as_it_was()
    {
        var agenda = With(Visit(), Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));
        await BookedAsync(agenda, Wants(Tomorrow(11)));

        Assert.True((await MoveAsync(agenda, booked, Tomorrow(11))).IsTaken);

        Assert.Equal(booked.StartsAt, (await AppointmentAsync(booked.TicketId)).StartsAt);
        await AddsAsync();
    }

    [Fact]
    public async Task The_same_move_twice_is_one()
    {
        var agenda = With(Visit(), Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));

        var moves = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MoveAsync(agenda, booked, Tomorrow(12)))));

        Assert.Single(moves, m => m.Step.Result == StepResult.Done);
        Assert.Equal(7, moves.Count(m => m.Step.Result == StepResult.DoneBefore));
        Assert.Equal(1, (await AppointmentAsync(booked.TicketId)).Sequence);
        await AddsAsync();
    }

    [Fact]
    public async Task An_overlapping_move_by_half_an_hour_is_possible_because_its_own_time_does_not_stand_in_its_way()
    {
        var agenda = With(Visit() with { Every = TimeSpan.FromMinutes(30) }, Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));

        Assert.Equal(StepResult.Done, (await MoveAsync(agenda, booked, Tomorrow(10, 30))).Step.Result);
        await AddsAsync();
    }

    [Fact]
    public async Task Two_who_change_places_at_once_both_end_somewhere()
    {
        var agenda = With(Visit(), Someone("luz"));
        var ana = await BookedAsync(agenda, Wants(Tomorrow(10)));
        var eva = await BookedAsync(agenda, Wants(Tomorrow(11)));

        await Task.WhenAll(Task.Run(() => MoveAsync(agenda, ana, Tomorrow(11))), Task.Run(() => MoveAsync(agenda, eva, Tomorrow(10))));

        Assert.Equal(2, await InAsync(db => db.Appointments.CountAsync(a => a.Status == AppointmentStatus.Booked)));
        await AddsAsync();
    }

    [Fact]
    public async Task Cancelled_the_time_is_free_and_the_ticket_solved()
    {
        var agenda = With(Visit(), Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));

        Assert.Equal(StepResult.Done, await CancelAsync(agenda, booked));
        Assert.Equal(StepResult.DoneBefore, await CancelAsync(agenda, booked));

        var cancelled = await AppointmentAsync(booked.TicketId);
        Assert.Equal((AppointmentStatus.Cancelled, TicketStatus.Solved, 1), (cancelled.Status, cancelled.Ticket.Status, cancelled.Sequence));
        await BookedAsync(agenda, Wants(Tomorrow(10)));
        await AddsAsync();
    }

    [Fact]
    public async Task Too_late_for_the_customer_is_not_too_late_for_staff()
    {
        var agenda = With(Visit() with { ChangeUntil = TimeSpan.FromHours(24) }, Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));
        Clock.Now = booked.StartsAt.AddHours(-24);

        Assert.Equal(StepResult.NotPossible, (await MoveAsync(agenda, booked, Tomorrow(12))).Step.Result);
        Assert.Equal(StepResult.NotPossible, await CancelAsync(agenda, booked));
        Assert.Equal(StepResult.Done, await CancelAsync(agenda, booked, Agent));
    }

    [Fact]
    public async Task From_its_beginning_somebody_has_to_say_how_it_went()
    {
        var agenda = With(Visit(), Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));
        Clock.Now = booked.StartsAt;

        await InAsync(async db =>
        {
            await new BeginAppointments(db, Desk, Clock).RunAsync(NoCancel);
            return true;
        });

        var begun = await AppointmentAsync(booked.TicketId);
        Assert.Equal((NextStep.AppointmentOutcome, begun.EndsAt.AddHours(4)), (begun.Ticket.NextStep, begun.Ticket.DueAt));
        Assert.Equal(StepResult.Done, await ChangeAsync(agenda, booked, (c, s) => c.ArriveAsync(s, NoCancel), Agent));
        Assert.Equal(StepResult.Done, await ChangeAsync(agenda, booked, (c, s) => c.AttendAsync(s, NoCancel), Agent));
        Assert.Equal(StepResult.NotPossible, await ChangeAsync(agenda, booked, (c, s) => c.MissAsync(s, NoCancel), Agent));
        Assert.Equal((AppointmentStatus.Attended, TicketStatus.Solved), ((await AppointmentAsync(booked.TicketId)).Status, (await AppointmentAsync(booked.TicketId)).Ticket.Status));
    }

    [Fact]
    public async Task A_question_asked_before_it_begins_stays_owed_while_it_is_given()
    {
        var agenda = With(Visit(), Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));
        var due = booked.StartsAt.AddMinutes(-30);
        await ChangeAsync(booked.TicketId, ticket => ticket.CustomerReplied(new Message { TicketId = ticket.Id, Author = ActorKind.Customer, Body = "¿Traen la pieza?", WrittenAt = Clock.Now, SubmissionKey = Guid.NewGuid() }, Guest, due, Clock.Now));

        Clock.Now = booked.StartsAt.AddMinutes(1);
        await InAsync(async db =>
        {
            await new BeginAppointments(db, Desk, Clock).RunAsync(NoCancel);
            return true;
        });

        var begun = await AppointmentAsync(booked.TicketId);
        Assert.Equal((NextStep.AppointmentOutcome, NextStep.Response, due), (begun.Stage, begun.Ticket.NextStep, begun.Ticket.DueAt));
    }

    [Fact]
    public async Task Nobody_has_missed_what_has_not_begun()
    {
        var agenda = With(Visit(), Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));

        Assert.Equal(StepResult.NotPossible, await ChangeAsync(agenda, booked, (c, s) => c.MissAsync(s, NoCancel), Agent));
        Clock.Now = booked.StartsAt.AddMinutes(15);
        Assert.Equal(StepResult.Done, await ChangeAsync(agenda, booked, (c, s) => c.MissAsync(s, NoCancel), Agent));
    }

    [Fact]
    public async Task Who_moves_is_offered_hours_that_overlap_her_own()
    {
        var agenda = With(Visit() with { Every = TimeSpan.FromMinutes(30) }, Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));

        var asked = new SlotRequest(agenda.Services[0], agenda.Places[0], Instant.FromDateTimeUtc(Clock.Now), Moving: booked.Id);
        var offered = await InAsync(db => db.SlotsAsync(agenda, asked, Day(1), Day(1), NoCancel));
        Assert.Contains(offered, s => s.Start.ToInstant() == Tomorrow(10, 30));
        Assert.DoesNotContain(await SlotsAsync(agenda, Day(1), Day(1)), s => s.Start.ToInstant() == Tomorrow(10, 30));

        Assert.False((await MoveAsync(agenda, booked, Tomorrow(10, 30))).IsTaken);
        await AddsAsync();
    }

    [Fact]
    public async Task What_was_cancelled_is_not_moved_and_gives_nothing_back_again()
    {
        var agenda = With(Visit() with { Seats = 3 }, Someone("luz"));
        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));
        await CancelAsync(agenda, booked);

        Assert.Equal((StepResult.NotPossible, false), (await MoveAsync(agenda, booked, Tomorrow(11))) is var moved ? (moved.Step.Result, moved.IsTaken) : default);
        await AddsAsync();
    }
}
