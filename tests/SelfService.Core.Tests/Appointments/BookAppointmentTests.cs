using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Mail;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

public sealed class BookAppointmentTests : AppointmentTest
{
    [Fact]
    public async Task A_booking_is_a_record_a_ticket_with_the_hour_as_its_next_step_and_a_mail()
    {
        var agenda = With(Visit() with { Reminders = [TimeSpan.FromHours(24), TimeSpan.FromHours(2)] }, Someone("luz"));

        var booked = await BookedAsync(agenda, Wants(Tomorrow(10)));

        Assert.Equal((TicketKind.Appointment, NextStep.Appointment, Tomorrow(10).ToDateTimeUtc()), (booked.Ticket.Kind, booked.Ticket.NextStep, booked.Ticket.DueAt));
        Assert.True(booked.Ticket.HasOpenRecord);
        Assert.Equal(("luz", new LocalDateTime(2026, 3, 3, 10, 0).TimeOfDay, "America/Mexico_City"), (booked.Person!.Key, booked.LocalStart.TimeOfDay, booked.Zone));
        var mails = (await InAsync(db => db.Jobs.AsNoTracking().OrderBy(j => j.DueAt).ToListAsync())).Select(j => (j.Read<MailRequest>().Kind, j.DueAt)).ToList();
        Assert.Contains((MailKind.AppointmentBooked, Clock.Now), mails);
        Assert.Contains((MailKind.AppointmentReminder, booked.StartsAt.AddHours(-2)), mails);
        await AddsAsync();
    }

