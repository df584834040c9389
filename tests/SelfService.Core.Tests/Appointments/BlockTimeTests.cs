using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Tickets;

namespace SelfService.Core.Tests.Appointments;

public sealed class BlockTimeTests : AppointmentTest
{
    private static readonly Guid Staff = Guid.Parse("00000000-0000-7000-8000-0000000000a1");

    [Fact]
    public async Task A_blocked_time_is_not_offered_and_cannot_be_booked()
    {
        var agenda = With(Visit(), Someone("luz"));

        var block = await BlockedAsync(agenda, Wants("luz", 10, 12));

        Assert.Equal(["09:00", "12:00"], (await SlotsAsync(agenda, Day(1), Day(1))).Select(s => s.Start.TimeOfDay.ToString("HH:mm", null)));
        Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(Tomorrow(10)))).Obstacle);
        Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(Tomorrow(11)) with { Actor = Agent })).Obstacle);
        await BookedAsync(agenda, Wants(Tomorrow(12)));
        Assert.Equal(("luz", new LocalTime(10, 0), Tomorrow(12).ToDateTimeUtc()), (block.Resource, block.LocalFrom.TimeOfDay, block.EndsAt));
        await BlocksAddAsync();
    }

    [Fact]
    public async Task Every_unit_of_a_room_is_blocked()
    {
        var agenda = With(Visit(), Someone("taller", units: 3, kind: ResourceKind.Room));

        await BlockedAsync(agenda, Wants("taller", 9, 13));

        Assert.Empty(await SlotsAsync(agenda, Day(1), Day(1)));
        await BlocksAddAsync();
    }

    [Fact]
    public async Task The_same_form_sent_at_once_blocks_once_and_with_other_hours_says_so()
    {
        var agenda = With(Visit(), Someone("luz"));
        var request = Wants("luz", 10, 12);

        var blocked = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => BlockAsync(agenda, request))));
        var other = await BlockAsync(agenda, request with { To = request.To.PlusHours(1) });

        Assert.Single(blocked.Select(b => b.Id).Distinct());
        Assert.All(blocked, b => Assert.Null(b.Obstacle));
        Assert.Equal((blocked[0].Id, BlockObstacle.SentBefore), (other.Id, other.Obstacle));
        Assert.Equal(1, await InAsync(db => db.Blocks.CountAsync()));
        await BlocksAddAsync();
    }

    [Fact]
    public async Task What_is_booked_in_it_stays_and_is_listed_until_it_is_moved()
    {
        var agenda = With(Visit(), Someone("luz"));
        var before = await BookedAsync(agenda, Wants(Tomorrow(9)));
        var within = await BookedAsync(agenda, Wants(Tomorrow(10)));
        var later = await BookedAsync(agenda, Wants(Tomorrow(11)));

        var block = await BlockedAsync(agenda, Wants("luz", 10, 12));

        Assert.Equal([within.Number, later.Number], await ListedAsync(block));
        Assert.Equal(StepResult.Done, (await MoveAsync(agenda, within, Tomorrow(12), Agent)).Step.Result);
        Assert.Equal([later.Number], await ListedAsync(block));
        Assert.Equal(StepResult.Done, await CancelAsync(agenda, later));
        Assert.Empty(await ListedAsync(block));
        // What both gave back is the block's.
        Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(Tomorrow(10)))).Obstacle);
        Assert.Equal(24, await InAsync(db => db.GrainClaims.CountAsync(c => c.HolderId == block.Id)));
        Assert.Equal(AppointmentStatus.Booked, (await AppointmentAsync(before.TicketId)).Status);
        await AddsAsync();
        await BlocksAddAsync();
    }

    [Fact]
    public async Task Nobody_joins_a_workshop_whose_teacher_is_away()
    {
        var agenda = With(Visit() with { Seats = 6 }, Someone("luz"));
        var first = await BookedAsync(agenda, Wants(Tomorrow(10)));
        Assert.Contains(await SlotsAsync(agenda, Day(1), Day(1)), s => s.Start.Hour == 10);

        var block = await BlockedAsync(agenda, Wants("luz", 9, 13, BlockKind.Absence));

        Assert.Empty(await SlotsAsync(agenda, Day(1), Day(1)));
        Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(Tomorrow(10)))).Obstacle);
        Assert.Equal([first.Number], await ListedAsync(block));
    }

    [Fact]
    public async Task Removed_it_gives_its_time_back_once_and_stays_in_the_history()
    {
        var agenda = With(Visit(), Someone("luz"));
        var block = await BlockedAsync(agenda, Wants("luz", 10, 12));

        Assert.True(await RemoveAsync(block.Id));
        Assert.False(await RemoveAsync(block.Id));
        Assert.False(await RemoveAsync(Guid.NewGuid()));

        await BookedAsync(agenda, Wants(Tomorrow(10)));
        var told = await InAsync(db => db.BlockAsync(block.Id, NoCancel));
        Assert.Equal((Staff, Clock.Now), (told!.Block.RemovedById!.Value, told.Block.RemovedAt!.Value));
        Assert.Empty(await InAsync(db => db.StandingBlocksAsync(Clock.Now, 10, NoCancel)));
        await BlocksAddAsync();
    }

    [Fact]
    public async Task Of_two_blocks_of_one_time_the_other_keeps_it()
    {
        var agenda = With(Visit(), Someone("luz"));
        var first = await BlockedAsync(agenda, Wants("luz", 9, 11));
        await BlockedAsync(agenda, Wants("luz", 10, 13));

        Assert.True(await RemoveAsync(first.Id));

        Assert.Equal(["09:00"], (await SlotsAsync(agenda, Day(1), Day(1))).Select(s => s.Start.TimeOfDay.ToString("HH:mm", null)));
        Assert.Equal(BookingObstacle.Taken, (await BookAsync(agenda, Wants(Tomorrow(10)))).Obstacle);
        await BlocksAddAsync();
    }

    [Fact]
    public async Task An_absence_of_half_a_year_is_held_in_pieces_that_are_found()
    {
        var agenda = With(Visit() with { HorizonDays = 200 }, Someone("luz"));

        await BlockedAsync(agenda, Wants("luz", 9, 13) with { To = Day(180) + new LocalTime(13, 0) });

        Assert.Empty(await SlotsAsync(agenda, Day(1), Day(180)));
        Assert.NotEmpty(await SlotsAsync(agenda, Day(181), Day(181)));
        Assert.All(await InAsync(db => db.Holds.AsNoTracking().ToListAsync()), h => Assert.InRange(h.ToGrain - h.FromGrain, 1, Hold.MaxDays * 288));
    }

    [Theory]
    [InlineData("nadie", 1, 9, 1, 10, BlockObstacle.Unknown)]
    [InlineData("luz", 1, 10, 1, 10, BlockObstacle.Reversed)]
    [InlineData("luz", 2, 10, 1, 10, BlockObstacle.Reversed)]
    [InlineData("luz", -3, 9, -2, 9, BlockObstacle.Past)]
    [InlineData("luz", 1, 9, 368, 9, BlockObstacle.TooLong)]
    [InlineData("sala", 1, 9, 60, 9, BlockObstacle.TooLong)]
    public async Task What_cannot_be_blocked_leaves_nothing(string resource, int fromDay, int fromHour, int toDay, int toHour, BlockObstacle obstacle)
    {
        var agenda = With(Visit(), Someone("luz"), Someone("sala", units: 100, kind: ResourceKind.Room));
        var request = Wants(resource, 9, 10) with { From = Day(fromDay) + new LocalTime(fromHour, 0), To = Day(toDay) + new LocalTime(toHour, 0) };

        Assert.Equal(new BlockedTime(null, obstacle), await BlockAsync(agenda, request));

        Assert.Equal((0, 0), (await InAsync(db => db.Blocks.CountAsync()), await InAsync(db => db.Holds.CountAsync())));
    }

    [Fact]
    public async Task New_rules_of_the_zone_keep_the_hours_of_a_block()
    {
        var agenda = With(Visit(), Someone("luz"));
        var block = await BlockedAsync(agenda, Wants("luz", 10, 12));
        await InAsync(db => db.Blocks.ExecuteUpdateAsync(set => set.SetProperty(b => b.StartsAt, block.StartsAt.AddHours(-1)).SetProperty(b => b.EndsAt, block.EndsAt.AddHours(-1))));

        Assert.Equal(1, await InAsync(db => new AlignBlocks(db, DateTimeZoneProviders.Tzdb, Clock).RunAsync(NoCancel)));
        Assert.Equal(0, await InAsync(db => new AlignBlocks(db, DateTimeZoneProviders.Tzdb, Clock).RunAsync(NoCancel)));

        Assert.Equal(block.StartsAt, (await InAsync(db => db.BlockAsync(block.Id, NoCancel)))!.Block.StartsAt);
        await BlocksAddAsync();
    }

    [Fact]
    public async Task Sixteen_who_book_move_cancel_block_and_unblock_at_random_leave_nobody_busy_twice_and_no_time_lost()
    {
        var agenda = With(Visit(30) with { After = TimeSpan.FromMinutes(10), Every = TimeSpan.FromMinutes(10) }, Someone("luz"), Someone("leo"), Someone("taller", units: 2, kind: ResourceKind.Room));
        var starts = Enumerable.Range(0, 20).Select(i => Tomorrow(9, 10 * i % 60) + Duration.FromHours(10 * i / 60)).ToList();
        var done = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            var random = new Random(client);
            var (own, blocks) = (new List<Appointment>(), new List<Guid>());
            for (var step = 0; step < 12; step++)
            {
                var start = starts[random.Next(starts.Count)];
                switch (random.Next(5))
                {
                    case 0:
                        var hour = random.Next(9, 12);
                        blocks.Add((await BlockAsync(agenda, Wants(new[] { "luz", "leo", "taller" }[random.Next(3)], hour, hour + 1))).Id!.Value);
                        done.Add("blocked");
                        break;
                    case 1 when blocks.Count > 0:
                        var gone = blocks[random.Next(blocks.Count)];
                        blocks.Remove(gone);
                        Assert.True(await RemoveAsync(gone));
                        done.Add("unblocked");
                        break;
                    case 2 when own.Count > 0:
                        done.Add(await MoveAsync(agenda, own[random.Next(own.Count)], start) is { IsTaken: true } ? "not moved" : "moved");
                        break;
                    case 3 when own.Count > 0:
                        var cancelled = own[random.Next(own.Count)];
                        own.Remove(cancelled);
                        Assert.Equal(StepResult.Done, await CancelAsync(agenda, cancelled));
                        done.Add("cancelled");
                        break;
                    default:
                        if ((await BookAsync(agenda, Wants(start))).Ticket is { } ticket)
                        {
                            own.Add(await AppointmentAsync(ticket.Id));
                            done.Add("booked");
                        }

                        break;
                }
            }
        })));

        await AddsAsync();
        await BlocksAddAsync();
        Assert.All(["booked", "moved", "cancelled", "blocked", "unblocked"], what => Assert.Contains(what, done));
    }

    private BlockRequest Wants(string resource, int from, int to, BlockKind kind = BlockKind.Block) =>
        new(Guid.NewGuid(), kind, resource, Mexico, Day(1) + new LocalTime(from, 0), Day(1) + new LocalTime(to, 0), "Curso", Staff);

    private async Task<BlockedTime> BlockAsync(Agenda agenda, BlockRequest request)
    {
        await using var db = Database.Open();
        return await new BlockTime(db, agenda, Clock).RunAsync(request, NoCancel);
    }

    private async Task<Block> BlockedAsync(Agenda agenda, BlockRequest request)
    {
        var blocked = await BlockAsync(agenda, request);
        Assert.Null(blocked.Obstacle);
        return (await InAsync(db => db.BlockAsync(blocked.Id!.Value, NoCancel)))!.Block;
    }

    private Task<bool> RemoveAsync(Guid id) => InAsync(db => new RemoveBlock(db, Clock).RunAsync(id, Staff, NoCancel));

    private async Task<IEnumerable<string>> ListedAsync(Block block) => (await InAsync(db => db.BookedInAsync(block, NoCancel))).Select(a => a.Number);

    /// <summary>What must be true at any time: exactly the standing blocks hold time, and every grain in them is somebody's.</summary>
    private async Task BlocksAddAsync()
    {
        await using var db = Database.Open();
        var standing = await db.Blocks.AsNoTracking().Where(b => b.RemovedAt == null).ToListAsync(NoCancel);
        var holds = await db.Holds.AsNoTracking().ToListAsync(NoCancel);
        var claims = (await db.GrainClaims.AsNoTracking().ToListAsync(NoCancel)).ToDictionary(c => (c.Resource, c.Unit, c.Grain), c => c.HolderId);

        Assert.Equal(
            standing.SelectMany(b => Enumerable.Range(0, b.Units).Select(unit => (b.Id, b.Resource, unit))).Order(),
            holds.Where(h => h.Reason == HoldReason.Block).Select(h => (h.HolderId, h.Resource, h.Unit)).Distinct().Order());
        Assert.All(holds.Where(h => h.Reason == HoldReason.Block), h => Assert.All(Enumerable.Range(h.FromGrain, h.ToGrain - h.FromGrain), g => Assert.True(claims.ContainsKey((h.Resource, h.Unit, g)))));
        Assert.All(claims, claim => Assert.Contains(holds, h => h.HolderId == claim.Value && h.Resource == claim.Key.Resource && h.Unit == claim.Key.Unit && h.FromGrain <= claim.Key.Grain && claim.Key.Grain < h.ToGrain));
    }
}
