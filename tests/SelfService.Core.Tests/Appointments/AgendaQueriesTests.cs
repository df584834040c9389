using NodaTime;
using SelfService.Core.Appointments;

namespace SelfService.Core.Tests.Appointments;

public sealed class AgendaQueriesTests : AppointmentTest
{
    [Fact]
    public async Task A_day_shows_what_takes_the_time_of_each_and_nothing_that_was_cancelled()
    {
        var agenda = With(Visit(), Someone("luz"), Someone("leo"));
        var ana = await BookedAsync(agenda, Wants(Tomorrow(10), "luz"));
        await CancelAsync(agenda, await BookedAsync(agenda, Wants(Tomorrow(11), "luz")));
        await BookedAsync(agenda, Wants(Tomorrow(10) + Duration.FromDays(1), "luz"));
        await using (var db = Database.Open())
        {
            var request = new BlockRequest(Guid.NewGuid(), BlockKind.Absence, "leo", Mexico, Day(0) + new LocalTime(9, 0), Day(3) + new LocalTime(9, 0), "Vacaciones", Guid.NewGuid());
            Assert.Null((await new BlockTime(db, agenda, Clock).RunAsync(request, NoCancel)).Obstacle);
        }

        var day = await DayAsync("luz", "leo");

        var appointment = Assert.Single(day.Appointments);
        Assert.Equal((ana.Number, "Ana", AppointmentStatus.Booked, ana.Ticket.Events.Count), (appointment.Number, appointment.Customer, appointment.Status, appointment.Seen));
        Assert.Equal([("leo", "Vacaciones"), ("luz", (string?)null)], day.Holds.Select(h => (h.Resource, h.Block?.Reason)).Order());
        Assert.Equal("luz", Assert.Single((await DayAsync("luz")).Holds).Resource);
    }

    [Fact]
    public async Task A_session_is_one_time_with_everybody_who_comes()
    {
        var agenda = With(Visit() with { Seats = 6, SeatsEach = 2 }, Someone("luz"));
        await BookedAsync(agenda, Wants(Tomorrow(10), seats: 2));
        await BookedAsync(agenda, Wants(Tomorrow(10)));

        var day = await DayAsync("luz");

        var hold = Assert.Single(day.Holds);
        Assert.Equal((HoldReason.Session, 6, 3), (hold.Reason, hold.Seats, day.Appointments.Sum(a => a.Seats)));
        Assert.All(day.Appointments, a => Assert.Equal(hold.HolderId, a.SessionId));
    }

    [Fact]
    public async Task What_was_agreed_with_somebody_who_is_not_there_any_more_is_seen_at_its_place()
    {
        var booked = await BookedAsync(With(Visit(), Someone("luz")), Wants(Tomorrow(10)));

        Assert.Empty((await DayAsync("leo")).Appointments);
        Assert.Equal(booked.Number, Assert.Single((await DayAsync("centro", "leo")).Appointments).Number);
    }

    private Task<BusyAgenda> DayAsync(params string[] keys) => InAsync(db => db.BusyAgendaAsync(
        [.. keys.Where(k => k != "centro")], keys.Contains("centro") ? "centro" : null, Mexico.AtStartOfDay(Day(1)).ToInstant(), Mexico.AtStartOfDay(Day(2)).ToInstant(), NoCancel));
}