    [Fact]
    public async Task The_same_form_sent_twenty_times_at_once_books_once()
    {
        var agenda = With(Visit(), Someone("luz"), Someone("leo"));
        var request = Wants(Tomorrow(9));

        var booked = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => BookAsync(agenda, request))));

        Assert.Single(booked.Select(b => b.Ticket!.Id).Distinct());
        Assert.Equal(1, await InAsync(db => db.Appointments.CountAsync()));
        await AddsAsync();
    }

    [Fact]
    public async Task Of_forty_who_want_the_same_hour_as_many_get_it_as_there_are_people()
    {
        var agenda = With(Visit(), Someone("luz"), Someone("leo"), Someone("eva"));

        var booked = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => BookAsync(agenda, Wants(Tomorrow(10))))));

        Assert.Equal(3, booked.Count(b => b.Ticket is not null));
        Assert.All(booked.Where(b => b.Ticket is null), b => Assert.Equal(BookingObstacle.Taken, b.Obstacle));
        Assert.Equal(3, (await InAsync(db => db.Holds.Select(h => h.Resource).Distinct().ToListAsync())).Count);
        await AddsAsync();
    }

    [Fact]
    public async Task Work_is_spread_over_whoever_has_least()
    {
        var agenda = With(Visit(), Someone("luz"), Someone("leo"), Someone("eva"));

        for (var hour = 0; hour < 6; hour++)
        {
            await BookedAsync(agenda, Wants(Tomorrow(9 + (hour % 3)) + Duration.FromDays(hour / 3)));
        }

        var work = await InAsync(db => db.Holds.GroupBy(h => h.Resource).Select(g => g.Count()).ToListAsync());
        Assert.Equal([2, 2, 2], work);
    }

    [Fact]
    public async Task Who_is_wanted_comes_or_nobody()
    {
        var agenda = With(Visit() with { ChoosesPerson = true }, Someone("luz"), Someone("leo"));

        var first = await BookedAsync(agenda, Wants(Tomorrow(10), "leo"));
        var second = await BookAsync(agenda, Wants(Tomorrow(10), "leo"));

        Assert.Equal("leo", first.Person!.Key);
        Assert.Equal(BookingObstacle.Taken, second.Obstacle);
        Assert.Equal("luz", (await BookedAsync(agenda, Wants(Tomorrow(10)))).Person!.Key);
    }

    [Fact]
    public async Task Two_people_and_a_room_are_taken_together_or_not_at_all()
    {
        var service = Visit() with { Needs = [new Need("tecnico", 2), new Need("sala", 1)] };
        var agenda = With(service, Someone("luz"), Someone("leo"), Someone("eva"), Someone("a", "sala", kind: ResourceKind.Room));

        var booked = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => BookAsync(agenda, Wants(Tomorrow(10))))));

        var first = await AppointmentAsync(Assert.Single(booked, b => b.Ticket is not null).Ticket!.Id);
        Assert.Equal((2, 1), (first.Resources.Count(r => r.Kind == ResourceKind.Person), first.Resources.Count(r => r.Kind == ResourceKind.Room)));
        Assert.Equal(3, await InAsync(db => db.Holds.CountAsync()));
        await AddsAsync();
    }

    [Fact]
    public async Task A_room_of_four_benches_holds_four()
    {
        var agenda = With(Visit(), Someone("taller", units: 4, kind: ResourceKind.Room));

        var booked = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => BookAsync(agenda, Wants(Tomorrow(10))))));

        Assert.Equal(4, booked.Count(b => b.Ticket is not null));
        await AddsAsync();
    }

    [Fact]
    public async Task A_workshop_has_its_seats_and_not_one_more()
    {
        var agenda = With(Visit() with { Seats = 6, SeatsEach = 2 }, Someone("luz"));

        var booked = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => BookAsync(agenda, Wants(Tomorrow(10), seats: 1 + (i % 2))))));

        var taken = await InAsync(db => db.SharedSessions.Select(s => s.Taken).SingleAsync());
        Assert.InRange(taken, 5, 6);
        Assert.Equal(taken, await InAsync(db => db.Appointments.SumAsync(a => a.Seats)));
        Assert.Equal(1, await InAsync(db => db.Holds.CountAsync()));
        Assert.Equal(taken == 6, (await SlotsAsync(agenda, Day(1), Day(1))).All(s => s.Start.Hour != 10));
        Assert.True(booked.Count(b => b.Ticket is not null) >= 3);
        await AddsAsync();
    }

    [Fact]
    public async Task With_the_last_seat_the_teacher_is_free_again_and_the_next_one_opens_it_anew()
    {
        var agenda = With(Visit() with { Seats = 6 }, Someone("luz"));
        var ana = await BookedAsync(agenda, Wants(Tomorrow(10)));
        var eva = await BookedAsync(agenda, Wants(Tomorrow(10)));

        await CancelAsync(agenda, ana);
        Assert.Equal(1, await InAsync(db => db.Holds.CountAsync()));
        await CancelAsync(agenda, eva);
        Assert.Equal(0, await InAsync(db => db.Holds.CountAsync()));
        await BookedAsync(agenda, Wants(Tomorrow(10)));

        Assert.Equal(1, await InAsync(db => db.SharedSessions.CountAsync()));
        await AddsAsync();
    }

    [Fact]
    public async Task Buffers_are_kept_free_before_and_after()
    {
        var agenda = With(Visit() with { Every = TimeSpan.FromMinutes(30), Before = TimeSpan.FromMinutes(15), After = TimeSpan.FromMinutes(15) }, Someone("luz"));
        await BookedAsync(agenda, Wants(Tomorrow(10)));

        var free = (await SlotsAsync(agenda, Day(1), Day(1))).Select(s => s.Start.TimeOfDay.ToString("HH:mm", null));

        // An hour and half an hour of buffers do not fit between nine and ten.
        Assert.Equal(["11:30", "12:00"], free);
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(12, 30)]
    [InlineData(10, 5)]
    public async Task What_is_not_offered_cannot_be_booked(int hour, int minute)
    {
        var agenda = With(Visit(), Someone("luz"));

        Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(Tomorrow(hour, minute)))).Obstacle);
        Assert.Equal(0, await InAsync(db => db.Tickets.CountAsync()));
    }

    [Fact]
    public async Task Notice_and_horizon_hold_for_customers_and_not_for_staff()
    {
        var agenda = With(Visit() with { Notice = TimeSpan.FromDays(2), HorizonDays = 3 }, Someone("luz"));

        Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(Tomorrow(10)))).Obstacle);
        Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(Tomorrow(10) + Duration.FromDays(10)))).Obstacle);
        await BookedAsync(agenda, Wants(Tomorrow(10)) with { Actor = Agent });
        await BookedAsync(agenda, Wants(Tomorrow(10) + Duration.FromDays(10)) with { Actor = Agent });
    }

    [Fact]
    public async Task Every_hour_that_is_shown_can_be_booked_at_that_instant()
    {
        var random = new Random(6);
        var service = Visit(45) with { Every = TimeSpan.FromMinutes(15), After = TimeSpan.FromMinutes(20), Needs = [new Need("tecnico", 1), new Need("sala", 1)] };
        var agenda = With(service, Someone("luz"), Someone("leo", hours: Daily("10:00", "12:00")), Someone("a", "sala", units: 2, kind: ResourceKind.Room));
        for (var booked = 0; ; booked++)
        {
            var free = await SlotsAsync(agenda, Day(1), Day(2));
            if (free.Count == 0)
            {
                Assert.True(booked >= 5);
                break;
            }

            await BookedAsync(agenda, Wants(free[random.Next(free.Count)].Start.ToInstant()));
        }

        await AddsAsync();
    }
}
