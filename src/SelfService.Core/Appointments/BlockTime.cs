using Microsoft.EntityFrameworkCore;
using NodaTime;
using SelfService.Core.Persistence;

namespace SelfService.Core.Appointments;

/// <summary>Keeps the time of a person or of every unit of a room from being booked, once for each key.</summary>
public sealed class BlockTime(PortalDbContext db, Agenda agenda, TimeProvider clock)
{
    /// <summary>Blocks it. What is booked in it stays booked; <see cref="AgendaQueries.BookedInAsync"/> says what has to be moved.</summary>
    public Task<BlockedTime> RunAsync(BlockRequest request, CancellationToken cancel) =>
        // Of the same form twice at the same moment, the second sees that the first has done it.
        db.RetriedAsync(() => db.InTransactionAsync(() => BlockAsync(request, cancel), cancel));

    private async Task<BlockedTime> BlockAsync(BlockRequest request, CancellationToken cancel)
    {
        if (await db.Blocks.AsNoTracking().SingleOrDefaultAsync(b => b.SubmissionKey == request.SubmissionKey, cancel) is { } earlier)
        {
            return new BlockedTime(earlier.Id, IsSame(earlier, request) ? null : BlockObstacle.SentBefore);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (agenda.Resource(request.Resource) is not { } resource)
        {
            return new BlockedTime(null, BlockObstacle.Unknown);
        }

        if (Obstacle(request, resource, now) is { } obstacle)
        {
            return new BlockedTime(null, obstacle);
        }

        var (from, to) = Block.Resolve(request.From, request.To, request.Zone);
        var block = new Block
        {
            SubmissionKey = request.SubmissionKey,
            Kind = request.Kind,
            Resource = resource.Key,
            ResourceName = resource.Name,
            Units = resource.Units,
            Zone = request.Zone.Id,
            LocalFrom = request.From,
            LocalTo = request.To,
            StartsAt = from.ToDateTimeUtc(),
            EndsAt = to.ToDateTimeUtc(),
            Reason = request.Reason,
            MadeById = request.PersonId,
            MadeAt = now,
        };
        db.Blocks.Add(block);
        // Now, so that of two who send it at once one is told before anything is taken.
        await db.SaveChangesAsync(cancel);
        await db.HoldAsync(block, cancel);
        return new BlockedTime(block.Id, null);
    }

    private static BlockObstacle? Obstacle(BlockRequest request, Resource resource, DateTime now)
    {
        if (request.From >= request.To)
        {
            return BlockObstacle.Reversed;
        }

        if (Period.DaysBetween(request.From.Date, request.To.Date) > Block.MaxDays)
        {
            return BlockObstacle.TooLong;
        }

        var (from, to) = Block.Resolve(request.From, request.To, request.Zone);
        return from >= to ? BlockObstacle.Reversed
            : to.ToDateTimeUtc() <= now ? BlockObstacle.Past
            : (long)(Grain.After(to) - Grain.Of(from)) * resource.Units > Block.MaxGrains ? BlockObstacle.TooLong
            : null;
    }

    private static bool IsSame(Block earlier, BlockRequest request) =>
        (earlier.Kind, earlier.Resource, earlier.Zone, earlier.LocalFrom, earlier.LocalTo, earlier.Reason)
        == (request.Kind, request.Resource, request.Zone.Id, request.From, request.To, request.Reason);
}

/// <summary>Makes a blocked time free again.</summary>
public sealed class RemoveBlock(PortalDbContext db, TimeProvider clock)
{
    /// <summary>Removes the block and gives its time back, or to another block of the same time.</summary>
    /// <returns>False when there is no such block, or not any more.</returns>
    public Task<bool> RunAsync(Guid id, Guid personId, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            if (await db.Blocks.Where(b => b.Id == id && b.RemovedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.RemovedAt, now).SetProperty(b => b.RemovedById, personId), cancel) == 0)
            {
                return false;
            }

            await db.ReleaseAsync(id, cancel);
            return true;
        },
        cancel);
}

/// <summary>Keeps the agreed hours of blocks when the rules of a zone change, as <see cref="AlignAppointments"/> does for appointments.</summary>
public sealed class AlignBlocks(PortalDbContext db, IDateTimeZoneProvider zones, TimeProvider clock)
{
    /// <summary>Aligns whatever is still to come or going on.</summary>
    /// <returns>Number of blocks whose moments changed.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var standing = await db.Blocks.AsNoTracking().Where(b => b.RemovedAt == null && b.EndsAt > now).ToListAsync(cancel);
        var moved = standing.Where(b => Now(b) is var (from, to) && (from != b.StartsAt || to != b.EndsAt)).Select(b => b.Id).ToList();
        foreach (var id in moved)
        {
            await db.InTransactionAsync(
                async () =>
                {
                    if (await db.Blocks.SingleOrDefaultAsync(b => b.Id == id && b.RemovedAt == null, cancel) is { } block && Now(block) is var (from, to))
                    {
                        await db.ReleaseAsync(id, cancel);
                        (block.StartsAt, block.EndsAt) = (from, to);
                        await db.HoldAsync(block, cancel);
                    }
                },
                cancel);
        }

        return moved.Count;
    }

    private (DateTime From, DateTime To)? Now(Block block)
    {
        if (zones.GetZoneOrNull(block.Zone) is not { } zone)
        {
            return null;
        }

        var (from, to) = Block.Resolve(block.LocalFrom, block.LocalTo, zone);
        // A block within an hour that the new rules skip would be empty; it stays where it was.
        return from < to ? (from.ToDateTimeUtc(), to.ToDateTimeUtc()) : null;
    }
}

/// <summary>The time that a block holds.</summary>
internal static class BlockHolds
{
    private const int PieceGrains = Hold.MaxDays * 24 * 60 / Grain.Minutes;

    /// <summary>Takes what is free of it, for every unit and in pieces that are not too long.</summary>
    public static async Task HoldAsync(this PortalDbContext db, Block block, CancellationToken cancel)
    {
        for (var unit = 0; unit < block.Units; unit++)
        {
            for (var from = block.FromGrain; from < block.ToGrain; from += PieceGrains)
            {
                await db.TakeFreeAsync(
                    new Hold { HolderId = block.Id, Reason = HoldReason.Block, Resource = block.Resource, Unit = unit, FromGrain = from, ToGrain = Math.Min(from + PieceGrains, block.ToGrain) },
                    cancel);
            }
        }
    }
}
