using System.Diagnostics;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Tickets;
using Xunit.Abstractions;

namespace SelfService.Core.Tests.Appointments;

public sealed class RandomAgendaTests(ITestOutputHelper output) : AppointmentTest
{
    private const int Clients = 16;
    private const int Steps = 12;
    private const int Minutes = 30;
    private const int After = 10;

    private static readonly string[] People = ["luz", "leo", "eva"];
    private static readonly Guid Staff = Guid.Parse("00000000-0000-7000-8000-0000000000a1");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Sixteen_who_book_move_cancel_and_block_at_random_get_what_one_after_the_other_would(int seed)
    {
        var agenda = With(Visit(Minutes) with { After = TimeSpan.FromMinutes(After), Every = TimeSpan.FromMinutes(10) }, [.. People.Select(p => Someone(p))]);
        var clients = Enumerable.Range(0, Clients).Select(i => new Client(this, agenda, new Random((seed * 1000) + i))).ToList();

        await Task.WhenAll(clients.Select(client => Task.Run(client.RunAsync)));

        await AddsAsync();
        var all = clients.SelectMany(c => c.Done).ToList();
        output.WriteLine($"{all.Count} operations, {all.Count(o => o.IsRefused)} refused, {all.Count(o => o.Blocks)} blocks, {all.Count(o => o is { Frees: not null, Takes: null })} freed");
        Assert.Contains(all, o => o.IsRefused);
        Assert.Contains(all, o => o.Blocks);
        Assert.True(new SequentialModel(People).Explains([.. clients.Select(c => c.Done)]));
    }

    // Whoever does one thing after the other with appointments and blocks of its own, and writes down what came of each.
    private sealed class Client(RandomAgendaTests test, Agenda agenda, Random random)
    {
        private readonly List<(Appointment Appointment, Span Span)> appointments = [];
        private readonly List<(Guid Id, Span Span)> blocks = [];

        public List<Operation> Done { get; } = [];

        public async Task RunAsync()
        {
            for (var step = 0; step < Steps; step++)
            {
                await (random.Next(8) switch
                {
                    0 => BlockAsync(),
                    1 when blocks.Count > 0 => UnblockAsync(),
                    2 or 3 when appointments.Count > 0 => CancelAsync(),
                    4 or 5 when appointments.Count > 0 => MoveAsync(),
                    _ => BookAsync(),
                });
            }
        }

        private async Task BookAsync()
        {
            var (start, span) = Hour();
            var called = Stopwatch.GetTimestamp();
            var booked = await test.BookAsync(agenda, Wants(start));
            var returned = Stopwatch.GetTimestamp();
            if (booked.Ticket is not { } ticket)
            {
                Done.Add(new Operation(called, returned, null, span, IsRefused: true));
                return;
            }

            var appointment = await test.AppointmentAsync(ticket.Id);
            var taken = span with { Resource = appointment.Person!.Key };
            appointments.Add((appointment, taken));
            Done.Add(new Operation(called, returned, null, taken));
        }

        private async Task MoveAsync()
        {
            var index = random.Next(appointments.Count);
            var (appointment, old) = appointments[index];
            var (start, span) = Hour();
            var called = Stopwatch.GetTimestamp();
            var moved = await test.MoveAsync(agenda, appointment, start);
            var returned = Stopwatch.GetTimestamp();
            if (moved.IsTaken)
            {
                Done.Add(new Operation(called, returned, old, span, IsRefused: true));
            }
            else if (moved.Step.Result == StepResult.Done)
            {
                var taken = span with { Resource = (await test.AppointmentAsync(appointment.TicketId)).Person!.Key };
                appointments[index] = (appointment, taken);
                Done.Add(new Operation(called, returned, old, taken));
            }
        }

        private async Task CancelAsync()
        {
            var index = random.Next(appointments.Count);
            var (appointment, span) = appointments[index];
            appointments.RemoveAt(index);
            var called = Stopwatch.GetTimestamp();
            Assert.Equal(StepResult.Done, await test.CancelAsync(agenda, appointment));
            Done.Add(new Operation(called, Stopwatch.GetTimestamp(), span, null));
        }

        private async Task BlockAsync()
        {
            var (from, length) = (10 * random.Next(20), 30 + (10 * random.Next(4)));
            var person = People[random.Next(People.Length)];
            var local = test.Day(1) + new LocalTime(9, 0);
            var request = new BlockRequest(Guid.NewGuid(), BlockKind.Block, person, Mexico, local.PlusMinutes(from), local.PlusMinutes(from + length), "", Staff);
            var called = Stopwatch.GetTimestamp();
            await using var db = test.Database.Open();
            var blocked = await new BlockTime(db, agenda, test.Clock).RunAsync(request, NoCancel);
            var span = new Span(person, from, from + length);
            Done.Add(new Operation(called, Stopwatch.GetTimestamp(), null, span, Blocks: true));
            blocks.Add((blocked.Id!.Value, span));
        }

        private async Task UnblockAsync()
        {
            var index = random.Next(blocks.Count);
            var (id, span) = blocks[index];
            blocks.RemoveAt(index);
            var called = Stopwatch.GetTimestamp();
            await using var db = test.Database.Open();
            Assert.True(await new RemoveBlock(db, test.Clock).RunAsync(id, Staff, NoCancel));
            Done.Add(new Operation(called, Stopwatch.GetTimestamp(), span, null));
        }

        // One of twenty beginnings, so that most meet others.
        private (Instant Start, Span Span) Hour()
        {
            var minute = 10 * random.Next(20);
            return (test.Tomorrow(9) + Duration.FromMinutes(minute), new Span(null, minute, minute + Minutes + After));
        }
    }
}
