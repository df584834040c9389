using NodaTime;
using SelfService.Core.Appointments;

namespace SelfService.Core.Tests.Appointments;

public sealed class FreeTimePropertyTests : AppointmentTest
{
    private static readonly Guid Staff = Guid.Parse("00000000-0000-7000-8000-0000000000a1");

    /// <summary>Some agenda with something booked, something blocked and something cancelled again.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Every_hour_shown_as_free_can_be_booked_and_no_other(int seed)
    {
        var random = new Random(seed);
        var agenda = Some(random);
        var service = agenda.Services[0];
        await FillAsync(agenda, random);

        var shown = await SlotsAsync(agenda, Day(1), Day(1));
        foreach (var slot in shown)
        {
            var seats = Math.Min(slot.SeatsLeft, service.SeatsEach);
            var booked = await BookAsync(agenda, Wants(slot.Start.ToInstant(), seats: seats));
            Assert.True(booked.Obstacle is null, $"{slot.Start}, {seats} seats: {booked.Obstacle}");
            await CancelAsync(agenda, await AppointmentAsync(booked.Ticket!.Id));
        }

        for (var minute = 0; minute < 5 * 60; minute += Grain.Minutes)
        {
            var start = Tomorrow(8) + Duration.FromMinutes(minute);
            if (shown.All(s => s.Start.ToInstant() != start))
            {
                Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(start))).Obstacle);
            }
        }

        await AddsAsync();
    }

    private static Agenda Some(Random random)
    {
        T OneOf<T>(params ReadOnlySpan<T> values) => values[random.Next(values.Length)];

        var seats = OneOf(1, 1, 3);
        var isWithRoom = random.Next(2) == 0;
        var service = Visit(OneOf(20, 30, 45, 60)) with
        {
            Before = TimeSpan.FromMinutes(OneOf(0, 0, 15)),
            After = TimeSpan.FromMinutes(OneOf(0, 5, 15)),
            Every = TimeSpan.FromMinutes(OneOf(10, 15, 30)),
            Seats = seats,
            SeatsEach = Math.Min(seats, 2),
            Needs = [new Need("tecnico", OneOf(1, 1, 2)), .. isWithRoom ? [new Need("sala", 1)] : Array.Empty<Need>()],
        };
        var people = new[] { "luz", "leo", "eva" }.Select(name => Someone(name, hours: OneOf(null, null, Daily("10:00", "12:30"))));
        return With(service, [.. people, Someone("sala", "sala", units: OneOf(1, 2), kind: ResourceKind.Room)]);
    }

    private async Task FillAsync(Agenda agenda, Random random)
    {
        for (var i = 0; i < 8; i++)
        {
            var free = await SlotsAsync(agenda, Day(1), Day(1));
            if (free.Count == 0)
            {
                break;
            }

            var appointment = await BookedAsync(agenda, Wants(free[random.Next(free.Count)].Start.ToInstant()));
            if (random.Next(3) == 0)
            {
                await CancelAsync(agenda, appointment);
            }
        }

        await using var db = Database.Open();
        var from = Day(1) + new LocalTime(9, 0).PlusMinutes(15 * random.Next(12));
        await new BlockTime(db, agenda, Clock).RunAsync(new BlockRequest(Guid.NewGuid(), BlockKind.Block, "luz", Mexico, from, from.PlusMinutes(45), "", Staff), NoCancel);
    }
}
