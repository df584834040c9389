using Microsoft.EntityFrameworkCore;
using SelfService.Core.Appointments;

namespace SelfService.Core.Persistence;

/// <summary>
/// The only way in which time is taken and given back, inside a transaction. The key of a grain can be written once, so that of two
/// who want the same time one is told, whatever either had looked at before.
/// </summary>
public static class GrainClaims
{
    /// <summary>Takes every grain of a hold.</summary>
    /// <returns>False when somebody has one of them already; the transaction then has to be undone.</returns>
    public static async Task<bool> TakeAsync(this PortalDbContext db, Hold hold, CancellationToken cancel)
    {
        db.Holds.Add(hold);
        return await db.ClaimAsync(hold, cancel) == hold.ToGrain - hold.FromGrain;
    }

    /// <summary>Takes what is free of a hold; what others have stays theirs until they give it back.</summary>
    public static async Task TakeFreeAsync(this PortalDbContext db, Hold hold, CancellationToken cancel)
    {
        RequireTransaction(db);
        if (hold.Reason == HoldReason.Block)
        {
            // Who gives time back at this moment either sees the block or is done before it looks.
            await db.LockTimeAsync(hold.Resource, alone: true, cancel);
        }

        db.Holds.Add(hold);
        await db.ClaimAsync(hold, cancel);
    }

    /// <summary>Gives back what an appointment, session, block or offer holds. A block that waited for it gets it.</summary>
    public static async Task ReleaseAsync(this PortalDbContext db, Guid holderId, CancellationToken cancel)
    {
        RequireTransaction(db);
        var holds = await db.Holds.AsNoTracking().Where(h => h.HolderId == holderId).OrderBy(h => h.Resource).ThenBy(h => h.Unit).ToListAsync(cancel);
        foreach (var (resource, alone) in holds.Select(h => (h.Resource, h.Reason == HoldReason.Block)).Distinct())
        {
            await db.LockTimeAsync(resource, alone, cancel);
        }

        foreach (var hold in holds)
        {
            await db.GrainClaims.Where(c => c.Resource == hold.Resource && c.Unit == hold.Unit && c.Grain >= hold.FromGrain && c.Grain < hold.ToGrain && c.HolderId == holderId)
                .ExecuteDeleteAsync(cancel);
        }

        await db.Holds.Where(h => h.HolderId == holderId).ExecuteDeleteAsync(cancel);
        foreach (var hold in holds)
        {
            var waiting = await db.Holds.AsNoTracking()
                .Where(h => h.Reason == HoldReason.Block && h.Resource == hold.Resource && h.Unit == hold.Unit && h.FromGrain < hold.ToGrain && h.ToGrain > hold.FromGrain)
                .ToListAsync(cancel);
            foreach (var block in waiting)
            {
                await db.ClaimAsync(block, Math.Max(block.FromGrain, hold.FromGrain), Math.Min(block.ToGrain, hold.ToGrain), cancel);
            }
        }
    }

    /// <summary>Gives what is held for an offer to the appointment that comes of it; it is never free in between.</summary>
    public static async Task PassOnAsync(this PortalDbContext db, Guid offerId, Guid appointmentId, CancellationToken cancel)
    {
        RequireTransaction(db);
        foreach (var hold in await db.Holds.AsNoTracking().Where(h => h.HolderId == offerId).ToListAsync(cancel))
        {
            await db.GrainClaims.Where(c => c.Resource == hold.Resource && c.Unit == hold.Unit && c.Grain >= hold.FromGrain && c.Grain < hold.ToGrain && c.HolderId == offerId)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.HolderId, appointmentId), cancel);
        }

        await db.Holds.Where(h => h.HolderId == offerId)
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.HolderId, appointmentId).SetProperty(h => h.Reason, HoldReason.Appointment), cancel);
    }

    private static Task<int> ClaimAsync(this PortalDbContext db, Hold hold, CancellationToken cancel) => db.ClaimAsync(hold, hold.FromGrain, hold.ToGrain, cancel);

    // Both databases understand it. In ascending order, so that two who want the same wait once and not crosswise.
    private static Task<int> ClaimAsync(this PortalDbContext db, Hold hold, int from, int to, CancellationToken cancel)
    {
        RequireTransaction(db);
        return db.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE grains(g) AS (SELECT CAST({from} AS INTEGER) UNION ALL SELECT g + 1 FROM grains WHERE g + 1 < {to})
            INSERT INTO "GrainClaims" ("Resource", "Unit", "Grain", "HolderId")
            SELECT {hold.Resource}, {hold.Unit}, g, {hold.HolderId} FROM grains WHERE true ORDER BY g
            ON CONFLICT DO NOTHING
            """,
            cancel);
    }

    private static void RequireTransaction(PortalDbContext db)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("Time is taken only inside a transaction.");
        }
    }
}
