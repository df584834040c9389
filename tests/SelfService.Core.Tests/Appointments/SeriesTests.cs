using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;

namespace SelfService.Core.Tests.Appointments;

public sealed class SeriesTests : AppointmentTest
{
    private static readonly Service Repeated = Visit() with { Repeats = 4, HorizonDays = 365 };

    [Fact]
    public async Task A_series_is_as_many_appointments_with_tickets_of_their_own_and_something_in_common()
    {
        var agenda = With(Repeated, Someone("luz"));

        var booked = await BookAsync(agenda, Series(Tomorrow(10), 3));

        Assert.Equal(2, booked.Following.Count);
        var all = await InAsync(db => db.Appointments.AsNoTracking().Include(a => a.Ticket).OrderBy(a => a.StartsAt).ToListAsync());
        Assert.Equal([Day(1), Day(8), Day(15)], all.Select(a => a.LocalStart.Date));
        Assert.Single(all.Select(a => a.SeriesId).Distinct());
        Assert.NotNull(all[0].SeriesId);
        Assert.Single(all.Select(a => a.Ticket.CustomerId).Distinct());
        await AddsAsync();
    }

    [Fact]
    public async Task The_same_form_sent_ten_times_at_once_books_the_series_once()
    {
        var agenda = With(Repeated, Someone("luz"), Someone("leo"));
        var request = Series(Tomorrow(10), 4);

        var booked = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => BookAsync(agenda, request))));

        Assert.All(booked, b => Assert.NotNull(b.Ticket));
        Assert.Equal(4, await InAsync(db => db.Appointments.CountAsync()));
        await AddsAsync();
    }

    [Fact]
    public async Task One_hour_that_is_taken_leaves_nothing_of_the_series()
    {
        var agenda = With(Repeated, Someone("luz"));
        await BookedAsync(agenda, Wants(Tomorrow(10) + Duration.FromDays(7)));

        var booked = await BookAsync(agenda, Series(Tomorrow(10), 3));

        Assert.Equal(BookingObstacle.Taken, booked.Obstacle);
        Assert.Equal((1, 1), (await InAsync(db => db.Appointments.CountAsync()), await InAsync(db => db.Tickets.CountAsync())));
        await AddsAsync();
    }

    [Fact]
    public async Task More_than_the_service_allows_is_not_offered() =>
        Assert.Equal(BookingObstacle.NotOffered, (await BookAsync(With(Repeated, Someone("luz")), Series(Tomorrow(10), 5))).Obstacle);

    [Fact]
    public async Task The_same_hour_several_times_is_no_series()
    {
        var agenda = With(Repeated, Someone("luz"), Someone("leo"), Someone("eva"));

        var booked = await BookAsync(agenda, Wants(Tomorrow(10)) with { Following = [Tomorrow(10), Tomorrow(10)] });

        Assert.Equal(BookingObstacle.NotOffered, booked.Obstacle);
    }

    [Fact]
    public async Task The_same_form_with_more_appointments_books_none_of_them()
    {
        var agenda = With(Repeated, Someone("luz"));
        var request = Series(Tomorrow(10), 2);
        await BookAsync(agenda, request);

        var again = await BookAsync(agenda, request with { Following = [.. request.Following, Tomorrow(10) + Duration.FromDays(14)] });

        Assert.False(again.Ticket!.IsSame);
        Assert.Equal(2, await InAsync(db => db.Appointments.CountAsync()));
    }

    [Fact]
    public async Task The_proposal_keeps_the_hour_on_the_nearest_day_or_takes_the_nearest_that_is_free()
    {
        var agenda = With(Repeated, Someone("luz"));
        await BookedAsync(agenda, Wants(Tomorrow(10) + Duration.FromDays(14)));

        var visits = await ProposeAsync(agenda, Tomorrow(10), new Recurrence(4, Period.FromWeeks(1)));

        Assert.Equal([true, false, true], visits.Select(v => v.IsWanted));
        Assert.Equal(Day(14) + new LocalTime(10, 0), visits[1].Slot!.Start.LocalDateTime);
        for (var day = 11; day <= 19; day++)
        {
            await BookAsync(agenda, Wants(Mexico.AtLeniently(Day(day) + new LocalTime(10, 0)).ToInstant()));
        }

        visits = await ProposeAsync(agenda, Tomorrow(10), new Recurrence(4, Period.FromWeeks(1)));
        Assert.Equal(Day(15) + new LocalTime(9, 0), visits[1].Slot!.Start.LocalDateTime);
    }

    [Fact]
    public async Task Every_proposal_can_be_booked_as_it_stands()
    {
        var agenda = With(Repeated, Someone("luz"));
        await BookedAsync(agenda, Wants(Tomorrow(10) + Duration.FromDays(7)));
        var visits = await ProposeAsync(agenda, Tomorrow(10), new Recurrence(4, Period.FromWeeks(1)));

        var booked = await BookAsync(agenda, Wants(Tomorrow(10)) with { Following = [.. visits.Select(v => v.Slot!.Start.ToInstant())] });

        Assert.Null(booked.Obstacle);
        await AddsAsync();
    }

    [Fact]
    public async Task What_lies_beyond_the_horizon_has_no_hour() =>
        Assert.Equal([true, false, false], (await ProposeAsync(With(Repeated with { HorizonDays = 120 }, Someone("luz")), Tomorrow(10), new Recurrence(4, Period.FromMonths(3)))).Select(v => v.Slot is not null));

    [Fact]
    public void Months_are_counted_from_the_first() =>
        Assert.Equal(
            [new LocalDate(2026, 2, 28), new LocalDate(2026, 3, 31), new LocalDate(2026, 4, 30)],
            new Recurrence(4, Period.FromMonths(1)).Following(new LocalDateTime(2026, 1, 31, 10, 0)).Select(d => d.Date));

    [Fact]
    public void A_distance_is_read_as_it_was_written_and_no_other()
    {
        Assert.All(Recurrence.Distances, d => Assert.Equal(d, Recurrence.Read(Recurrence.Write(d))));
        Assert.Null(Recurrence.Read("5m"));
        Assert.Null(Recurrence.Read(null));
    }

    private static BookingRequest Series(Instant first, int times) =>
        Wants(first) with { Following = [.. Enumerable.Range(1, times - 1).Select(i => first + Duration.FromDays(7 * i))] };

    private Task<IReadOnlyList<SeriesVisit>> ProposeAsync(Agenda agenda, Instant first, Recurrence recurrence) => InAsync(db =>
        db.ProposeAsync(agenda, new SlotRequest(agenda.Services[0], agenda.Places[0], Instant.FromDateTimeUtc(Clock.Now)), first, recurrence, NoCancel));
}
